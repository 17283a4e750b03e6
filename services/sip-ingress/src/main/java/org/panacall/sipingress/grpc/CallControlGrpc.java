// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.grpc;

import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.function.Function;
import java.util.function.Supplier;
import org.panacall.defaults.Reply;
import org.panacall.proto.sipingress.v1.AddLegRequest;
import org.panacall.proto.sipingress.v1.AddLegResponse;
import org.panacall.proto.sipingress.v1.AnswerLegRequest;
import org.panacall.proto.sipingress.v1.AnswerLegResponse;
import org.panacall.proto.sipingress.v1.CallControlServiceGrpc;
import org.panacall.proto.sipingress.v1.CallNotice;
import org.panacall.proto.sipingress.v1.CreateCallRequest;
import org.panacall.proto.sipingress.v1.CreateCallResponse;
import org.panacall.proto.sipingress.v1.Done;
import org.panacall.proto.sipingress.v1.EchoLegRequest;
import org.panacall.proto.sipingress.v1.EchoLegResponse;
import org.panacall.proto.sipingress.v1.HandOverRequest;
import org.panacall.proto.sipingress.v1.HandOverResponse;
import org.panacall.proto.sipingress.v1.HangUpCallRequest;
import org.panacall.proto.sipingress.v1.HangUpCallResponse;
import org.panacall.proto.sipingress.v1.HangUpLegRequest;
import org.panacall.proto.sipingress.v1.HangUpLegResponse;
import org.panacall.proto.sipingress.v1.HoldLegRequest;
import org.panacall.proto.sipingress.v1.HoldLegResponse;
import org.panacall.proto.sipingress.v1.JoinLegsRequest;
import org.panacall.proto.sipingress.v1.JoinLegsResponse;
import org.panacall.proto.sipingress.v1.JoinRoomRequest;
import org.panacall.proto.sipingress.v1.JoinRoomResponse;
import org.panacall.proto.sipingress.v1.LeaveRoomRequest;
import org.panacall.proto.sipingress.v1.LeaveRoomResponse;
import org.panacall.proto.sipingress.v1.ListCallsRequest;
import org.panacall.proto.sipingress.v1.ListCallsResponse;
import org.panacall.proto.sipingress.v1.PlayRequest;
import org.panacall.proto.sipingress.v1.PlayResponse;
import org.panacall.proto.sipingress.v1.RefusalKind;
import org.panacall.proto.sipingress.v1.Refused;
import org.panacall.proto.sipingress.v1.RingLegRequest;
import org.panacall.proto.sipingress.v1.RingLegResponse;
import org.panacall.proto.sipingress.v1.RunFlowRequest;
import org.panacall.proto.sipingress.v1.RunFlowResponse;
import org.panacall.proto.sipingress.v1.SendKeysRequest;
import org.panacall.proto.sipingress.v1.SendKeysResponse;
import org.panacall.proto.sipingress.v1.StopPlayRequest;
import org.panacall.proto.sipingress.v1.StopPlayResponse;
import org.panacall.proto.sipingress.v1.WatchCallsRequest;
import org.panacall.sipingress.CallWords;
import org.panacall.sipingress.IngressShard;
import org.panacall.sipingress.SipIngressConfig;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.Refusal;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.Order;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.PlayId;

/** The contract of controllers: each order becomes a command, each refusal an outcome. */
@ApplicationScoped
public class CallControlGrpc implements CallControlServiceGrpc.AsyncService {

    private static final Done DONE = Done.getDefaultInstance();

    private final IngressShard shard;
    private final CallNotices notices;
    private final LiveCalls live;

    CallControlGrpc(IngressShard shard, CallNotices notices, SipIngressConfig config) {
        this.shard = shard;
        this.notices = notices;
        live = new LiveCalls(config.instance(), config.grpc().advertisedAddress());
    }

    /** What the server serves. */
    @Produces
    @Singleton
    ServerServiceDefinition contract() {
        return CallControlServiceGrpc.bindService(this);
    }

