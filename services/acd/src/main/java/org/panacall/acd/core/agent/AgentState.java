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
 *
 * <p>A call that he dials himself is none of ours and changes none of these; while it lasts he is
 * not free.
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

        /** An offer came to nothing by his doing, or that of his phone. */
        Resting missed(Instant now, Duration pause);
    }

    /**
     * Gets no calls from queues.
     *
     * @param overdue a limit of the reason was exceeded, and that was told
     */
    record NotReady(String reason, Instant since, boolean overdue) implements Resting {

        public NotReady(String reason, Instant since) {
            this(reason, since, false);
        }

        @Override
        public NotReady missed(Instant now, Duration pause) {
            return this;
        }

        NotReady late() {
            return new NotReady(reason, since, true);
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

        /** Goes last in the idle order. */
        Ready busyUntil(Instant now) {
            return new Ready(since, now, pausedUntil);
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
            return new OnCall(call, now, Optional.empty());
        }
    }

    /**
     * Talks, or is about to: his own phone rings for a call that he placed.
     *
     * @param unfinished the wrap-up that it interrupted; it goes on after it, if there is time left
     */
    record OnCall(CallId call, Instant since, Optional<WrapUp> unfinished) implements AgentState {

        /** What he says meanwhile may spare him the rest of his notes. */
        OnCall without(Intent said) {
            return new OnCall(call, since, unfinished.filter(notes -> !notes.endedBy(said)));
        }
    }

    /**
     * Writes notes on the last call.
     *
     * @param notes how it may end, as it was when it began
     */
    record WrapUp(CallId call, Instant since, Instant until, Notes notes) implements AgentState {

        static WrapUp after(CallId call, Notes notes, Instant now) {
            return new WrapUp(call, now, now.plus(notes.time()), notes);
        }

        boolean endedBy(Intent said) {
            return notes.endsEarly() || said.forced();
        }

        boolean over(Instant now) {
            return !until.isAfter(now);
        }

        /** Prolonged, if it can be. */
        Optional<WrapUp> extended() {
            var latest = since.plus(Notes.LONGEST);
            var later = until.plus(notes.extension());
            var next = later.isAfter(latest) ? latest : later;
            return notes.mode() == Notes.Mode.EXTENDABLE && next.isAfter(until)
                    ? Optional.of(new WrapUp(call, since, next, notes))
                    : Optional.empty();
        }
    }
}
