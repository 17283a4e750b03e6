// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.flows;

import com.google.protobuf.Timestamp;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.panacall.proto.call.v1.EndReason;
import org.panacall.proto.call.v1.Prompt;
import org.panacall.proto.ivr.v1.FlowFinished;
import org.panacall.proto.ivr.v1.FlowOutcome;
import org.panacall.proto.ivr.v1.IvrEvent;
import org.panacall.proto.ivr.v1.RehearsalFlowUnknown;
import org.panacall.proto.ivr.v1.RehearsalFlowUnsound;
import org.panacall.proto.ivr.v1.RehearsalHeard;
import org.panacall.proto.ivr.v1.RehearsalMoment;
import org.panacall.proto.ivr.v1.RehearsalServiceGrpc;
import org.panacall.proto.ivr.v1.RehearseRequest;
import org.panacall.proto.ivr.v1.RehearseResponse;
import org.panacall.proto.ivr.v1.Rehearsed;

/** ivr, which greets everybody and hands him to the registry; "torn" cannot be run. */
public final class PlayedIvr extends RehearsalServiceGrpc.RehearsalServiceImplBase {

    public final BlockingQueue<RehearseRequest> asked = new LinkedBlockingQueue<>();

    @Override
    public void rehearse(RehearseRequest request, StreamObserver<RehearseResponse> observer) {
        asked.add(request);
        var answer = RehearseResponse.newBuilder();
        switch (request.getFlowId()) {
            case "none" -> answer.setFlowUnknown(RehearsalFlowUnknown.getDefaultInstance());
            case "torn" ->
                    answer.setFlowUnsound(
                            RehearsalFlowUnsound.newBuilder().setReason("there is no entry step"));
            default -> answer.setRehearsed(rehearsed(request.getAt()));
        }
        observer.onNext(answer.build());
        observer.onCompleted();
    }

    private static Rehearsed rehearsed(Timestamp at) {
        var over =
                FlowFinished.newBuilder()
                        .setOutcome(FlowOutcome.FLOW_OUTCOME_HANDED_OVER)
                        .setTarget("registry")
                        .setEndReason(EndReason.newBuilder().setReason("handed-over"));
        var greeting = Prompt.newBuilder().setText("Good morning");
        var menu = Prompt.newBuilder().setPromptId("main-menu").setFallbackText("Press one");
        return Rehearsed.newBuilder()
                .addMoments(
                        RehearsalMoment.newBuilder()
                                .setAt(at)
                                .setHeard(
                                        RehearsalHeard.newBuilder()
                                                .addPrompts(greeting)
                                                .addPrompts(menu)))
                .addMoments(
                        RehearsalMoment.newBuilder()
                                .setAt(at)
                                .setEvent(IvrEvent.newBuilder().setFlowFinished(over)))
                .build();
    }
}
