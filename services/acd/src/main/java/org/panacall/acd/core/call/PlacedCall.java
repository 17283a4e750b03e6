// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.call;

import java.time.Instant;
import java.util.Optional;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.SipIngress;

/**
 * A call that an agent placed: his phone rings first, then the number (click to call).
 *
 * <pre>
 *   RingingAgent ---> RingingNumber ---> Talking
 *        |                 |   |            |
 *        |                 |   +-> Telling  |
 *        +-----------------+-------+--------+---> Leaving
 * </pre>
 */
public record PlacedCall(
        CallId id, AgentId agent, Plan plan, SipIngress sipIngress, State state, long sequence)
        implements Call {

    /** What becomes of it. */
    public sealed interface State {

        Instant since();

        /** The agent's own phone rings. */
        record RingingAgent(Instant since, Instant until) implements State {}

        /** The number rings; the agent hears that it does. */
        record RingingNumber(LegId leg, Instant since, Instant until) implements State {}

        /** Joined. */
        record Talking(LegId leg, Instant since) implements State {}

        /** The agent hears why the number is not to be had. */
        record Telling(EndReason reason, Instant since, Instant until) implements State {}

        /** Hung up, or about to be. */
        record Leaving(boolean talked, Instant since, Instant forgottenAt) implements State {}
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
    public PlacedCall leave(Instant now, Instant forgottenAt) {
        return in(new State.Leaving(talked(), now, forgottenAt));
    }

    @Override
    public Optional<Instant> deadline() {
        return switch (state) {
            case State.RingingAgent ringing -> Optional.of(ringing.until());
            case State.RingingNumber ringing -> Optional.of(ringing.until());
            case State.Telling telling -> Optional.of(telling.until());
            case State.Leaving leaving -> Optional.of(leaving.forgottenAt());
            case State.Talking talking -> Optional.empty();
        };
    }

    @Override
    public PlacedCall numbered(long next) {
        return new PlacedCall(id, agent, plan, sipIngress, state, next);
    }

    @Override
    public PlacedCall at(SipIngress next) {
        return new PlacedCall(id, agent, plan, next, state, sequence);
    }

    public PlacedCall in(State next) {
        return new PlacedCall(id, agent, plan, sipIngress, next, sequence);
    }
}
