// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.acd.core.agent.Intent;
import org.panacall.acd.core.call.Caller;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.call.Group;
import org.panacall.acd.core.call.Target;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.CallbackId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.PlayId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.acd.core.plan.TenantPlan;

/** What can be asked of acd, and what it can be told. */
public sealed interface AcdCommand {

    /** Where a caller wants to go. */
    sealed interface Destination {
        record Queue(QueueId queue) implements Destination {}

        record Person(Extension extension, Optional<QueueId> fallback, Target.Terms terms)
                implements Destination {

            public Person(Extension extension, Optional<QueueId> fallback) {
                this(extension, fallback, Target.Terms.USUAL);
            }
        }

        record Number(PartyNumber number, Optional<QueueId> fallback, Target.Terms terms)
                implements Destination {}

        record RingGroup(Group group, Optional<QueueId> fallback, Target.Terms terms)
                implements Destination {}
    }

    /**
     * Takes a call into care. Idempotent by call.
     *
     * @param liveLegs those of the call that are not over; none: nobody says
     */
    record EnqueueCall(
            CallId call, Caller caller, Destination destination, String trace, List<LegId> liveLegs)
            implements AcdCommand {

        public EnqueueCall {
            liveLegs = List.copyOf(liveLegs);
        }

        public EnqueueCall(CallId call, Caller caller, Destination destination, String trace) {
            this(call, caller, destination, trace, List.of());
        }
    }

    /** Rings an agent, then a number for him. Idempotent by call. */
    record PlaceCall(
            CallId call, Extension agent, PartyNumber number, SipIngress sipIngress, String trace)
            implements AcdCommand {}

    /** Promises to call somebody back who is not on the line. Idempotent by callback. */
    record RequestCallback(CallbackId callback, QueueId queue, Caller patient)
            implements AcdCommand {}

    /** Takes a promise back. */
    record CancelCallback(CallbackId callback) implements AcdCommand {}

    /** An agent says that he is ready, or not; or somebody says so for him. */
    record SetAgentState(Extension agent, Intent intent) implements AcdCommand {}

    /** An agent wants more time for his notes. */
    record ExtendWrapUp(Extension agent) implements AcdCommand {}

    /** A phone dialled by itself, which no queue and no order of ours brought about. */
    record HearOwnCallBegan(CallId call, Extension device, SipIngress sipIngress)
            implements AcdCommand {}

    /** That call is over. */
    record HearOwnCallEnded(CallId call) implements AcdCommand {}

    /** What sip-ingress tells of a call. */
    sealed interface Notice extends AcdCommand {
        CallId call();
    }

    /** A leg's party answered. */
    record HearLegAnswered(CallId call, LegId leg) implements Notice {}

    /**
     * A leg is over, or never came to be.
     *
     * @param flow into which the caller goes after his talk, so that the call is ours no longer
     */
    record HearLegEnded(
            CallId call, LegId leg, EndReason reason, int sipStatus, Optional<String> flow)
            implements Notice {

        public HearLegEnded(CallId call, LegId leg, EndReason reason, int sipStatus) {
            this(call, leg, reason, sipStatus, Optional.empty());
        }
    }

    /** What a leg was played is over: all of it, or it could not be played. */
    record HearPlayEnded(CallId call, LegId leg, PlayId play) implements Notice {}

    /**
     * A leg's party pressed a key.
     *
     * @param key one of 0–9, *, #, A–D; personal data when part of a number
     */
    record HearKeyPressed(CallId call, LegId leg, char key) implements Notice {

        @Override
        public String toString() {
            return "HearKeyPressed[" + call + "]";
        }
    }

    /** All legs are over. */
    record HearCallEnded(CallId call, EndReason reason) implements Notice {}

    /** That sip-ingress has adopted it from one that died. */
    record HearCallAdopted(CallId call, SipIngress sipIngress) implements Notice {}

    /** Another controller has it. */
    record HearControlLost(CallId call) implements Notice {}

    /** An effect was not carried out, and trying again is no use. */
    record HearEffectFailed(AcdEffect effect, Failure failure) implements AcdCommand {

        /** Why. */
        public enum Failure {
            CALL_GONE,
            NOT_CONTROLLER,
            REFUSED,
            AWAY
        }
    }

    /**
     * Phones are registered for that long from now.
     *
     * @param whole all there are, so that who is missing is registered no more; else zero says so
     */
    record RenewRegistrations(Map<Extension, Duration> leases, boolean whole)
            implements AcdCommand {

        public RenewRegistrations {
            leases = Collections.unmodifiableMap(new TreeMap<>(leases));
        }
    }

    /** The tenant's configuration from now on. */
    record ConfigureTenant(TenantPlan plan) implements AcdCommand {}

    /**
     * What a sip-ingress holds, to be compared with what we think it holds.
     *
     * @param holdingFor how long the process has been holding calls; zero when its list is no proof
     *     that a call is over
     */
    record ReconcileCalls(SipIngress sipIngress, Duration holdingFor, List<SeenCall> calls)
            implements AcdCommand {

        public ReconcileCalls {
            calls = List.copyOf(calls);
        }
    }

    /**
     * A call as sip-ingress sees it.
     *
     * @param ours whether we control it
     * @param undecided nobody does yet, but somebody has been asked to
     * @param joined whether parties talk in it
     * @param legs those which are not over, and whether they are answered
     * @param dialledBy the phone of ours that began it
     */
    record SeenCall(
            CallId call,
            boolean ours,
            boolean undecided,
            boolean joined,
            Map<LegId, Boolean> legs,
            Optional<Extension> dialledBy) {

        public SeenCall {
            legs = Collections.unmodifiableMap(new TreeMap<>(legs));
        }

        /** One that somebody controls, and that no phone of ours began. */
        public SeenCall(CallId call, boolean ours, boolean joined, Map<LegId, Boolean> legs) {
            this(call, ours, false, joined, legs, Optional.empty());
        }
    }

    /** A sip-ingress has been out of reach for too long: its calls are taken for lost. */
    record LoseSipIngress(SipIngress sipIngress) implements AcdCommand {}
}
