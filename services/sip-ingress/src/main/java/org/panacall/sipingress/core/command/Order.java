// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.command;

import java.util.Optional;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.call.LegPair;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.EndReason;
import org.panacall.sipingress.core.leg.LegPlan;
import org.panacall.sipingress.core.leg.PlayId;
import org.panacall.sipingress.core.leg.Program;
import org.panacall.sipingress.core.leg.RecordingPlan;
import org.panacall.sipingress.core.plan.Destination;
import org.panacall.sipingress.core.plan.TenantId;
import org.panacall.sipingress.core.room.RoomWish;

/** What a controller wants done to a call. */
public sealed interface Order extends IngressCommand {

    Stamp stamp();

    CallId call();

    /** An order about a leg that must exist. */
    sealed interface OfLeg extends Order {
        LegId leg();
    }

    /**
     * What makes an order safe to repeat, and an old leader's harmless.
     *
     * @param epoch 0 where the sender has none
     */
    record Stamp(String effectId, long epoch, Controller controller) {

        public Stamp {
            if (effectId.isEmpty() || effectId.length() > 128 || epoch < 0) {
                throw new IllegalArgumentException("not an effect: id and epoch are wanted");
            }
        }
    }

    record CreateCall(Stamp stamp, CallId call, TenantId tenant, LegPlan leg, String origin)
            implements Order {}

    record AddLeg(Stamp stamp, CallId call, LegPlan leg) implements Order {}

    record RingLeg(Stamp stamp, CallId call, LegId leg, boolean earlyMedia) implements OfLeg {}

    record AnswerLeg(Stamp stamp, CallId call, LegId leg) implements OfLeg {}

    record Play(Stamp stamp, CallId call, LegId leg, PlayId play, Program program)
            implements OfLeg {}

    record StopPlay(Stamp stamp, CallId call, LegId leg, PlayId play) implements OfLeg {}

    record SendKeys(Stamp stamp, CallId call, LegId leg, String keys) implements OfLeg {

        public SendKeys {
            if (!keys.matches("[0-9*#A-D]{1,32}")) {
                throw new IllegalArgumentException("keys are 1 to 32 of 0-9 * # A-D");
            }
        }
    }

    /** Lets two legs talk. */
    record JoinLegs(Stamp stamp, CallId call, LegId leg, LegId other, Terms terms)
            implements OfLeg {

        public JoinLegs(Stamp stamp, CallId call, LegId leg, LegId other) {
            this(stamp, call, leg, other, "");
        }

        public JoinLegs(Stamp stamp, CallId call, LegId leg, LegId other, String afterTalk) {
            this(stamp, call, leg, other, new Terms(afterTalk, Optional.empty(), false));
        }

        /** The two as they are to talk. */
        public LegPair pair() {
            return new LegPair(leg, other, terms.afterTalk(), terms.record());
        }

        /**
         * What goes for the talk.
         *
         * @param afterTalk flow that the first goes into when the other hangs up first, or ""
         * @param record by what it is recorded
         * @param noticeMissing nothing proves that the caller knows of it: it is not recorded
         */
        public record Terms(
                String afterTalk, Optional<RecordingPlan> record, boolean noticeMissing) {

            public Terms {
                record = noticeMissing ? Optional.empty() : record;
            }
        }
    }

    record EchoLeg(Stamp stamp, CallId call, LegId leg) implements OfLeg {}

    record JoinRoom(Stamp stamp, CallId call, LegId leg, RoomWish room) implements OfLeg {}

    record LeaveRoom(Stamp stamp, CallId call, LegId leg) implements OfLeg {}

    record HoldLeg(Stamp stamp, CallId call, LegId leg, boolean held) implements OfLeg {}

    record HangUpLeg(Stamp stamp, CallId call, LegId leg, EndReason reason) implements OfLeg {}

    record HangUpCall(Stamp stamp, CallId call, EndReason reason, boolean byOperator)
            implements Order {}

    record HandOver(Stamp stamp, CallId call, Destination.HandOver target) implements Order {}

    /** Gives a caller who talks with an agent to a flow, on behalf of a person. */
    record RunFlow(Stamp stamp, CallId call, Destination.Flow flow) implements Order {}

    /** Gives the call back to the flow from which it came, by that exit. */
    record HandBack(Stamp stamp, CallId call, String exit) implements Order {}
}
