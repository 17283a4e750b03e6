// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.grpc;

import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.panacall.engine.id.Ids;
import org.panacall.ivr.RunStarter;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.Refusal;
import org.panacall.ivr.core.id.CallId;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.LegId;
import org.panacall.ivr.core.id.TenantId;
import org.panacall.proto.call.v1.Controller;
import org.panacall.proto.ivr.v1.FlowUnknown;
import org.panacall.proto.ivr.v1.IvrService;
import org.panacall.proto.ivr.v1.RunStarted;
import org.panacall.proto.ivr.v1.StartRunRequest;
import org.panacall.proto.ivr.v1.StartRunResponse;
import org.panacall.proto.ivr.v1.TooManyRuns;

/** Takes calls from sip-ingress. */
@GrpcService
class IvrGrpc implements IvrService {

    private final RunStarter runs;
    private final Controller controller;

    IvrGrpc(RunStarter runs, Controller controller) {
        this.runs = runs;
        this.controller = controller;
    }

    @Override
    public Uni<StartRunResponse> startRun(StartRunRequest request) {
        var caller = caller(request);
        var flow = new FlowId(request.getFlowId());
        return runs.start(caller, flow, request.getAnswered())
                .map(run -> Uni.createFrom().completionStage(run).map(this::response))
                .orElseGet(() -> Uni.createFrom().item(flowUnknown()));
    }

    private static Caller caller(StartRunRequest request) {
        return new Caller(
                new CallId(request.getCallId()),
                new LegId(request.getLegId()),
                new TenantId(request.getTenantId()),
                new Caller.Numbers(request.getCallerNumber(), request.getDialledNumber()),
                new Caller.Origin(
                        Ids.next("run"), request.getSipIngress(), request.getTraceparent()));
    }

    private StartRunResponse response(Optional<Refusal> refusal) {
        var response = StartRunResponse.newBuilder();
        refusal.ifPresentOrElse(
                why -> {
                    switch (why) {
                        case Refusal.TooManyRuns _ ->
                                response.setTooManyRuns(TooManyRuns.getDefaultInstance());
                    }
                },
                () -> response.setStarted(RunStarted.newBuilder().setController(controller)));
        return response.build();
    }

    private static StartRunResponse flowUnknown() {
        return StartRunResponse.newBuilder()
                .setFlowUnknown(FlowUnknown.getDefaultInstance())
                .build();
    }
}
