// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.panacall.acd.core.id.PartyNumber;
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
import org.panacall.acd.core.need.Need;
import org.panacall.acd.core.need.Needs;
import org.panacall.acd.core.need.Relaxation;
import org.panacall.acd.core.plan.Fit;
import org.panacall.acd.core.plan.Member;
import org.panacall.acd.core.plan.PersonPlan;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.core.plan.TenantRules;
import org.panacall.acd.core.plan.Urgency;
import org.panacall.acd.core.rules.StrictClinic;
import org.panacall.simkit.Dice;

/**
 * Configurations of the demo clinic by chance. Some days use one thing all the time, some another,
 * and the simplest configuration is among them.
 */
final class SwarmClinic {

    private static final int STRATEGIES = 11;
    private static final List<String> SKILLS =
            List.of("surgery", "language.ru", "language.uk", "language.en");
    private static final List<String> CATEGORIES = List.of("vip", "urgent", "patient");

    private final Dice dice;
    private final double[] strategies;
    private final boolean tiers;
    private final boolean skills;
    private final boolean urgency;
    private final boolean preferred;
    private final boolean strict;
    private int callers;

    SwarmClinic(Dice dice) {
        this.dice = dice;
        strategies = dice.swarm(STRATEGIES);
        tiers = dice.chance(0.5);
        skills = dice.chance(0.5);
        urgency = dice.chance(0.5);
        preferred = dice.chance(0.4);
        strict = dice.chance(0.6);
    }

    TenantPlan plan() {
        var queues = new ArrayList<QueuePlan>();
        var registry = queue(Clinic.queue(Clinic.REGISTRY, "601", 101, 106, strategy()));
        queues.add(strict ? registry.with(StrictClinic.registry()) : registry);
        if (dice.chance(0.8)) {
            var paid = queue(Clinic.queue(Clinic.PAID, "602", 105, 110, strategy()));
            queues.add(strict ? paid.with(StrictClinic.paid()) : paid);
        }
        var people = dice.chance(0.8) ? 110 : 108;
        return new TenantPlan(
                new PartyNumber("+74950000100"),
                strict ? StrictClinic.ALL : TenantRules.USUAL,
                queues,
                IntStream.rangeClosed(101, people)
                        .mapToObj(number -> person(number).skilled(skills()))
                        .toList());
    }

    private PersonPlan person(int number) {
        return strict ? StrictClinic.equipped(number) : Clinic.person(number);
    }

    private QueuePlan queue(QueuePlan plain) {
        var rules = plain.rules();
        return new QueuePlan(
                plain.id(),
                plain.name(),
                plain.extension(),
                new QueuePlan.Rules(
                        rules.strategy(),
                        Duration.ofSeconds(dice.between(5, 20)),
                        Duration.ofSeconds(dice.between(0, 60)),
                        fit(),
                        urgency()),
                plain.capacity(),
                plain.musicPrompt(),
                plain.members().stream()
                        .filter(one -> dice.chance(0.9))
                        .map(this::member)
                        .toList());
    }

    private Member member(Member plain) {
        var member =
                plain.withShare(dice.between(0, 5))
                        .withConversion(dice.between(0, 3))
                        .in(dice.oneOf(List.of("", "", "north", "south")));
        return urgency && dice.chance(0.3)
                ? member.withHeadStart(Duration.ofSeconds(dice.between(0, 300))).onLevel(level())
                : member.onLevel(level());
    }

    private int level() {
        return tiers ? dice.between(1, 3) : 1;
    }

    private Strategy strategy() {
        var step = Duration.ofSeconds(dice.between(2, 8));
        var window = Duration.ofMinutes(dice.between(5, 300));
        return switch (dice.weighted(strategies)) {
            case 0 -> new RingAll(dice.between(1, 6));
            case 1 -> new AtRandom();
            case 2 -> new MostSkilled();
            case 3 -> new FewestAnswered(window);
            case 4 -> new InOrder(step);
            case 5 -> new Escalating(step, dice.between(1, 6));
            case 6 -> new RoundRobin();
            case 7 -> new LeastTalkTime(window);
            case 8 -> new BestConversion();
            case 9 -> shares(window);
            default -> new LongestIdle();
        };
    }

    private ByShares shares(Duration window) {
        var groups = new TreeMap<String, ByShares.GroupShare>();
        groups.put("north", new ByShares.GroupShare(dice.between(0, 5), dice.chance(0.5)));
        if (dice.chance(0.5)) {
            groups.put("south", new ByShares.GroupShare(dice.between(0, 5), dice.chance(0.5)));
        }
        var unit = dice.oneOf(List.of(Terms.Unit.values()));
        return new ByShares(window, unit, dice.chance(0.3), groups);
    }

    private Fit fit() {
        var needs = new ArrayList<Need>();
        var relaxations = new ArrayList<Relaxation>();
        if (skills && dice.chance(0.5)) {
            needs.add(Need.of("surgery", dice.between(1, 10)));
        }
        for (int step = dice.below(4); skills && step > 0; step--) {
            relaxations.add(
                    new Relaxation(
                            Duration.ofSeconds(dice.between(0, 90)),
                            dice.oneOf(List.of("", "surgery", "language")),
                            change()));
        }
        var tierWait = dice.chance(0.5) ? Duration.ZERO : Duration.ofSeconds(dice.between(5, 60));
        var hope = Duration.ofSeconds(dice.between(0, 60));
        return new Fit(Needs.of(needs), relaxations, tierWait, hope, dice.chance(0.3));
    }

    private Relaxation.Change change() {
        return switch (dice.below(3)) {
            case 0 -> new Relaxation.Change.Drop();
            case 1 -> new Relaxation.Change.Lower(dice.between(1, 5));
            default -> new Relaxation.Change.Widen(dice.oneOf(SKILLS));
        };
    }

    private Urgency urgency() {
        if (!urgency) {
            return Urgency.NONE;
        }
        var categories = new TreeMap<String, Duration>();
        CATEGORIES.forEach(
                name -> categories.put(name, Duration.ofSeconds(dice.between(-60, 600))));
        return new Urgency(Duration.ofSeconds(dice.between(0, 300)), categories);
    }

    private NavigableMap<String, Integer> skills() {
        var has = new TreeMap<String, Integer>();
        for (var skill : SKILLS) {
            if (skills && dice.chance(0.5)) {
                has.put(skill, dice.between(1, 10));
            }
        }
        return has;
    }

    /** What a caller wants. */
    Map<String, String> attributes() {
        var attributes = new TreeMap<String, String>();
        if (skills && dice.chance(0.3)) {
            attributes.put("skill.surgery", Integer.toString(dice.between(1, 10)));
        }
        if (skills && dice.chance(0.4)) {
            attributes.put("language", dice.oneOf(List.of("ru", "uk", "en")));
        }
        if (urgency && dice.chance(0.3)) {
            attributes.put("priority", Integer.toString(dice.between(-5, 15)));
        }
        if (urgency && dice.chance(0.3)) {
            attributes.put("category", dice.oneOf(CATEGORIES));
        }
        if (preferred && dice.chance(0.4)) {
            attributes.put("preferred", dice.between(101, 110) + "," + dice.between(101, 110));
        }
        if (++callers % 2 == 0) {
            attributes.put("recording-notice", "played");
        }
        return attributes;
    }
}
