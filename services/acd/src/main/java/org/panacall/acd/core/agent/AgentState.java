// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.OfferId;

/**
 * What an agent is doing. Each state offers the transitions that it has.
 *
 * <pre>
 *             says so, registers
 *   NotReady <------------------> Ready <--- paused end
 *      |  ^                       |   ^
 *      |  +---------+   offered   |   | missed (last in line, paused), withdrawn (place kept)
 *      |  withdrawn |             v   |
 *      +----------> Offered <-----+---+
 *      | direct call   | accepted
 *      |               v
 *      +-----------> OnCall <----> WrapUp -----> NotReady or Ready
 *       places a call   |                            ^
 *                       +----------------------------+  no wrap-up
 * </pre>
 */
public sealed interface AgentState {

    /** When it began. */
    Instant since();

    /** Not occupied: what an agent comes back to. */
    sealed interface Resting extends AgentState {

        /** A call is presented: from a queue when ready, by his own extension in any case. */
        default Offered offered(OfferId offer, CallId call, Instant now) {
            return new Offered(offer, call, now, this);
        }

        /** He places a call himself. */
        default OnCall placed(CallId call, Instant now) {
            return new OnCall(call, now);
        }

        /** An offer came to nothing by his doing, or that of his phone. */
        Resting missed(Instant now, Duration pause);
    }

    /** Gets no calls from queues. */
    record NotReady(String reason, Instant since) implements Resting {

        @Override
        public NotReady missed(Instant now, Duration pause) {
            return this;
        }
    }

    /**
     * Waits for calls.
     *
     * @param idleSince what the longest idle is chosen by
     * @param pausedUntil left in peace for a moment after an offer that he missed, lest a phone
     *     that rejects everything is rung without end
     */
    record Ready(Instant since, Instant idleSince, Optional<Instant> pausedUntil)
            implements Resting {

        public static Ready from(Instant now) {
            return new Ready(now, now, Optional.empty());
        }

        @Override
        public Ready missed(Instant now, Duration pause) {
            return new Ready(since, now, Optional.of(now.plus(pause)));
        }

        /** Comes back to it; a pause may be over by now. */
        Ready resumed(Instant now) {
            return new Ready(since, idleSince, pausedUntil.filter(now::isBefore));
        }

        Ready rested() {
            return new Ready(since, idleSince, Optional.empty());
        }
    }

    /**
     * His phone rings.
     *
     * @param before the rest he comes back to when nothing comes of it
     */
    record Offered(OfferId offer, CallId call, Instant since, Resting before)
            implements AgentState {

        OnCall accepted(Instant now) {
            return new OnCall(call, now);
        }
    }

    /** Talks, or is about to: his own phone rings for a call that he placed. */
    record OnCall(CallId call, Instant since) implements AgentState {

        WrapUp wrapUp(Instant now, Duration time) {
            return new WrapUp(call, now, now.plus(time));
        }
    }

    /** Writes notes on the last call. */
    record WrapUp(CallId call, Instant since, Instant until) implements AgentState {

        /** Notes do not keep him from placing a call. */
        OnCall placed(CallId next, Instant now) {
            return new OnCall(next, now);
        }
    }
}
