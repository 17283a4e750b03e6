// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.directory;

import java.time.Duration;
import java.util.TreeMap;
import org.panacall.acd.core.ledger.Terms;
import org.panacall.acd.core.match.AtRandom;
import org.panacall.acd.core.match.BestConversion;
import org.panacall.acd.core.match.ByShares;
import org.panacall.acd.core.match.Escalating;
import org.panacall.acd.core.match.FewestAnswered;
import org.panacall.acd.core.match.InOrder;
import org.panacall.acd.core.match.LeastTalkTime;
import org.panacall.acd.core.match.LongestIdle;
import org.panacall.acd.core.match.MostSkilled;
import org.panacall.acd.core.match.RingAll;
import org.panacall.acd.core.match.RoundRobin;
import org.panacall.acd.core.match.Strategy;
import org.panacall.proto.directory.v1.Counting;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.StrategySettings;

/** A queue's strategy with its settings. */
final class StrategyReader {

    static final int SHARE_MAX = 10_000;
    private static final Duration STEP = Duration.ofSeconds(5);
    private static final Duration STEP_MAX = Duration.ofMinutes(2);
    private static final Duration WINDOW = Duration.ofHours(9);
    private static final int PHONES = 30;
    private static final int PHONES_MAX = 100;

    private final StrategySettings settings;
    private final Bounds bounds;

    private StrategyReader(StrategySettings settings, Bounds bounds) {
        this.settings = settings;
        this.bounds = bounds;
    }

    static Strategy read(Queue queue, Bounds bounds) {
        var reader = new StrategyReader(queue.getStrategySettings(), bounds);
        return switch (queue.getStrategy()) {
            case STRATEGY_LONGEST_IDLE, STRATEGY_UNSPECIFIED -> new LongestIdle();
            case STRATEGY_RING_ALL -> new RingAll(reader.phones());
            case STRATEGY_RANDOM -> new AtRandom();
            case STRATEGY_MOST_SKILLED -> new MostSkilled();
            case STRATEGY_FEWEST_ANSWERED -> new FewestAnswered(reader.window());
            case STRATEGY_IN_ORDER -> new InOrder(reader.step());
            case STRATEGY_ESCALATING -> new Escalating(reader.step(), reader.phones());
            case STRATEGY_ROUND_ROBIN -> new RoundRobin();
            case STRATEGY_LEAST_TALK_TIME -> new LeastTalkTime(reader.window());
            case STRATEGY_BEST_CONVERSION -> new BestConversion();
            case STRATEGY_PERCENTAGE -> reader.shares();
            case UNRECOGNIZED -> {
                bounds.unknown("strategy", "longest idle");
                yield new LongestIdle();
            }
        };
    }

    private int phones() {
        return bounds.number(
                "ring_max",
                settings.getRingMax() == 0 ? PHONES : settings.getRingMax(),
                1,
                PHONES_MAX,
                PHONES);
    }

    private Duration step() {
        return bounds.time("ring_step", settings.getRingStep(), STEP_MAX, STEP);
    }

    private Duration window() {
        return bounds.time("window", settings.getWindow(), Terms.WINDOW_MAX, WINDOW);
    }

    private ByShares shares() {
        var groups = new TreeMap<String, ByShares.GroupShare>();
        for (var group : settings.getGroupsList()) {
            var share = bounds.number("share of a group", group.getShare(), 0, SHARE_MAX, 1);
            groups.put(group.getName(), new ByShares.GroupShare(share, group.getByShares()));
        }
        return new ByShares(window(), unit(settings.getCounting()), settings.getCatchUp(), groups);
    }

    private Terms.Unit unit(Counting counting) {
        return switch (counting) {
            case COUNTING_OFFERED, COUNTING_UNSPECIFIED -> Terms.Unit.OFFERED;
            case COUNTING_ANSWERED -> Terms.Unit.ANSWERED;
            case COUNTING_TALK_TIME -> Terms.Unit.TALK_TIME;
            case UNRECOGNIZED -> {
                bounds.unknown("counting", "all calls offered");
                yield Terms.Unit.OFFERED;
            }
        };
    }
}
