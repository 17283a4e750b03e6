// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.checks;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.panacall.proto.directory.v1.OverflowAction;
import org.panacall.proto.directory.v1.OverflowRule;
import org.panacall.proto.directory.v1.OverflowWhen;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.WrapUpMode;

/** Rules of what becomes of a queue's calls besides being answered, and of its wrap-up. */
final class ConductChecks {

    static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
    static final int MISSED_MAX = 1_000;

    private static final int RULES_MAX = 16;
    private static final Duration NOTES_MAX = Durations.fromSeconds(900);
    private static final Duration RING_MAX = Durations.fromSeconds(120);
    private static final Duration DAY = Durations.fromDays(1);
    private static final Set<OverflowWhen> NEVER =
            Set.of(
                    OverflowWhen.OVERFLOW_WHEN_UNSPECIFIED,
                    OverflowWhen.OVERFLOW_WHEN_UNREACHABLE,
                    OverflowWhen.UNRECOGNIZED);
    private static final Set<OverflowWhen> AT_ENTRY =
            Set.of(OverflowWhen.OVERFLOW_WHEN_FULL, OverflowWhen.OVERFLOW_WHEN_LINE_TOO_LONG);

    /** One a line. */
    static final List<QueueCheck> ALL =
            List.of(
                    ConductChecks::atEntry,
                    ConductChecks::whileWaiting,
                    ConductChecks::wrapUp,
                    ConductChecks::missed);

    private ConductChecks() {}

    private static void atEntry(Queue queue, Surroundings around, Faults faults) {
        rules("atEntry", queue.getAtEntryList(), around, faults);
        for (int i = 0; i < queue.getAtEntryCount(); i++) {
            if (queue.getAtEntry(i).getWhen() == OverflowWhen.OVERFLOW_WHEN_WAITED_TOO_LONG) {
                faults.add("atEntry[" + i + "].when", "is for whileWaiting: nobody has waited yet");
            }
        }
    }

    private static void whileWaiting(Queue queue, Surroundings around, Faults faults) {
        rules("whileWaiting", queue.getWhileWaitingList(), around, faults);
        for (int i = 0; i < queue.getWhileWaitingCount(); i++) {
            var rule = queue.getWhileWaiting(i);
            if (AT_ENTRY.contains(rule.getWhen())) {
                faults.add("whileWaiting[" + i + "].when", "is for atEntry");
            }
            if (rule.getWhen() == OverflowWhen.OVERFLOW_WHEN_WAITED_TOO_LONG
                    && Durations.compare(rule.getTime(), Durations.ZERO) <= 0) {
                faults.add("whileWaiting[" + i + "].time", "must say how long is too long");
            }
        }
    }

    private static void rules(
            String list, List<OverflowRule> rules, Surroundings around, Faults faults) {
        if (rules.size() > RULES_MAX) {
            faults.add(list, "must have at most " + RULES_MAX + " entries");
        }
        for (int i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            var at = list + "[" + i + "]";
            if (NEVER.contains(rule.getWhen())) {
                faults.add(at + ".when", "must say when; closed, for example");
            }
            atMost(faults, at + ".time", rule.getTime(), DAY);
            if (rule.getCalls() < 0) {
                faults.add(at + ".calls", "must be at most " + Integer.MAX_VALUE);
            }
            if (rule.getThenCount() > RULES_MAX) {
                faults.add(at + ".then", "must have at most " + RULES_MAX + " entries");
            }
            for (int j = 0; j < rule.getThenCount(); j++) {
                action(at + ".then[" + j + "]", rule.getThen(j), around, faults);
            }
        }
    }

    private static void action(
            String at, OverflowAction action, Surroundings around, Faults faults) {
        switch (action.getActionCase()) {
            case EXTENSION -> {
                var known = extensions(around);
                if (!known.contains(action.getExtension())) {
                    faults.unknown(at + ".extension", "person", action.getExtension(), known);
                }
            }
            case NUMBER -> {
                if (!E164.matcher(action.getNumber().getNumber()).matches()) {
                    faults.add(at + ".number.number", "must be a number like +74950000100");
                }
                atMost(
                        faults,
                        at + ".number.ringTimeout",
                        action.getNumber().getRingTimeout(),
                        RING_MAX);
            }
            case ANNOUNCEMENT -> {
                if (action.getAnnouncement().getPromptId().isEmpty()) {
                    faults.add(at + ".announcement.promptId", "must be a prompt's id");
                }
            }
            case VOICEMAIL -> {
                var own = action.getVoicemail().getFlowId();
                if (own.isEmpty() && around.tenant().getVoicemailFlowId().isEmpty()) {
                    faults.add(
                            at + ".voicemail.flowId",
                            "must be the flow that takes messages, unless the clinic's"
                                    + " voicemailFlowId says which");
                }
            }
            case BACK_TO_FLOW -> faults.add(at + ".backToFlow", "is for events alone");
            case ACTION_NOT_SET -> faults.add(at, "must say what is to be tried");
            case QUEUE_ID, FLOW_ID, KEEP_WAITING -> {
                // What they refer to is looked up with all other references.
            }
        }
    }

    private static Set<String> extensions(Surroundings around) {
        return around.tenant().getPeopleList().stream()
                .map(Person::getExtension)
                .filter(extension -> !extension.isEmpty())
                .collect(Collectors.toSet());
    }

    private static void wrapUp(Queue queue, Surroundings around, Faults faults) {
        var wrapUp = queue.getWrapUp();
        if (wrapUp.getMode() == WrapUpMode.UNRECOGNIZED) {
            faults.add("wrapUp.mode", "is of a newer release; choose one of this one");
        }
        atMost(faults, "wrapUp.time", wrapUp.getTime(), NOTES_MAX);
        atMost(faults, "wrapUp.extension", wrapUp.getExtension(), NOTES_MAX);
    }

    private static void missed(Queue queue, Surroundings around, Faults faults) {
        missed(queue.getMissedOffersLimit(), faults);
    }

    static void missed(int limit, Faults faults) {
        if (limit < 0 || limit > MISSED_MAX) {
            faults.add("missedOffersLimit", "must be at most " + MISSED_MAX);
        }
    }

    private static void atMost(Faults faults, String field, Duration value, Duration most) {
        if (Durations.compare(value, most) > 0) {
            faults.add(field, "must be at most " + Durations.toSeconds(most) + " s");
        }
    }
}
