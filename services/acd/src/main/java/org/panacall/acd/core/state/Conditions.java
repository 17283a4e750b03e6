// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.state;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.rules.OverflowRule;
import org.panacall.acd.core.rules.Why;

/** Which of a queue's rules apply to a call now. */
public final class Conditions {

    private final Turn turn;
    private final AcdState state;
    private final QueuePlan queue;

    public Conditions(Turn turn, QueuePlan queue) {
        this.turn = turn;
        this.queue = queue;
        state = turn.state();
    }

    /**
     * The first rule for a call that has just come, and stands in line.
     *
     * @param room whether the queue had room for it
     */
    public Optional<OverflowRule> atEntry(QueuedCall call, boolean room) {
        return queue.conduct().atEntry().stream()
                .filter(rule -> appliesAtEntry(rule, call, room))
                .findFirst();
    }

    private boolean appliesAtEntry(OverflowRule rule, QueuedCall call, boolean room) {
        return switch (rule.when()) {
            case CLOSED -> !state.hours(queue.id()).open(turn.now());
            case FULL -> !room;
            case LINE_TOO_LONG -> state.line(queue.id()).size() > rule.calls();
            case NOBODY_SIGNED_IN, NOBODY_READY ->
                    absentSince(rule.when())
                            .filter(since -> !since.plus(rule.time()).isAfter(turn.now()))
                            .isPresent();
            case WAIT_PREDICTED_TOO_LONG -> predictedTooLong(rule, call);
            case WAITED_TOO_LONG, UNREACHABLE -> false;
        };
    }

    /** The first rule for a call that waits. */
    public Optional<OverflowRule> whileWaiting(QueuedCall call) {
        return queue.conduct().whileWaiting().stream()
                .filter(rule -> applies(rule, call))
                .findFirst();
    }

    private boolean applies(OverflowRule rule, QueuedCall call) {
        var patience = call.patience();
        var hours = state.hours(queue.id());
        var now = turn.now();
        return switch (rule.when()) {
            case CLOSED -> hours.open(patience.stays()) && !hours.open(now);
            case WAITED_TOO_LONG -> !patience.ripe(rule, patience.since()).isAfter(now);
            case NOBODY_SIGNED_IN, NOBODY_READY ->
                    absentSince(rule.when())
                            .filter(since -> !patience.ripe(rule, since).isAfter(now))
                            .isPresent();
            case WAIT_PREDICTED_TOO_LONG -> !patience.rests(now) && predictedTooLong(rule, call);
            case FULL, LINE_TOO_LONG, UNREACHABLE -> false;
        };
    }

    /** When a call to which no rule applies now is to be looked at again. */
    public Optional<Instant> nextLook(QueuedCall call) {
        return queue.conduct().whileWaiting().stream()
                .flatMap(rule -> nextLook(rule, call).stream())
                .filter(turn.now()::isBefore)
                .min(Comparator.naturalOrder());
    }

    private Optional<Instant> nextLook(OverflowRule rule, QueuedCall call) {
        var hours = state.hours(queue.id());
        return call.patience().nextLook(rule, absentSince(rule.when()), hours, turn.now());
    }

    private boolean predictedTooLong(OverflowRule rule, QueuedCall call) {
        return turn.expectedWait()
                .of(call, turn.now())
                .filter(wait -> wait.compareTo(rule.time()) > 0)
                .isPresent();
    }

    /** Since when there is nobody of the kind that a rule asks for; empty: there is somebody. */
    private Optional<Instant> absentSince(Why when) {
        return switch (when) {
            case NOBODY_SIGNED_IN -> absentSince(agent -> agent.shift().leftAt());
            case NOBODY_READY -> absentSince(Conditions::notReadySince);
            default -> Optional.empty();
        };
    }

    private static Optional<Instant> notReadySince(Agent agent) {
        return agent.state() instanceof AgentState.NotReady not
                ? Optional.of(not.since())
                : Optional.empty();
    }

    /**
     * @param since when each of them ceased to be there; empty: he is
     */
    private Optional<Instant> absentSince(Function<Agent, Optional<Instant>> since) {
        var latest = Instant.EPOCH;
        for (var id : state.plan().members(queue.id()).keySet()) {
            var agent = state.agent(id);
            if (agent.isEmpty()) {
                continue;
            }
            var absent = since.apply(agent.get());
            if (absent.isEmpty()) {
                return Optional.empty();
            }
            latest = absent.get().isAfter(latest) ? absent.get() : latest;
        }
        return Optional.of(latest);
    }
}
