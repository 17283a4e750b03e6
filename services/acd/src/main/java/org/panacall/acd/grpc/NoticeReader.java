// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.grpc;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.acd.Wording;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.AcdCommand.SeenCall;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PlayId;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.proto.call.v1.Direction;
import org.panacall.proto.sipingress.v1.CallNotice;
import org.panacall.proto.sipingress.v1.KeyPressed;
import org.panacall.proto.sipingress.v1.LegState;
import org.panacall.proto.sipingress.v1.LiveCall;
import org.panacall.proto.sipingress.v1.LiveLeg;
import org.panacall.proto.sipingress.v1.PlayEnded;

/** What sip-ingress tells, as commands for the core. */
final class NoticeReader {

    private NoticeReader() {}

    /** The notice, if it says anything that matters to a queue. */
    static Optional<AcdCommand> read(CallNotice notice, SipIngress sender) {
        var call = new CallId(notice.getCallId());
        return switch (notice.getNoticeCase()) {
            case LEG_ANSWERED ->
                    Optional.of(
                            new AcdCommand.HearLegAnswered(
                                    call, new LegId(notice.getLegAnswered().getLegId())));
            case LEG_ENDED -> {
                var ended = notice.getLegEnded();
                yield Optional.of(
                        new AcdCommand.HearLegEnded(
                                call,
                                new LegId(ended.getLegId()),
                                Wording.reason(ended.getEndReason()),
                                ended.getSipStatus(),
                                Optional.of(ended.getFlowId()).filter(flow -> !flow.isEmpty())));
            }
            case CALL_ENDED ->
                    Optional.of(
                            new AcdCommand.HearCallEnded(
                                    call, Wording.reason(notice.getCallEnded().getEndReason())));
            case CONTROL_LOST -> Optional.of(new AcdCommand.HearControlLost(call));
            case CALL_ADOPTED -> Optional.of(new AcdCommand.HearCallAdopted(call, sender));
            case PLAY_ENDED -> played(call, notice.getPlayEnded());
            case KEY_PRESSED -> pressed(call, notice.getKeyPressed());
            case OWN_CALL_BEGAN ->
                    Optional.of(
                            new AcdCommand.HearOwnCallBegan(
                                    call,
                                    new Extension(notice.getOwnCallBegan().getExtension()),
                                    sender));
            case OWN_CALL_ENDED -> Optional.of(new AcdCommand.HearOwnCallEnded(call));
            case LEG_RINGING, LEG_HELD, SPEECH_NOTICED, ROOM_ENDED -> Optional.empty();
            case SNAPSHOT_REQUIRED, NOTICE_NOT_SET -> Optional.empty();
        };
    }

    /**
     * One that was replaced or stopped was ended by an order of ours, or a key that is told too.
     */
    private static Optional<AcdCommand> played(CallId call, PlayEnded ended) {
        return switch (ended.getOutcome()) {
            case PLAY_OUTCOME_COMPLETED, PLAY_OUTCOME_FAILED ->
                    Optional.of(
                            new AcdCommand.HearPlayEnded(
                                    call,
                                    new LegId(ended.getLegId()),
                                    new PlayId(ended.getPlayId())));
            case PLAY_OUTCOME_STOPPED,
                    PLAY_OUTCOME_BARGED_IN,
                    PLAY_OUTCOME_UNSPECIFIED,
                    UNRECOGNIZED ->
                    Optional.empty();
        };
    }

    private static Optional<AcdCommand> pressed(CallId call, KeyPressed pressed) {
        return pressed.getKey().length() == 1
                ? Optional.of(
                        new AcdCommand.HearKeyPressed(
                                call, new LegId(pressed.getLegId()), pressed.getKey().charAt(0)))
                : Optional.empty();
    }

    /** The calls of one tenant as sip-ingress lists them. */
    static List<SeenCall> read(String tenant, List<LiveCall> calls) {
        var us = Watched.controller(tenant);
        return calls.stream()
                .filter(call -> call.getTenantId().equals(tenant))
                .map(call -> seen(call, call.getController().equals(us)))
                .toList();
    }

    private static SeenCall seen(LiveCall call, boolean ours) {
        var legs = new TreeMap<LegId, Boolean>();
        for (var leg : call.getLegsList()) {
            if (leg.getState() != LegState.LEG_STATE_ENDED) {
                legs.put(new LegId(leg.getLegId()), leg.getState() == LegState.LEG_STATE_ANSWERED);
            }
        }
        var joined = call.getLegsList().stream().anyMatch(leg -> leg.getJoinedLegIdsCount() > 0);
        var id = new CallId(call.getCallId());
        return new SeenCall(id, ours, call.getUndecided(), joined, legs, dialledBy(call));
    }

    /** The phone of ours that began it: a call from outside has a number, or none. */
    private static Optional<Extension> dialledBy(LiveCall call) {
        return call.getLegsList().stream()
                .filter(leg -> leg.getDirection() == Direction.DIRECTION_INBOUND)
                .filter(leg -> leg.getState() != LegState.LEG_STATE_ENDED)
                .map(LiveLeg::getParty)
                .filter(party -> !party.isEmpty() && !party.startsWith("+"))
                .map(Extension::new)
                .findFirst();
    }
}
