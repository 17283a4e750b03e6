// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.call;

import java.time.Instant;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.id.SipIngress;

/**
 * A call that waits for an agent, or has found one.
 *
 * <pre>
 *   Waiting <-----> Offered ------> Talking
 *      |   missed      | abandoned     | either side hangs up
 *      +---------------+-------------> Leaving
 * </pre>
 *
 * @param missed until when the call goes to others before the agents who missed it
 */
public record QueuedCall(
        CallId id,
        Caller caller,
        Target target,
        Place place,
        NavigableMap<AgentId, Instant> missed,
        State state,
        long sequence)
        implements Call {

    /** What becomes of it. */
    public sealed interface State {

        Instant since();

        /** Nobody is being rung for it. */
        record Waiting(Instant since) implements State {}

        /** An agent's phone rings for it. */
        record Offered(Offer offer, Instant since) implements State {}

        /** Joined with an agent. */
        record Talking(AgentId agent, LegId leg, Instant since) implements State {}

        /** Hung up, or about to be; an agent who talked is free when it is released. */
        record Leaving(boolean talked, Instant since, Instant forgottenAt) implements State {}
    }

    public QueuedCall {
        missed = Collections.unmodifiableNavigableMap(new TreeMap<>(missed));
    }

    @Override
    public SipIngress sipIngress() {
        return caller.sipIngress();
    }

    @Override
    public Instant since() {
        return state.since();
    }

    @Override
    public boolean leaving() {
        return state instanceof State.Leaving;
    }

    @Override
    public boolean talked() {
        return state instanceof State.Talking
                || state instanceof State.Leaving leaving && leaving.talked();
    }

    @Override
    public QueuedCall leave(Instant now, Instant forgottenAt) {
        return in(new State.Leaving(talked(), now, forgottenAt));
    }

    /** The queue where it waits, or waited; empty for a call to a person. */
    public Optional<QueueId> queue() {
        return target instanceof Target.ToQueue(var queue) ? Optional.of(queue) : Optional.empty();
    }

    @Override
    public Optional<Instant> deadline() {
        return switch (state) {
            case State.Offered offered -> Optional.of(offered.offer().expiresAt());
            case State.Leaving leaving -> Optional.of(leaving.forgottenAt());
            case State.Waiting waiting -> Optional.empty();
            case State.Talking talking -> Optional.empty();
        };
    }

    /** The present offer. */
    public Optional<Offer> offer() {
        return state instanceof State.Offered offered
                ? Optional.of(offered.offer())
                : Optional.empty();
    }

    /** Whether others should get it before this agent does. */
    public boolean goesToOthersFirst(AgentId agent, Instant now) {
        var until = missed.get(agent);
        return until != null && now.isBefore(until);
    }

    @Override
    public QueuedCall numbered(long next) {
        return new QueuedCall(id, caller, target, place, missed, state, next);
    }

    @Override
    public QueuedCall at(SipIngress next) {
        return new QueuedCall(id, caller.at(next), target, place, missed, state, sequence);
    }

    public QueuedCall in(State next) {
        return new QueuedCall(id, caller, target, place, missed, next, sequence);
    }

    /** Back in its place after an offer, to go to others first until then. */
    public QueuedCall missedBy(AgentId agent, Optional<Instant> othersFirstUntil, Instant now) {
        var all = new TreeMap<>(missed);
        othersFirstUntil.ifPresent(until -> all.put(agent, until));
        return new QueuedCall(id, caller, target, place, all, new State.Waiting(now), sequence);
    }
}