    @Override
    public void watchCalls(WatchCallsRequest request, StreamObserver<CallNotice> reader) {
        var controller = CallWords.ofMessage(request.getController());
        if (!request.getReader().isEmpty()) shard.followed(controller, request.getReader());
        notices.watch(
                new CallNotices.Wish(controller, request.getStreamId(), request.getAfterSequence()),
                watching -> shard.send(new IngressCommand.WatchController(controller, watching)),
                reader);
    }

    @Override
    public void listCalls(ListCallsRequest request, StreamObserver<ListCallsResponse> caller) {
        LiveCalls.check(request);
        Reply.later(shard.ask(core -> live.list(core, request)), caller);
    }

    @Override
    public void createCall(CreateCallRequest request, StreamObserver<CreateCallResponse> caller) {
        var order = OrderReader.read(request);
        obey(
                order,
                caller,
                () -> CreateCallResponse.newBuilder().setDone(DONE).build(),
                refused -> CreateCallResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public void addLeg(AddLegRequest request, StreamObserver<AddLegResponse> caller) {
        var order = OrderReader.read(request);
        obey(
                order,
                caller,
                () -> AddLegResponse.newBuilder().setDone(DONE).build(),
                refused -> AddLegResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public void ringLeg(RingLegRequest request, StreamObserver<RingLegResponse> caller) {
        var order =
                new Order.RingLeg(
                        OrderReader.stamp(request.getEffect()),
                        new CallId(request.getCallId()),
                        new LegId(request.getLegId()),
                        request.getEarlyMedia());
        obey(
                order,
                caller,
                () -> RingLegResponse.newBuilder().setDone(DONE).build(),
                refused -> RingLegResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public void answerLeg(AnswerLegRequest request, StreamObserver<AnswerLegResponse> caller) {
        var order =
                new Order.AnswerLeg(
                        OrderReader.stamp(request.getEffect()),
                        new CallId(request.getCallId()),
                        new LegId(request.getLegId()));
        obey(
                order,
                caller,
                () -> AnswerLegResponse.newBuilder().setDone(DONE).build(),
                refused -> AnswerLegResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public void play(PlayRequest request, StreamObserver<PlayResponse> caller) {
        var order = OrderReader.read(request);
        obey(
                order,
                caller,
                () -> PlayResponse.newBuilder().setDone(DONE).build(),
                refused -> PlayResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public void stopPlay(StopPlayRequest request, StreamObserver<StopPlayResponse> caller) {
        var order =
                new Order.StopPlay(
                        OrderReader.stamp(request.getEffect()),
                        new CallId(request.getCallId()),
                        new LegId(request.getLegId()),
                        new PlayId(request.getPlayId()));
        obey(
                order,
                caller,
                () -> StopPlayResponse.newBuilder().setDone(DONE).build(),
                refused -> StopPlayResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public void sendKeys(SendKeysRequest request, StreamObserver<SendKeysResponse> caller) {
        var order =
                new Order.SendKeys(
                        OrderReader.stamp(request.getEffect()),
                        new CallId(request.getCallId()),
                        new LegId(request.getLegId()),
                        request.getKeys());
        obey(
                order,
                caller,
                () -> SendKeysResponse.newBuilder().setDone(DONE).build(),
                refused -> SendKeysResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public void joinLegs(JoinLegsRequest request, StreamObserver<JoinLegsResponse> caller) {
        var order = OrderReader.read(request);
        obey(
                order,
                caller,
                () -> JoinLegsResponse.newBuilder().setDone(DONE).build(),
                refused -> JoinLegsResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public void echoLeg(EchoLegRequest request, StreamObserver<EchoLegResponse> caller) {
        var order =
                new Order.EchoLeg(
                        OrderReader.stamp(request.getEffect()),
                        new CallId(request.getCallId()),
                        new LegId(request.getLegId()));
        obey(
                order,
                caller,
                () -> EchoLegResponse.newBuilder().setDone(DONE).build(),
                refused -> EchoLegResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public void holdLeg(HoldLegRequest request, StreamObserver<HoldLegResponse> caller) {
        var order =
                new Order.HoldLeg(
                        OrderReader.stamp(request.getEffect()),
                        new CallId(request.getCallId()),
                        new LegId(request.getLegId()),
                        request.getHeld());
        obey(
                order,
                caller,
                () -> HoldLegResponse.newBuilder().setDone(DONE).build(),
                refused -> HoldLegResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public void hangUpLeg(HangUpLegRequest request, StreamObserver<HangUpLegResponse> caller) {
        var order =
                new Order.HangUpLeg(
                        OrderReader.stamp(request.getEffect()),
                        new CallId(request.getCallId()),
                        new LegId(request.getLegId()),
                        CallWords.ofMessage(request.getEndReason()));
        obey(
                order,
                caller,
                () -> HangUpLegResponse.newBuilder().setDone(DONE).build(),
                refused -> HangUpLegResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public void hangUpCall(HangUpCallRequest request, StreamObserver<HangUpCallResponse> caller) {
        var order =
                new Order.HangUpCall(
                        OrderReader.stamp(request.getEffect()),
                        new CallId(request.getCallId()),
                        CallWords.ofMessage(request.getEndReason()),
                        request.getByOperator());
        obey(
                order,
                caller,
                () -> HangUpCallResponse.newBuilder().setDone(DONE).build(),
                refused -> HangUpCallResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public void handOver(HandOverRequest request, StreamObserver<HandOverResponse> caller) {
        var order = OrderReader.read(request);
        obey(
                order,
                caller,
                () -> HandOverResponse.newBuilder().setDone(DONE).build(),
                refused -> HandOverResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public void runFlow(RunFlowRequest request, StreamObserver<RunFlowResponse> caller) {
        var order = OrderReader.read(request);
        obey(
                order,
                caller,
                () -> RunFlowResponse.newBuilder().setDone(DONE).build(),
                refused -> RunFlowResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public void joinRoom(JoinRoomRequest request, StreamObserver<JoinRoomResponse> caller) {
        var order = OrderReader.read(request);
        obey(
                order,
                caller,
                () -> JoinRoomResponse.newBuilder().setDone(DONE).build(),
                refused -> JoinRoomResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public void leaveRoom(LeaveRoomRequest request, StreamObserver<LeaveRoomResponse> caller) {
        var order =
                new Order.LeaveRoom(
                        OrderReader.stamp(request.getEffect()),
                        new CallId(request.getCallId()),
                        new LegId(request.getLegId()));
        obey(
                order,
                caller,
                () -> LeaveRoomResponse.newBuilder().setDone(DONE).build(),
                refused -> LeaveRoomResponse.newBuilder().setRefused(refused).build());
    }

    private <A> void obey(
            Order order, StreamObserver<A> caller, Supplier<A> done, Function<Refused, A> refused) {
        var answer =
                shard.send(order)
                        .thenApply(
                                refusal ->
                                        refusal.map(CallControlGrpc::toMessage)
                                                .map(refused)
                                                .orElseGet(done));
        Reply.later(answer, caller);
    }

    private static Refused toMessage(Refusal refusal) {
        var kind =
                switch (refusal.kind()) {
                    case CALL_UNKNOWN -> RefusalKind.REFUSAL_KIND_CALL_UNKNOWN;
                    case LEG_UNKNOWN -> RefusalKind.REFUSAL_KIND_LEG_UNKNOWN;
                    case NOT_CONTROLLER -> RefusalKind.REFUSAL_KIND_NOT_CONTROLLER;
                    case STALE -> RefusalKind.REFUSAL_KIND_STALE;
                    case WRONG_STATE -> RefusalKind.REFUSAL_KIND_WRONG_STATE;
                    case OVERLOADED -> RefusalKind.REFUSAL_KIND_OVERLOADED;
                    case NO_MEDIA -> RefusalKind.REFUSAL_KIND_NO_MEDIA;
                    case DRAINING -> RefusalKind.REFUSAL_KIND_DRAINING;
                };
        return Refused.newBuilder().setKind(kind).setDetail(refusal.detail()).build();
    }
}
