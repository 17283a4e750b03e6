// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.grpc;

import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;
import java.util.function.Supplier;
import org.panacall.proto.sipingress.v1.AddLegRequest;
import org.panacall.proto.sipingress.v1.AddLegResponse;
import org.panacall.proto.sipingress.v1.AnswerLegRequest;
import org.panacall.proto.sipingress.v1.AnswerLegResponse;
import org.panacall.proto.sipingress.v1.CallControlService;
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
import org.panacall.proto.sipingress.v1.ListCallsRequest;
import org.panacall.proto.sipingress.v1.ListCallsResponse;
import org.panacall.proto.sipingress.v1.PlayRequest;
import org.panacall.proto.sipingress.v1.PlayResponse;
import org.panacall.proto.sipingress.v1.RefusalKind;
import org.panacall.proto.sipingress.v1.Refused;
import org.panacall.proto.sipingress.v1.RingLegRequest;
import org.panacall.proto.sipingress.v1.RingLegResponse;
import org.panacall.proto.sipingress.v1.SendKeysRequest;
import org.panacall.proto.sipingress.v1.SendKeysResponse;
import org.panacall.proto.sipingress.v1.StopPlayRequest;
import org.panacall.proto.sipingress.v1.StopPlayResponse;
import org.panacall.proto.sipingress.v1.WatchCallsRequest;
import org.panacall.sipingress.CallWords;
import org.panacall.sipingress.IngressShard;
import org.panacall.sipingress.SipIngressConfig;
import org.panacall.sipingress.core.b2bua.IngressCommand;
import org.panacall.sipingress.core.b2bua.Order;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.Refusal;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.PlayId;

/** The contract of controllers: each order becomes a command, each refusal an outcome. */
@GrpcService
public class CallControlGrpc implements CallControlService {

    private static final Done DONE = Done.getDefaultInstance();

    private final IngressShard shard;
    private final CallNotices notices;
    private final LiveCalls live;

    CallControlGrpc(IngressShard shard, CallNotices notices, SipIngressConfig config) {
        this.shard = shard;
        this.notices = notices;
        live = new LiveCalls(config.instance(), config.grpc().advertisedAddress());
    }

    @Override
    public Multi<CallNotice> watchCalls(WatchCallsRequest request) {
        var controller = CallWords.ofMessage(request.getController());
        return notices.watch(
                controller,
                request.getStreamId(),
                request.getAfterSequence(),
                watching -> shard.send(new IngressCommand.WatchController(controller, watching)));
    }

    @Override
    public Uni<ListCallsResponse> listCalls(ListCallsRequest request) {
        return Uni.createFrom().completionStage(() -> shard.ask(core -> live.list(core, request)));
    }

