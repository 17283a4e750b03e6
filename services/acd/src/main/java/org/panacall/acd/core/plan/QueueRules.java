// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.plan;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.panacall.acd.core.agent.Notes;
import org.panacall.acd.core.rules.OverflowRule;
import org.panacall.acd.core.rules.Why;
import org.panacall.calendar.Calendar;

/**
 * How a queue treats its calls and agents.
 *
 * @param hours when it is open; empty: always
 * @param atEntry for calls that come; the first that applies is followed
 * @param whileWaiting for calls that wait
 * @param notes after its talks; empty: the agent's own
 * @param missedLimit after so many offers missed in a row an agent is made not ready; 0: never;
 *     empty: the tenant's
 * @param afterTalk flow for callers whose agent hung up first; empty: their calls end
 * @param recording of its talks
 */
public record QueueRules(
        Optional<Calendar> hours,
        List<OverflowRule> atEntry,
        List<OverflowRule> whileWaiting,
        Optional<Notes> notes,
        OptionalInt missedLimit,
        Optional<String> afterTalk,
        RecordingRule recording) {

    /** Without anything after its talks, of which nothing is recorded. */
    public QueueRules(
            Optional<Calendar> hours,
            List<OverflowRule> atEntry,
            List<OverflowRule> whileWaiting,
            Optional<Notes> notes,
            OptionalInt missedLimit) {
        this(
                hours,
                atEntry,
                whileWaiting,
                notes,
                missedLimit,
                Optional.empty(),
                RecordingRule.NONE);
    }

    /** Always open, and whoever waits goes on waiting. */
    public static final QueueRules NONE =
            new QueueRules(
                    Optional.empty(), List.of(), List.of(), Optional.empty(), OptionalInt.empty());

    private static final int RULES_MAX = 16;

    public QueueRules {
        atEntry = List.copyOf(atEntry);
        whileWaiting = List.copyOf(whileWaiting);
        if (atEntry.size() > RULES_MAX || whileWaiting.size() > RULES_MAX) {
            throw new IllegalArgumentException("a queue may have at most 16 rules of a kind");
        }
    }

    /** Whether a rule of it goes by how long a call would wait. */
    public boolean goesByForecasts() {
        return Stream.concat(atEntry.stream(), whileWaiting.stream())
                .anyMatch(rule -> rule.when() == Why.WAIT_PREDICTED_TOO_LONG);
    }

    /** Whether a call is refused nicely that there is no room for. */
    public boolean receivesBeyondCapacity() {
        return atEntry.stream().anyMatch(rule -> rule.when() == Why.FULL);
    }
}
