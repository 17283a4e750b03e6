// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.sipingress;

import io.grpc.StatusRuntimeException;
import java.util.Optional;
import org.panacall.defaults.ProtoTimes;
import org.panacall.ivr.Bookmarks;
import org.panacall.ivr.GroupWording;
import org.panacall.ivr.PromptWording;
import org.panacall.ivr.core.EndReason;
import org.panacall.ivr.core.IvrEffect;
import org.panacall.ivr.core.flow.Destination;
import org.panacall.ivr.core.flow.Destination.ToExtension;
import org.panacall.ivr.core.flow.Destination.ToGroup;
import org.panacall.ivr.core.flow.Destination.ToNumber;
import org.panacall.ivr.core.flow.Destination.ToQueue;
import org.panacall.ivr.core.flow.Listening;
import org.panacall.ivr.core.id.QueueId;
import org.panacall.proto.call.v1.Fault;
import org.panacall.proto.call.v1.ListenOrder;
import org.panacall.proto.call.v1.RecordingKind;
import org.panacall.proto.call.v1.RecordingOrder;
import org.panacall.proto.sipingress.v1.AnswerLegRequest;
import org.panacall.proto.sipingress.v1.CallControlServiceGrpc.CallControlServiceBlockingStub;
import org.panacall.proto.sipingress.v1.EchoLegRequest;
import org.panacall.proto.sipingress.v1.Effect;
import org.panacall.proto.sipingress.v1.HandOverRequest;
import org.panacall.proto.sipingress.v1.HangUpCallRequest;
import org.panacall.proto.sipingress.v1.JoinRoomRequest;
import org.panacall.proto.sipingress.v1.LeaveRoomRequest;
import org.panacall.proto.sipingress.v1.PlayRequest;
import org.panacall.proto.sipingress.v1.Refused;
import org.panacall.proto.sipingress.v1.StopPlayRequest;
import org.panacall.proto.sipingress.v1.WayBack;

/** Says an effect in sip-ingress's words, and hears its answer. */
final class CommandRequests {

    private final RunsName name;

    CommandRequests(RunsName name) {
        this.name = name;
    }

    /**
     * Sends the command and waits for the answer: the refusal, or the default instance for done.
     *
     * @throws StatusRuntimeException when there was none
     */
    Refused send(IvrEffect effect, CallControlServiceBlockingStub stub) {
        return switch (effect) {
            case IvrEffect.AnswerLeg answer -> stub.answerLeg(answer(answer)).getRefused();
            case IvrEffect.Play play -> stub.play(play(play)).getRefused();
            case IvrEffect.Record record -> stub.play(record(record)).getRefused();
            case IvrEffect.StopPlay stop -> stub.stopPlay(stop(stop)).getRefused();
            case IvrEffect.EchoLeg echo -> stub.echoLeg(echo(echo)).getRefused();
            case IvrEffect.JoinRoom join -> stub.joinRoom(join(join)).getRefused();
            case IvrEffect.LeaveRoom leave -> stub.leaveRoom(leave(leave)).getRefused();
            case IvrEffect.HandOver over -> stub.handOver(handOver(over)).getRefused();
            case IvrEffect.HangUpCall end -> stub.hangUpCall(hangUp(end)).getRefused();
            case IvrEffect.Ask _ ->
                    throw new IllegalArgumentException("an errand is not sip-ingress's matter");
        };
    }

    private AnswerLegRequest answer(IvrEffect.AnswerLeg answer) {
        return AnswerLegRequest.newBuilder()
                .setEffect(effect(answer))
                .setCallId(answer.caller().call().value())
                .setLegId(answer.caller().leg().value())
                .build();
    }

    private PlayRequest play(IvrEffect.Play play) {
        var request =
                PlayRequest.newBuilder()
                        .setEffect(effect(play))
                        .setCallId(play.caller().call().value())
                        .setLegId(play.caller().leg().value())
                        .setPlayId(PlayIds.of(play.caller(), play.number()))
                        .addAllPrompts(PromptWording.prompts(play.prompts()))
                        .setBargeIn(play.bargeIn());
        play.listening().map(CommandRequests::listen).ifPresent(request::setListen);
        return request.build();
    }

    private static ListenOrder listen(Listening listening) {
        var order =
                ListenOrder.newBuilder()
                        .setLanguage(listening.language())
                        .setPatience(PromptWording.duration(listening.patience()));
        listening
                .choices()
                .forEach(
                        (choice, phrases) ->
                                order.addChoicesBuilder().setChoice(choice).addAllPhrases(phrases));
        return order.build();
    }

