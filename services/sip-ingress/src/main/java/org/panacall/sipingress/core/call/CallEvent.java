// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.call;

import java.time.Instant;
import java.util.Optional;
import org.panacall.sipingress.core.adoption.StoredCall;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.Direction;
import org.panacall.sipingress.core.leg.EndReason;
import org.panacall.sipingress.core.leg.LegQuality;
import org.panacall.sipingress.core.leg.LegRole;
import org.panacall.sipingress.core.leg.LegState;
import org.panacall.sipingress.core.sdp.AudioCodec;

/** What has happened on a call. */
public sealed interface CallEvent {

    /** A call began. Texts are empty when they do not apply, the arrival when it was made by us. */
    record CallStarted(
            Direction direction,
            String from,
            String to,
            String carrier,
            String origin,
            Optional<Arrival> arrival)
            implements CallEvent {}

    /**
     * The INVITE that a call began with.
     *
     * @param key common to all attempts of the edge at it, and to no other INVITE
     * @param at when the edge had it first
     */
    record Arrival(String key, Instant at) {}

    /** An INVITE was received or is to be sent. */
    record LegStarted(LegId leg, LegRole role, Direction direction, String party, String agentId)
            implements CallEvent {}

    /** The party's device rings. */
    record LegRang(LegId leg) implements CallEvent {}

    /** A leg was answered. */
    record LegConnected(LegId leg, AudioCodec codec) implements CallEvent {}

    /** Two legs began to talk. */
    record LegsJoined(LegPair legs) implements CallEvent {}

    /** A leg was held or resumed, by its party or by us. */
    record LegHoldChanged(LegId leg, boolean held) implements CallEvent {}

    /** A leg's audio goes by another address: its media node is this one now. */
    record LegReanchored(LegId leg, String mediaNode) implements CallEvent {}

    /** Somebody else decides: {@code target} is the queue, extension or flow. */
    record ControllerChanged(Controller controller, String target) implements CallEvent {}

    /** A flow that was asked for during a talk is not to be had. */
    record FlowNotRun(String flow) implements CallEvent {}

    /** A leg is in a room with others. */
    record RoomJoined(LegId leg, String room) implements CallEvent {}

    /** A leg that lives on left its room. */
    record RoomLeft(LegId leg, String room) implements CallEvent {}

    /**
     * A talk that was to be recorded is, or is not.
     *
     * @param agentLeg the second leg of the talk
     * @param recording empty unless it is recorded
     */
    record TalkRecording(LegId agentLeg, Outcome outcome, String recording) implements CallEvent {

        /** What became of it. */
        public enum Outcome {
            RECORDED,
            /** Nothing proves that the caller heard the notice. */
            NO_NOTICE,
            /** Media had no room for it. */
            NO_ROOM,
            /** Media was not to be asked. */
            FAILED
        }

        /** It is not. */
        public static TalkRecording not(LegId agentLeg, Outcome why) {
            return new TalkRecording(agentLeg, why, "");
        }
    }

    /** The call as it stands, for an heir. Comes last in its turn. */
    record CallStored(StoredCall call) implements CallEvent {}

    /**
     * A leg is over, and media has told its figures.
     *
     * @param how with the time at which it ended for its party
     */
    record LegFinished(LegId leg, LegState.Ended how, LegQuality quality) implements CallEvent {}

    /** All legs are over; with the time at which the call ended for its parties. */
    record CallFinished(EndReason reason, Instant endedAt) implements CallEvent {}
}