    @Override
    public Uni<CreateCallResponse> createCall(CreateCallRequest request) {
        var order = OrderReader.read(request);
        return obey(
                order,
                () -> CreateCallResponse.newBuilder().setDone(DONE).build(),
                refused -> CreateCallResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public Uni<AddLegResponse> addLeg(AddLegRequest request) {
        var order = OrderReader.read(request);
        return obey(
                order,
                () -> AddLegResponse.newBuilder().setDone(DONE).build(),
                refused -> AddLegResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public Uni<RingLegResponse> ringLeg(RingLegRequest request) {
        var order =
                new Order.RingLeg(
                        OrderReader.stamp(request.getEffect()),
                        new CallId(request.getCallId()),
                        new LegId(request.getLegId()),
                        request.getEarlyMedia());
        return obey(
                order,
                () -> RingLegResponse.newBuilder().setDone(DONE).build(),
                refused -> RingLegResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public Uni<AnswerLegResponse> answerLeg(AnswerLegRequest request) {
        var order =
                new Order.AnswerLeg(
                        OrderReader.stamp(request.getEffect()),
                        new CallId(request.getCallId()),
                        new LegId(request.getLegId()));
        return obey(
                order,
                () -> AnswerLegResponse.newBuilder().setDone(DONE).build(),
                refused -> AnswerLegResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public Uni<PlayResponse> play(PlayRequest request) {
        var order = OrderReader.read(request);
        return obey(
                order,
                () -> PlayResponse.newBuilder().setDone(DONE).build(),
                refused -> PlayResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public Uni<StopPlayResponse> stopPlay(StopPlayRequest request) {
        var order =
                new Order.StopPlay(
                        OrderReader.stamp(request.getEffect()),
                        new CallId(request.getCallId()),
                        new LegId(request.getLegId()),
                        new PlayId(request.getPlayId()));
        return obey(
                order,
                () -> StopPlayResponse.newBuilder().setDone(DONE).build(),
                refused -> StopPlayResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public Uni<SendKeysResponse> sendKeys(SendKeysRequest request) {
        var order =
                new Order.SendKeys(
                        OrderReader.stamp(request.getEffect()),
                        new CallId(request.getCallId()),
                        new LegId(request.getLegId()),
                        request.getKeys());
        return obey(
                order,
                () -> SendKeysResponse.newBuilder().setDone(DONE).build(),
                refused -> SendKeysResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public Uni<JoinLegsResponse> joinLegs(JoinLegsRequest request) {
        var order =
                new Order.JoinLegs(
                        OrderReader.stamp(request.getEffect()),
                        new CallId(request.getCallId()),
                        new LegId(request.getLegId()),
                        new LegId(request.getOtherLegId()));
        return obey(
                order,
                () -> JoinLegsResponse.newBuilder().setDone(DONE).build(),
                refused -> JoinLegsResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public Uni<EchoLegResponse> echoLeg(EchoLegRequest request) {
        var order =
                new Order.EchoLeg(
                        OrderReader.stamp(request.getEffect()),
                        new CallId(request.getCallId()),
                        new LegId(request.getLegId()));
        return obey(
                order,
                () -> EchoLegResponse.newBuilder().setDone(DONE).build(),
                refused -> EchoLegResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public Uni<HoldLegResponse> holdLeg(HoldLegRequest request) {
        var order =
                new Order.HoldLeg(
                        OrderReader.stamp(request.getEffect()),
                        new CallId(request.getCallId()),
                        new LegId(request.getLegId()),
                        request.getHeld());
        return obey(
                order,
                () -> HoldLegResponse.newBuilder().setDone(DONE).build(),
                refused -> HoldLegResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public Uni<HangUpLegResponse> hangUpLeg(HangUpLegRequest request) {
        var order =
                new Order.HangUpLeg(
                        OrderReader.stamp(request.getEffect()),
                        new CallId(request.getCallId()),
                        new LegId(request.getLegId()),
                        CallWords.ofMessage(request.getEndReason()));
        return obey(
                order,
                () -> HangUpLegResponse.newBuilder().setDone(DONE).build(),
                refused -> HangUpLegResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public Uni<HangUpCallResponse> hangUpCall(HangUpCallRequest request) {
        var order =
                new Order.HangUpCall(
                        OrderReader.stamp(request.getEffect()),
                        new CallId(request.getCallId()),
                        CallWords.ofMessage(request.getEndReason()),
                        request.getByOperator());
        return obey(
                order,
                () -> HangUpCallResponse.newBuilder().setDone(DONE).build(),
                refused -> HangUpCallResponse.newBuilder().setRefused(refused).build());
    }

    @Override
    public Uni<HandOverResponse> handOver(HandOverRequest request) {
        var order = OrderReader.read(request);
        return obey(
                order,
                () -> HandOverResponse.newBuilder().setDone(DONE).build(),
                refused -> HandOverResponse.newBuilder().setRefused(refused).build());
    }

    private <A> Uni<A> obey(Order order, Supplier<A> done, Function<Refused, A> refused) {
        return Uni.createFrom()
                .completionStage(() -> shard.send(order))
                .map(
                        refusal ->
                                refusal.map(CallControlGrpc::toMessage)
                                        .map(refused)
                                        .orElseGet(done));
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
