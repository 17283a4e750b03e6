// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.directory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.panacall.acd.Wording;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.need.Asked;
import org.panacall.acd.core.need.Need;
import org.panacall.acd.core.need.Needs;
import org.panacall.acd.core.need.Relaxation;
import org.panacall.acd.core.plan.Fit;
import org.panacall.acd.core.plan.Member;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.plan.Urgency;
import org.panacall.proto.directory.v1.NeedRelaxation;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.QueueMember;
import org.panacall.proto.directory.v1.SkillNeed;
import org.panacall.proto.directory.v1.Tenant;

/** Makes a queue's plan of its configuration; what is left out there has its default here. */
final class QueueReader {

    private static final Duration OFFER_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration OFFER_MAX = Duration.ofMinutes(4);
    private static final Duration REOFFER_AFTER = Duration.ofSeconds(30);
    private static final Duration WAIT_MAX = Duration.ofHours(24);
    private static final int CAPACITY = 2_000;
    private static final int CAPACITY_MAX = 100_000;
    private static final int LEVEL_MAX = 99;
    private static final int RELAXATIONS_MAX = 20;
    private static final int EXTENSION_MAX = 32;
    private static final String MUSIC = "music/waiting";

    private final Queue queue;
    private final Tenant tenant;
    private final Bounds bounds;

    private QueueReader(Queue queue, Tenant tenant) {
        this.queue = queue;
        this.tenant = tenant;
        bounds = new Bounds("queue " + queue.getQueueId());
    }

    static QueuePlan read(Queue queue, Tenant tenant) {
        return new QueueReader(queue, tenant).plan();
    }

    private QueuePlan plan() {
        return new QueuePlan(
                new QueueId(queue.getQueueId()),
                queue.getName(),
                queue.getExtension(),
                rules(),
                queue.getCapacity() == 0
                        ? CAPACITY
                        : bounds.number("capacity", queue.getCapacity(), 1, CAPACITY_MAX, CAPACITY),
                queue.getMusicPromptId().isEmpty() ? MUSIC : queue.getMusicPromptId(),
                members(),
                RulesReader.queue(tenant, queue),
                WaitingRoomReader.read(tenant, queue.getWaitingRoom()));
    }

    private QueuePlan.Rules rules() {
        var reoffer = Wording.duration(queue.getReofferAfter());
        return new QueuePlan.Rules(
                StrategyReader.read(queue, bounds),
                bounds.time("offer_timeout", queue.getOfferTimeout(), OFFER_MAX, OFFER_TIMEOUT),
                !queue.hasReofferAfter() || reoffer.isNegative() ? REOFFER_AFTER : reoffer,
                fit(),
                urgency());
    }

    private List<Member> members() {
        var members = new ArrayList<Member>();
        var seen = new TreeSet<String>();
        for (var member : queue.getMembersList()) {
            var extension = member.getExtension();
            if (extension.isEmpty() || extension.length() > EXTENSION_MAX) {
                bounds.leaveOut("member", "without a proper extension");
            } else if (seen.add(extension)) {
                members.add(member(member, members.size()));
            } else {
                bounds.leaveOut("member", "who is one already");
            }
        }
        if (members.isEmpty()) {
            queue.getAgentExtensionsList().stream()
                    .distinct()
                    .forEach(
                            extension ->
                                    members.add(
                                            Member.of(new Extension(extension), members.size())));
        }
        return members;
    }

    private Member member(QueueMember member, int index) {
        var of = new Bounds(bounds.of() + ", member " + (index + 1));
        var level = of.number("level", Math.max(1, member.getLevel()), 1, LEVEL_MAX, 1);
        return new Member(
                new Extension(member.getExtension()),
                level,
                member.getPosition() == 0 ? index : member.getPosition(),
                member.hasShare()
                        ? of.number("share", member.getShare(), 0, StrategyReader.SHARE_MAX, 1)
                        : 1,
                of.number("conversion", member.getConversion(), 0, Integer.MAX_VALUE, 0),
                of.headStart("head_start", member.getHeadStart(), Asked.PRIORITY_MAX),
                member.getGroup());
    }

    private Fit fit() {
        var needs = queue.getNeedsList().stream().flatMap(need -> need(need).stream()).toList();
        var relaxations =
                queue.getRelaxationsList().stream()
                        .limit(RELAXATIONS_MAX)
                        .flatMap(step -> relaxation(step).stream())
                        .toList();
        return new Fit(
                Needs.of(needs),
                relaxations,
                bounds.time("tier_wait", queue.getTierWait(), WAIT_MAX, Duration.ZERO),
                preferredFor(),
                queue.getRingsBusy());
    }

    /** Nothing at all is something else than nothing said. */
    private Duration preferredFor() {
        var usual = Fit.ANYBODY.preferredFor();
        return queue.hasPreferredTimeout() && Wording.duration(queue.getPreferredTimeout()).isZero()
                ? Duration.ZERO
                : bounds.time("preferred_timeout", queue.getPreferredTimeout(), WAIT_MAX, usual);
    }

    private Optional<Need> need(SkillNeed need) {
        if (need.getSkill().isBlank()) {
            bounds.leaveOut("need", "of no skill");
            return Optional.empty();
        }
        var level =
                bounds.number(
                        "level of " + need.getSkill(),
                        Math.max(1, need.getLevel()),
                        1,
                        Need.LEVEL_MAX,
                        Need.LEVEL_MAX);
        return Optional.of(new Need(need.getSkill(), new TreeSet<>(need.getInsteadList()), level));
    }

    private Optional<Relaxation> relaxation(NeedRelaxation step) {
        var after = Wording.duration(step.getAfter());
        if (after.isNegative()) {
            bounds.leaveOut("relaxation", "before the wait");
            return Optional.empty();
        }
        Relaxation.Change change =
                switch (step.getChangeCase()) {
                    case LOWER_BY ->
                            new Relaxation.Change.Lower(
                                    bounds.number(
                                            "lower_by", step.getLowerBy(), 1, Need.LEVEL_MAX, 1));
                    case INSTEAD -> new Relaxation.Change.Widen(step.getInstead());
                    case DROP -> new Relaxation.Change.Drop();
                    case CHANGE_NOT_SET -> null;
                };
        if (change == null) {
            bounds.leaveOut("relaxation", "of nothing");
            return Optional.empty();
        }
        return Optional.of(new Relaxation(after, step.getSkill(), change));
    }

    private Urgency urgency() {
        NavigableMap<String, Duration> all = new TreeMap<>();
        tenant.getCategoriesMap().forEach((name, time) -> all.put(name, headStart(name, time)));
        queue.getCategoriesMap().forEach((name, time) -> all.put(name, headStart(name, time)));
        return new Urgency(headStart("weight", queue.getWeight()), all);
    }

    private Duration headStart(String setting, com.google.protobuf.Duration time) {
        return bounds.headStart(setting, time, Asked.PRIORITY_MAX);
    }
}
