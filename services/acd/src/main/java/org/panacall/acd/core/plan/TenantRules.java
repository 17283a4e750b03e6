// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.id.PartyNumber;

/**
 * What holds for all queues and agents of a tenant.
 *
 * @param reasons why agents may be not ready; none: for any reason
 * @param missedLimit after so many offers missed in a row an agent is made not ready; 0: never
 * @param shiftGap who signs in again after so long begins a new shift
 * @param language of what callers are told
 * @param outside how numbers outside begin that callers may be led to
 * @param voicemailFlow takes messages
 */
public record TenantRules(
        List<BreakReason> reasons,
        int missedLimit,
        Duration shiftGap,
        String language,
        List<String> outside,
        Optional<String> voicemailFlow) {

    /** Flows lead to no numbers outside, and none takes messages. */
    public TenantRules(
            List<BreakReason> reasons, int missedLimit, Duration shiftGap, String language) {
        this(reasons, missedLimit, shiftGap, language, List.of(), Optional.empty());
    }

    public static final TenantRules USUAL =
            new TenantRules(List.of(), 0, Duration.ofHours(4), "ru");

    private static final int REASONS_MAX = 64;

    public TenantRules {
        reasons = List.copyOf(reasons);
        outside = List.copyOf(outside);
        if (reasons.size() > REASONS_MAX) {
            throw new IllegalArgumentException("a tenant may have at most 64 reasons");
        }
    }

    /** Whether flows may lead callers to a number. */
    public boolean leadsTo(PartyNumber number) {
        return number.isOutside() && outside.stream().anyMatch(number.value()::startsWith);
    }

    /**
     * The flow that takes a message.
     *
     * @param own of who asks for it; empty: none
     */
    public Optional<String> voicemail(String own) {
        return own.isEmpty() ? voicemailFlow : Optional.of(own);
    }

    public Optional<BreakReason> reason(String code) {
        return reasons.stream().filter(reason -> reason.code().equals(code)).findFirst();
    }

    /** When an agent's break becomes too long, if that was not told yet. */
    public Optional<Instant> overdueAt(Agent agent) {
        return agent.state() instanceof AgentState.NotReady not
                        && !not.overdue()
                        && agent.signedIn()
                        && !agent.intent().ready()
                ? reason(not.reason()).flatMap(reason -> overdueAt(agent, not, reason.limits()))
                : Optional.empty();
    }

    private static Optional<Instant> overdueAt(
            Agent agent, AgentState.NotReady not, BreakReason.Limits limits) {
        var used = agent.shift().in(not.reason());
        return Stream.of(limits.atATime(), limits.inShift().map(limit -> limit.minus(used)))
                .flatMap(Optional::stream)
                .min(Duration::compareTo)
                .map(not.since()::plus);
    }

    /** Whether an agent may be not ready for it. */
    public boolean knows(String code) {
        return code.isEmpty() || reasons.isEmpty() || reason(code).isPresent();
    }
}
