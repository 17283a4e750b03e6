// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.checks;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.panacall.proto.directory.v1.Counting;
import org.panacall.proto.directory.v1.MemberGroup;
import org.panacall.proto.directory.v1.NeedRelaxation.ChangeCase;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.QueueMember;
import org.panacall.proto.directory.v1.Strategy;

/** Rules of how a queue's calls find their agents: members, strategies, needs, urgency. */
final class MatchChecks {

    /** Of skills, and of categories of callers. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}0-9][\\p{L}0-9 ._-]{0,63}");

    static final int SKILL_LEVEL_MAX = 10;

    private static final Duration DAY = Durations.fromDays(1);
    private static final Duration STEP_MAX = Durations.fromMinutes(2);
    private static final int TIER_MAX = 99;
    private static final int SHARE_MAX = 10_000;
    private static final int PHONES_MAX = 100;
    private static final int NEEDS_MAX = 20;

    /** One a line. */
    static final List<QueueCheck> ALL =
            List.of(
                    MatchChecks::strategy,
                    MatchChecks::groups,
                    MatchChecks::members,
                    MatchChecks::shares,
                    MatchChecks::needs,
                    MatchChecks::relaxations,
                    MatchChecks::times);

    private MatchChecks() {}

    private static void strategy(Queue queue, Surroundings around, Faults faults) {
        var settings = queue.getStrategySettings();
        if (queue.getStrategy() == Strategy.UNRECOGNIZED) {
            faults.add("strategy", "is of a newer release; choose one of this one");
        }
        if (settings.getCounting() == Counting.UNRECOGNIZED) {
            faults.add(
                    "strategySettings.counting", "is of a newer release; choose one of this one");
        }
        atMost(faults, "strategySettings.ringStep", settings.getRingStep(), STEP_MAX);
        atMost(faults, "strategySettings.window", settings.getWindow(), DAY);
        atMost(faults, "strategySettings.ringMax", settings.getRingMax(), PHONES_MAX);
    }

    private static void groups(Queue queue, Surroundings around, Faults faults) {
        var seen = new HashSet<String>();
        for (int i = 0; i < queue.getStrategySettings().getGroupsCount(); i++) {
            var group = queue.getStrategySettings().getGroups(i);
            var at = "strategySettings.groups[" + i + "]";
            if (group.getName().isBlank() || !seen.add(group.getName())) {
                faults.add(at + ".name", "must be there, and another than the others'");
            }
            atMost(faults, at + ".share", group.getShare(), SHARE_MAX);
        }
    }

    private static void members(Queue queue, Surroundings around, Faults faults) {
        var groups =
                queue.getStrategySettings().getGroupsList().stream()
                        .map(MemberGroup::getName)
                        .collect(Collectors.toSet());
        for (int i = 0; i < queue.getMembersCount(); i++) {
            var member = queue.getMembers(i);
            var at = "members[" + i + "]";
            atMost(faults, at + ".level", member.getLevel(), TIER_MAX);
            atMost(faults, at + ".position", member.getPosition(), Integer.MAX_VALUE);
            atMost(faults, at + ".share", member.getShare(), SHARE_MAX);
            atMost(faults, at + ".conversion", member.getConversion(), Integer.MAX_VALUE);
            aheadOrBehind(faults, at + ".headStart", member.getHeadStart());
            if (!member.getGroup().isEmpty() && !groups.contains(member.getGroup())) {
                faults.unknown(
                        at + ".group", "group in strategySettings", member.getGroup(), groups);
            }
        }
    }

    /** Somebody has to get something. */
    private static void shares(Queue queue, Surroundings around, Faults faults) {
        if (queue.getMembersCount() == 0) {
            return;
        }
        var own =
                queue.getMembersList().stream()
                        .filter(member -> member.getGroup().isEmpty())
                        .anyMatch(member -> !member.hasShare() || member.getShare() > 0);
        var inGroups =
                queue.getStrategySettings().getGroupsList().stream()
                        .filter(group -> group.getShare() > 0)
                        .anyMatch(group -> hasMembers(queue, group));
        if (!own && !inGroups) {
            faults.add("members", "have no shares at all; give one of them some");
        }
    }

    private static boolean hasMembers(Queue queue, MemberGroup group) {
        return queue.getMembersList().stream()
                .map(QueueMember::getGroup)
                .anyMatch(group.getName()::equals);
    }

    private static void needs(Queue queue, Surroundings around, Faults faults) {
        atMost(faults, "needs", queue.getNeedsCount(), NEEDS_MAX);
        for (int i = 0; i < queue.getNeedsCount(); i++) {
            var need = queue.getNeeds(i);
            var at = "needs[" + i + "]";
            name(faults, at + ".skill", need.getSkill());
            atMost(faults, at + ".level", need.getLevel(), SKILL_LEVEL_MAX);
            for (int j = 0; j < need.getInsteadCount(); j++) {
                name(faults, at + ".instead[" + j + "]", need.getInstead(j));
            }
        }
    }

    private static void relaxations(Queue queue, Surroundings around, Faults faults) {
        atMost(faults, "relaxations", queue.getRelaxationsCount(), NEEDS_MAX);
        for (int i = 0; i < queue.getRelaxationsCount(); i++) {
            var step = queue.getRelaxations(i);
            var at = "relaxations[" + i + "]";
            atMost(faults, at + ".after", step.getAfter(), DAY);
            atMost(faults, at + ".lowerBy", step.getLowerBy(), SKILL_LEVEL_MAX);
            if (!step.getSkill().isEmpty()) {
                name(faults, at + ".skill", step.getSkill());
            }
            if (step.getChangeCase() == ChangeCase.CHANGE_NOT_SET) {
                faults.add(at, "needs one of lowerBy, instead and drop");
            }
        }
    }

    private static void times(Queue queue, Surroundings around, Faults faults) {
        atMost(faults, "tierWait", queue.getTierWait(), DAY);
        atMost(faults, "preferredTimeout", queue.getPreferredTimeout(), DAY);
        aheadOrBehind(faults, "weight", queue.getWeight());
        queue.getCategoriesMap().forEach((name, time) -> category(faults, name, time));
    }

    static void category(Faults faults, String name, Duration time) {
        name(faults, "categories", name);
        aheadOrBehind(faults, "categories", time);
    }

    static void name(Faults faults, String field, String name) {
        if (!NAME.matcher(name).matches()) {
            faults.add(field, "must have a name of letters, digits, dots and -, at most 64");
        }
    }

    private static void atMost(Faults faults, String field, Duration value, Duration most) {
        if (Durations.compare(value, most) > 0) {
            faults.add(field, "must be at most " + Durations.toSeconds(most) + " s");
        }
    }

    /** Numbers of the contract have no sign, Java's have. */
    private static void atMost(Faults faults, String field, int value, int most) {
        if (value < 0 || value > most) {
            faults.add(field, "must be at most " + most);
        }
    }

    private static void aheadOrBehind(Faults faults, String field, Duration value) {
        if (Durations.compare(value, DAY) > 0
                || Durations.compare(value, Durations.fromDays(-1)) < 0) {
            faults.add(field, "must be at most a day, ahead or behind");
        }
    }
}
