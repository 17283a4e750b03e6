// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.waiting;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import org.panacall.acd.core.call.Caller;
import org.panacall.acd.core.call.Place;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.call.Target;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.CallbackId;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.acd.core.rules.Overflow;

/**
 * A promise to call a patient back, which keeps his place in line: a call of the same age and
 * urgency stands in for him there. An agent is rung first, then the patient.
 *
 * <pre>
 *   InLine ---agent answered---> AtAgent ---patient answered---> (reached)
 *     ^  |                          |
 *     |  +---------expired---> Apologising ---> (expired)
 *     |                             ^
 *     +---time--- Resting ----------+
 *                    ^--- patient did not answer --- AtAgent
 * </pre>
 *
 * @param caller who it was, with the number that is to be called
 * @param place his, as it was
 * @param attempts how often an agent took it
 */
public record Callback(
        CallbackId id,
        QueueId queue,
        Caller caller,
        Place place,
        Terms terms,
        int attempts,
        State state,
        long sequence) {

    /**
     * What was promised.
     *
     * @param automatic nothing: he gave up, and is called back unasked
     */
    public record Terms(Instant since, Instant expiresAt, boolean automatic) {}

    /** What becomes of it. */
    public sealed interface State {

        /** A stand-in waits for an agent. */
        record InLine() implements State {}

        /** An agent has it, in this call, and the patient is dialled. */
        record AtAgent(CallId call, AgentId agent) implements State {}

        /** The patient did not answer, and is left in peace for a while. */
        record Resting(Instant until) implements State {}

        /** The patient is rung, or told, because nobody was free in time. */
        record Apologising(CallId call, LegId leg, Part part, Instant until) implements State {

            /** How far it is: he is rung, is told, or was told and may leave a message. */
            public enum Part {
                RINGING,
                TELLING,
                MESSAGE
            }
        }
    }

    /** How it came to its end. */
    public enum End {
        /** Patient and agent were brought together. */
        REACHED,
        /** Nobody was free in time. */
        EXPIRED,
        /** The patient never answered. */
        NOT_REACHED,
        /** The patient rang himself, and his call has its place. */
        RANG_AGAIN,
        /** The queue is gone. */
        QUEUE_GONE,
        /** Somebody took it back. */
        CANCELLED
    }

    /** The call that stands in for the patient in line; a fresh one for each stay there. */
    public CallId standIn() {
        return new CallId(id.value() + "." + attempts);
    }

    /** The call in which a device of an agent is rung. */
    public static CallId callOf(LegId leg) {
        return new CallId("call_" + leg.value());
    }

    /** Whether the same call stands in for both, in the same queue. */
    public boolean isWith(Callback other) {
        return standIn().equals(other.standIn()) && queue.equals(other.queue);
    }

    /** Whether the patient is being rung, or is about to be. */
    public boolean underWay() {
        return state instanceof State.AtAgent || state instanceof State.Apologising;
    }

    public boolean inLine() {
        return state instanceof State.InLine;
    }

    /** What waits in line for him. */
    public QueuedCall waiting(Instant now) {
        return new QueuedCall(
                standIn(),
                caller,
                new Target.ToQueue(queue),
                place,
                Collections.emptyNavigableMap(),
                Overflow.NONE,
                new QueuedCall.State.Waiting(now),
                0);
    }

    /** When something has to be done about it. */
    public Optional<Instant> deadline() {
        return switch (state) {
            case State.InLine inLine -> Optional.of(terms.expiresAt());
            case State.Resting resting -> Optional.of(resting.until());
            case State.Apologising apologising -> Optional.of(apologising.until());
            case State.AtAgent atAgent -> Optional.empty();
        };
    }

    Callback in(State next) {
        return new Callback(id, queue, caller, place, terms, attempts, next, sequence);
    }

    /** An agent took it. */
    Callback taken(CallId call, AgentId agent) {
        var next = new State.AtAgent(call, agent);
        return new Callback(id, queue, caller, place, terms, attempts + 1, next, sequence);
    }

    /** Asked for once more. */
    Callback on(Terms next) {
        return new Callback(id, queue, caller, place, next, attempts, state, sequence);
    }

    Callback to(QueueId other) {
        return new Callback(id, other, caller, place, terms, attempts, state, sequence);
    }

    /** Its next call is made there. */
    Callback at(SipIngress ingress) {
        return new Callback(id, queue, caller.at(ingress), place, terms, attempts, state, sequence);
    }

    public Callback numbered(long next) {
        return new Callback(id, queue, caller, place, terms, attempts, state, next);
    }
}
