// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop;

import com.google.protobuf.util.Timestamps;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.panacall.proto.call.v1.Controller;
import org.panacall.proto.call.v1.ControllerKind;
import org.panacall.proto.call.v1.Direction;
import org.panacall.proto.call.v1.LegRole;
import org.panacall.proto.sipingress.v1.CallControlServiceGrpc;
import org.panacall.proto.sipingress.v1.Done;
import org.panacall.proto.sipingress.v1.HangUpCallRequest;
import org.panacall.proto.sipingress.v1.HangUpCallResponse;
import org.panacall.proto.sipingress.v1.LegState;
import org.panacall.proto.sipingress.v1.ListCallsRequest;
import org.panacall.proto.sipingress.v1.ListCallsResponse;
import org.panacall.proto.sipingress.v1.LiveCall;
import org.panacall.proto.sipingress.v1.LiveLeg;
import org.panacall.proto.sipingress.v1.RefusalKind;
import org.panacall.proto.sipingress.v1.Refused;
import org.panacall.proto.sipingress.v1.RunFlowRequest;
import org.panacall.proto.sipingress.v1.RunFlowResponse;

/** sip-ingress with a call in the menu and one that agent 104 has. */
final class PlayedSipIngress extends CallControlServiceGrpc.CallControlServiceImplBase {

    final BlockingQueue<HangUpCallRequest> hungUp = new LinkedBlockingQueue<>();
    final BlockingQueue<RunFlowRequest> flows = new LinkedBlockingQueue<>();
    volatile String address;

    @Override
    public void listCalls(ListCallsRequest request, StreamObserver<ListCallsResponse> observer) {
        var answer = ListCallsResponse.newBuilder();
        for (var call : List.of(call("call_a", ""), call("call_b", "104"))) {
            if ((request.getCallId().isEmpty() || request.getCallId().equals(call.getCallId()))
                    && call.getCallId().compareTo(request.getAfterCallId()) > 0) {
                answer.addCalls(call);
            }
        }
        observer.onNext(answer.build());
        observer.onCompleted();
    }

    @Override
    public void hangUpCall(HangUpCallRequest request, StreamObserver<HangUpCallResponse> observer) {
        hungUp.add(request);
        observer.onNext(HangUpCallResponse.newBuilder().setDone(Done.getDefaultInstance()).build());
        observer.onCompleted();
    }

    /** Only agent 104's caller talks. */
    @Override
    public void runFlow(RunFlowRequest request, StreamObserver<RunFlowResponse> observer) {
        flows.add(request);
        var answer = RunFlowResponse.newBuilder();
        if (request.getCallId().equals("call_b")) {
            answer.setDone(Done.getDefaultInstance());
        } else {
            answer.setRefused(
                    Refused.newBuilder()
                            .setKind(RefusalKind.REFUSAL_KIND_WRONG_STATE)
                            .setDetail("the caller talks with no agent"));
        }
        observer.onNext(answer.build());
        observer.onCompleted();
    }

    private LiveCall call(String id, String agent) {
        var call =
                LiveCall.newBuilder()
                        .setCallId(id)
                        .setTenantId("demo")
                        .setDirection(Direction.DIRECTION_INBOUND)
                        .setFromNumber("+74951234500")
                        .setToNumber("+74950000100")
                        .setStartedAt(Timestamps.fromMillis(1_000))
                        .setController(
                                Controller.newBuilder().setKind(ControllerKind.CONTROLLER_KIND_IVR))
                        .setSipIngress(address)
                        .addLegs(
                                LiveLeg.newBuilder()
                                        .setLegId("leg_a")
                                        .setRole(LegRole.LEG_ROLE_CALLER)
                                        .setState(LegState.LEG_STATE_ANSWERED)
                                        .setParty("+74951234500"));
        if (!agent.isEmpty()) {
            call.addLegs(
                    LiveLeg.newBuilder()
                            .setLegId("leg_b")
                            .setRole(LegRole.LEG_ROLE_AGENT)
                            .setState(LegState.LEG_STATE_RINGING)
                            .setAgentId("agent_" + agent)
                            .setParty(agent));
        }
        return call.build();
    }
}
