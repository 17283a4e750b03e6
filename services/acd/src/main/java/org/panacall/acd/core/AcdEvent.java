// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import java.time.Instant;
import java.util.Optional;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.call.Caller;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.call.Offer;
import org.panacall.acd.core.call.Plan;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.call.Target;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.CallbackId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.OfferId;
import org.panacall.acd.core.id.PlayId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.acd.core.ledger.Terms;
import org.panacall.acd.core.rules.Action;
import org.panacall.acd.core.rules.Overflow;
import org.panacall.acd.core.wait.Forecast;
import org.panacall.acd.core.waiting.Callback;
import org.panacall.acd.core.waiting.Listening;

/** Everything that has happened, in the past tense. State is a fold over these. */
public sealed interface AcdEvent {

    /** When, and as which event of its entity: 1, 2, 3 and so on. */
    record Stamp(Instant at, long sequence) {}

    Stamp stamp();

    /** The call, agent or queue it is about; the leader's name for an election. */
    String entity();

    /** It is about a call. */
    sealed interface OfCall extends AcdEvent {
        CallId call();

        @Override
        default String entity() {
            return call().value();
        }
    }

    /** It is about an agent alone. */
    sealed interface OfAgent extends AcdEvent {
        AgentId agent();

        @Override
        default String entity() {
            return agent().value();
        }
    }

    /** It is about a queue. */
    sealed interface OfQueue extends AcdEvent {
        QueueId queue();

        @Override
        default String entity() {
            return queue().value();
        }
    }

    /** It is about a promise to call back. */
    sealed interface OfCallback extends AcdEvent {
        CallbackId callback();

        @Override
        default String entity() {
            return callback().value();
        }
    }

    /** A promise is now thus. */
    record CallbackChanged(Stamp stamp, Callback next) implements OfCallback {
        @Override
        public CallbackId callback() {
            return next.id();
        }
    }

    /**
     * A promise is over.
     *
     * @param heir the call that has its place in line from now on
     */
    record CallbackEnded(Stamp stamp, CallbackId callback, Callback.End end, Optional<CallId> heir)
            implements OfCallback {}

    /** Somebody leads the tenant from now on. */
    record LeaderElected(Stamp stamp, long epoch, String instance) implements AcdEvent {
        @Override
        public String entity() {
            return instance;
        }
    }

    /**
     * A call began to wait, or went from a person to a queue.
     *
     * @param forecast what its caller may expect; none when somebody is free for him, or waits are
     *     not spoken of
     */
    record CallQueued(
            Stamp stamp,
            CallId call,
            Caller caller,
            Target target,
            PlayId music,
            Forecast forecast,
            String trace)
            implements OfCall {}

    /** A waiting caller hears something else, or is somewhere else in a talk about a callback. */
    record ListeningChanged(Stamp stamp, CallId call, Listening next) implements OfCall {}

    /** An agent's phone is to ring for the call. */
    record OfferMade(Stamp stamp, CallId call, Offer offer, Optional<QueueId> queue)
            implements OfCall {}

    /** One more device of his rings for it. */
    record DeviceRung(Stamp stamp, CallId call, AgentId agent, LegId leg) implements OfCall {}

    /** A device of his rings no more, while others may. */
    record DeviceEnded(Stamp stamp, CallId call, AgentId agent, LegId leg, Offer.End end)
            implements OfCall {}

    /**
     * He answered.
     *
     * @param leg of the device; empty in histories from before he could have several
     */
    record OfferAccepted(
            Stamp stamp, CallId call, OfferId offer, AgentId agent, Optional<LegId> leg)
            implements OfCall {}

    /** It came to nothing. */
    record OfferEnded(
            Stamp stamp,
            CallId call,
            OfferId offer,
            AgentId agent,
            Offer.End end,
            Optional<Instant> othersFirst)
            implements OfCall {}

    /** He answered, but was gone before the two were joined: the call is back in its place. */
    record CallReturned(Stamp stamp, CallId call, AgentId agent, Instant othersFirst)
            implements OfCall {}

    /**
     * The call did not stay where it was: an action of its queue's rules is tried, or done.
     *
     * @param followed the rule, and what is left of it
     */
    record CallOverflowed(
            Stamp stamp,
            CallId call,
            Optional<QueueId> queue,
            Action action,
            Overflow.Followed followed,
            Ringing ringing)
            implements OfCall {

        /**
         * What is rung or asked by the action.
         *
         * @param leg of the telephone outside
         * @param until the action is given up then, should nobody tell what came of it
         */
        public record Ringing(Optional<LegId> leg, Instant until) {}
    }

    /** The caller hears why he is not served, until then at most; after it his call ends. */
    record CallTold(Stamp stamp, CallId call, QueuedCall.State.Told.Reason reason, Instant until)
            implements OfCall {}

    /** The call waits no more. */
    record CallDequeued(Stamp stamp, CallId call, Optional<QueueId> queue, Cause cause)
            implements OfCall {

        /** Why a call waits no more. */
        public enum Cause {
            ANSWERED,
            ABANDONED,
            OVERFLOW,
            FAILED,
            /** The caller hung up, as he will be called back. */
            CALLBACK_PROMISED
        }
    }

    /** An agent began a call of his own. */
    record CallPlaced(Stamp stamp, CallId call, AgentId agent, Placing placing) implements OfCall {

        /** Where and for how long his phone rings. */
        public record Placing(Plan plan, SipIngress sipIngress, Instant ringsUntil, String trace) {}
    }

    /** He answered, so his number rings. */
    record NumberDialled(Stamp stamp, CallId call, LegId leg, Instant ringsUntil)
            implements OfCall {}

    /** The number answered. */
    record NumberAnswered(Stamp stamp, CallId call) implements OfCall {}

    /**
     * The call is about to end: after the agent was told why, or at once.
     *
     * @param callerThere the agent hung up, and the caller did not
     */
    record CallEnding(
            Stamp stamp,
            CallId call,
            EndReason reason,
            Optional<Instant> toldUntil,
            boolean callerThere,
            Instant forgottenAt)
            implements OfCall {}

    /** That sip-ingress holds the call from now on. */
    record CallMoved(Stamp stamp, CallId call, SipIngress sipIngress) implements OfCall {}

    /** The call left our care for good. */
    record CallReleased(Stamp stamp, CallId call, EndReason reason) implements OfCall {}

    /** A queue counts and shares its work by these terms from now on. */
    record TermsChanged(Stamp stamp, QueueId queue, Terms terms) implements OfQueue {}

    /** An agent is now thus. */
    record AgentChanged(Stamp stamp, Agent next) implements OfAgent {
        @Override
        public AgentId agent() {
            return next.id();
        }
    }

    /**
     * A device of his registered again in time.
     *
     * @param device empty in histories from before he could have several
     */
    record RegistrationRenewed(
            Stamp stamp, AgentId agent, Optional<Extension> device, Instant until)
            implements OfAgent {}

    /**
     * A limit of the reason for which he is not ready was reached.
     *
     * @param inShift the limit of the shift, and not that of one time
     */
    record AgentOverdue(Stamp stamp, AgentId agent, String reason, boolean inShift)
            implements OfAgent {}

    /** He is no longer of the tenant's people. */
    record AgentRemoved(Stamp stamp, AgentId agent) implements OfAgent {}
}