    private PlayRequest record(IvrEffect.Record record) {
        var extent = record.message().extent();
        var order =
                RecordingOrder.newBuilder()
                        .setKind(RecordingKind.RECORDING_KIND_VOICEMAIL)
                        .setMailbox(record.message().mailbox())
                        .setCallerNumber(record.caller().numbers().caller())
                        .setLanguage(record.message().language())
                        .setLongest(PromptWording.duration(extent.longest()))
                        .setSilence(PromptWording.duration(extent.silence()))
                        .setShortest(PromptWording.duration(extent.shortest()))
                        .setEndKeys(extent.endKeys());
        return PlayRequest.newBuilder()
                .setEffect(effect(record))
                .setCallId(record.caller().call().value())
                .setLegId(record.caller().leg().value())
                .setPlayId(PlayIds.of(record.caller(), record.number()))
                .addAllPrompts(PromptWording.prompts(record.prompts()))
                .setRecord(order)
                .build();
    }

    private StopPlayRequest stop(IvrEffect.StopPlay stop) {
        return StopPlayRequest.newBuilder()
                .setEffect(effect(stop))
                .setCallId(stop.caller().call().value())
                .setLegId(stop.caller().leg().value())
                .setPlayId(PlayIds.of(stop.caller(), stop.play()))
                .build();
    }

    private EchoLegRequest echo(IvrEffect.EchoLeg echo) {
        return EchoLegRequest.newBuilder()
                .setEffect(effect(echo))
                .setCallId(echo.caller().call().value())
                .setLegId(echo.caller().leg().value())
                .build();
    }

    private JoinRoomRequest join(IvrEffect.JoinRoom join) {
        return JoinRoomRequest.newBuilder()
                .setEffect(effect(join))
                .setCallId(join.caller().call().value())
                .setLegId(join.caller().leg().value())
                .setRoom(join.room())
                .setParticipantsMax(join.company().most())
                .addAllAlonePrompts(PromptWording.prompts(join.company().alone()))
                .setSigns(join.company().signs())
                .build();
    }

    private LeaveRoomRequest leave(IvrEffect.LeaveRoom leave) {
        return LeaveRoomRequest.newBuilder()
                .setEffect(effect(leave))
                .setCallId(leave.caller().call().value())
                .setLegId(leave.caller().leg().value())
                .build();
    }

    private HandOverRequest handOver(IvrEffect.HandOver over) {
        var request =
                HandOverRequest.newBuilder()
                        .setEffect(effect(over, "over_" + over.mark()))
                        .setCallId(over.caller().call().value());
        switch (over.to()) {
            case ToQueue(var queue, var attributes) ->
                    request.getQueueBuilder()
                            .setQueueId(queue.value())
                            .putAllAttributes(attributes);
            case ToExtension(var extension, var fallback, var terms) -> {
                var to =
                        request.getExtensionBuilder()
                                .setExtension(extension.value())
                                .setFallbackQueueId(fallback.map(QueueId::value).orElse(""))
                                .setOnlyExtension(terms.onlyExtension());
                terms.ringTimeout().map(ProtoTimes::message).ifPresent(to::setRingTimeout);
                wayBack(terms).ifPresent(to::setWayBack);
            }
            case ToGroup(var group, var fallback, var terms) -> {
                var to =
                        request.getGroupBuilder()
                                .setGroup(GroupWording.message(group))
                                .setFallbackQueueId(fallback.map(QueueId::value).orElse(""));
                wayBack(terms).ifPresent(to::setWayBack);
            }
            case ToNumber(var number, var fallback, var terms) -> {
                var to =
                        request.getNumberBuilder()
                                .setNumber(number)
                                .setFallbackQueueId(fallback.map(QueueId::value).orElse(""));
                terms.ringTimeout().map(ProtoTimes::message).ifPresent(to::setRingTimeout);
                wayBack(terms).ifPresent(to::setWayBack);
            }
        }
        return request.build();
    }

    private static Optional<WayBack> wayBack(Destination.Terms terms) {
        return terms.bookmark()
                .map(
                        bookmark ->
                                WayBack.newBuilder()
                                        .setFlowId(bookmark.flow().value())
                                        .setBookmark(Bookmarks.message(bookmark).toByteString())
                                        .addAllExits(terms.exits())
                                        .build());
    }

    private HangUpCallRequest hangUp(IvrEffect.HangUpCall end) {
        return HangUpCallRequest.newBuilder()
                .setEffect(effect(end))
                .setCallId(end.caller().call().value())
                .setEndReason(reason(end.reason()))
                .build();
    }

    private Effect effect(IvrEffect effect) {
        return effect(effect, Long.toString(effect.number()));
    }

    private Effect effect(IvrEffect effect, String mark) {
        return Effect.newBuilder()
                .setEffectId("effect_" + effect.caller().origin().run() + "_" + mark)
                .setEpoch(name.epoch())
                .setController(name.controller())
                .build();
    }

    private static org.panacall.proto.call.v1.EndReason reason(EndReason reason) {
        return org.panacall.proto.call.v1.EndReason.newBuilder()
                .setFault(Fault.valueOf("FAULT_" + reason.fault().name()))
                .setReason(reason.reason())
                .build();
    }
}
