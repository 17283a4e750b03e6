// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.grpc;

import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.defaults.Reply;
import org.panacall.engine.id.Ids;
import org.panacall.ivr.Bookmarks;
import org.panacall.ivr.RunStarter;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.IvrCommand;
import org.panacall.ivr.core.Refusal;
import org.panacall.ivr.core.id.CallId;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.LegId;
import org.panacall.ivr.core.id.TenantId;
import org.panacall.proto.call.v1.Controller;
import org.panacall.proto.ivr.v1.FlowUnknown;
import org.panacall.proto.ivr.v1.IvrServiceGrpc;
import org.panacall.proto.ivr.v1.RunStarted;
import org.panacall.proto.ivr.v1.StartRunRequest;
import org.panacall.proto.ivr.v1.StartRunResponse;
import org.panacall.proto.ivr.v1.TooManyRuns;

/** Takes calls from sip-ingress. */
@ApplicationScoped
class IvrGrpc implements IvrServiceGrpc.AsyncService {

    private final RunStarter runs;

    IvrGrpc(RunStarter runs) {
        this.runs = runs;
    }

    /** What the server serves. */
    @Produces
    @Singleton
    ServerServiceDefinition contract() {
        return IvrServiceGrpc.bindService(this);
    }

    @Override
    public void startRun(StartRunRequest request, StreamObserver<StartRunResponse> asker) {
        var caller = caller(request);
        runs.start(caller, entry(request), request.getAnswered())
                .ifPresentOrElse(
                        run ->
                                Reply.later(
                                        run.refusal()
                                                .thenApply(no -> response(no, run.controller())),
                                        asker),
                        () -> Reply.now(flowUnknown(), asker));
    }

    private static RunStarter.Entry entry(StartRunRequest request) {
        var back =
                request.getBookmark().isEmpty()
                        ? Optional.<IvrCommand.Back>empty()
                        : Optional.of(
                                new IvrCommand.Back(
                                        Bookmarks.read(request.getBookmark()), request.getExit()));
        return new RunStarter.Entry(
                new FlowId(request.getFlowId()), back, new TreeMap<>(request.getVariablesMap()));
    }

    private static Caller caller(StartRunRequest request) {
        return new Caller(
                new CallId(request.getCallId()),
                new LegId(request.getLegId()),
                new TenantId(request.getTenantId()),
                new Caller.Numbers(request.getCallerNumber(), request.getDialledNumber()),
                new Caller.Origin(
                        Ids.next("run"),
                        request.getSipIngress(),
                        request.getTraceparent(),
                        request.getFromQueueId()));
    }

    private static StartRunResponse response(Optional<Refusal> refusal, Controller controller) {
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
