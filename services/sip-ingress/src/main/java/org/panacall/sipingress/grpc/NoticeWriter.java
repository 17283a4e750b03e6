// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.grpc;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import org.panacall.defaults.ProtoTimes;
import org.panacall.proto.call.v1.SpeechOutcome;
import org.panacall.proto.sipingress.v1.CallAdopted;
import org.panacall.proto.sipingress.v1.CallEnded;
import org.panacall.proto.sipingress.v1.CallNotice;
import org.panacall.proto.sipingress.v1.ControlLost;
import org.panacall.proto.sipingress.v1.KeyPressed;
import org.panacall.proto.sipingress.v1.LegAnswered;
import org.panacall.proto.sipingress.v1.LegEnded;
import org.panacall.proto.sipingress.v1.LegHeld;
import org.panacall.proto.sipingress.v1.LegRinging;
import org.panacall.proto.sipingress.v1.OwnCallBegan;
import org.panacall.proto.sipingress.v1.OwnCallEnded;
import org.panacall.proto.sipingress.v1.PlayEnded;
import org.panacall.proto.sipingress.v1.PlayOutcome;
import org.panacall.proto.sipingress.v1.RoomEnded;
import org.panacall.proto.sipingress.v1.RoomOutcome;
import org.panacall.proto.sipingress.v1.SpeechNoticed;
import org.panacall.sipingress.CallWords;
import org.panacall.sipingress.Prompts;
import org.panacall.sipingress.Recordings;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.command.IngressEffect;

/** Makes messages of notices. */
final class NoticeWriter {

    private NoticeWriter() {}

    static CallNotice.Builder write(IngressEffect.Tell tell) {
        var message =
                CallNotice.newBuilder()
                        .setCallId(tell.call().value())
                        .setAt(timestamp(tell.at()))
                        .setTraceparent(tell.traceparent());
        switch (tell.notice()) {
            case Notice.LegRinging(var leg) ->
                    message.setLegRinging(LegRinging.newBuilder().setLegId(leg.value()));
            case Notice.LegAnswered(var leg) ->
                    message.setLegAnswered(LegAnswered.newBuilder().setLegId(leg.value()));
            case Notice.LegEnded(var leg, var reason, var status, var flow) ->
                    message.setLegEnded(
                            LegEnded.newBuilder()
                                    .setLegId(leg.value())
                                    .setEndReason(CallWords.toMessage(reason))
                                    .setSipStatus(status)
                                    .setFlowId(flow));
            case Notice.KeyPressed(var leg, var key, var length) ->
                    message.setKeyPressed(
                            KeyPressed.newBuilder()
                                    .setLegId(leg.value())
                                    .setKey(String.valueOf(key))
                                    .setDuration(Prompts.toMessage(length)));
            case Notice.PlayEnded ended -> message.setPlayEnded(played(ended));
            case Notice.SpeechNoticed(var leg, var play, var outcome, var choice, var sure) ->
                    message.setSpeechNoticed(
                            SpeechNoticed.newBuilder()
                                    .setLegId(leg.value())
                                    .setPlayId(play.value())
                                    .setOutcome(SpeechOutcome.valueOf(outcome))
                                    .setChoice(choice)
                                    .setConfidencePercent(sure));
            case Notice.LegHeld(var leg, var held, var byUs) ->
                    message.setLegHeld(
                            LegHeld.newBuilder().setLegId(leg.value()).setHeld(held).setByUs(byUs));
            case Notice.RoomEnded(var leg, var room, var outcome) ->
                    message.setRoomEnded(
                            RoomEnded.newBuilder()
                                    .setLegId(leg.value())
                                    .setRoom(room)
                                    .setOutcome(outcome(outcome)));
            case Notice.CallEnded(var reason) ->
                    message.setCallEnded(
                            CallEnded.newBuilder().setEndReason(CallWords.toMessage(reason)));
            case Notice.CallAdopted(var previous) ->
                    message.setCallAdopted(
                            CallAdopted.newBuilder().setPreviousSipIngress(previous));
            case Notice.OwnCallBegan(var extension) ->
                    message.setOwnCallBegan(OwnCallBegan.newBuilder().setExtension(extension));
            case Notice.OwnCallEnded ended ->
                    message.setOwnCallEnded(OwnCallEnded.getDefaultInstance());
            case Notice.ControlLost(var successor) ->
                    message.setControlLost(
                            ControlLost.newBuilder()
                                    .setNewController(CallWords.toMessage(successor)));
        }
        return message;
    }

    static Timestamp timestamp(Instant at) {
        return ProtoTimes.timestamp(at);
    }

    private static PlayEnded played(Notice.PlayEnded ended) {
        var message =
                PlayEnded.newBuilder()
                        .setLegId(ended.leg().value())
                        .setPlayId(ended.play().value())
                        .setOutcome(outcome(ended.outcome()));
        ended.recorded().map(Recordings::toMessage).ifPresent(message::setRecorded);
        return message.build();
    }

    private static PlayOutcome outcome(Notice.Outcome outcome) {
        return switch (outcome) {
            case COMPLETED -> PlayOutcome.PLAY_OUTCOME_COMPLETED;
            case STOPPED -> PlayOutcome.PLAY_OUTCOME_STOPPED;
            case BARGED_IN -> PlayOutcome.PLAY_OUTCOME_BARGED_IN;
            case FAILED -> PlayOutcome.PLAY_OUTCOME_FAILED;
        };
    }

    private static RoomOutcome outcome(Notice.RoomOutcome outcome) {
        return switch (outcome) {
            case FULL -> RoomOutcome.ROOM_OUTCOME_FULL;
            case FAILED, JOINED -> RoomOutcome.ROOM_OUTCOME_FAILED;
        };
    }
}
