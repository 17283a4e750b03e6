// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.panacall.proto.acd.v1.AcdServiceGrpc;
import org.panacall.proto.acd.v1.AgentNotAvailable;
import org.panacall.proto.acd.v1.AgentState;
import org.panacall.proto.acd.v1.AgentStateCause;
import org.panacall.proto.acd.v1.AgentStatus;
import org.panacall.proto.acd.v1.CallTaken;
import org.panacall.proto.acd.v1.DeviceStatus;
import org.panacall.proto.acd.v1.ExtendWrapUpRequest;
import org.panacall.proto.acd.v1.ExtendWrapUpResponse;
import org.panacall.proto.acd.v1.FloorUpdate;
import org.panacall.proto.acd.v1.ListAgentsRequest;
import org.panacall.proto.acd.v1.ListAgentsResponse;
import org.panacall.proto.acd.v1.ListQueueCallsRequest;
import org.panacall.proto.acd.v1.ListQueueCallsResponse;
import org.panacall.proto.acd.v1.ListQueuesRequest;
import org.panacall.proto.acd.v1.ListQueuesResponse;
import org.panacall.proto.acd.v1.NotExtendable;
import org.panacall.proto.acd.v1.PlaceCallRequest;
import org.panacall.proto.acd.v1.PlaceCallResponse;
import org.panacall.proto.acd.v1.QueueStatus;
import org.panacall.proto.acd.v1.QueueUnknown;
import org.panacall.proto.acd.v1.ReasonUnknown;
import org.panacall.proto.acd.v1.SetAgentStateRequest;
import org.panacall.proto.acd.v1.SetAgentStateResponse;
import org.panacall.proto.acd.v1.WaitingCall;
import org.panacall.proto.acd.v1.WatchFloorRequest;
import org.panacall.proto.directory.v1.DeviceKind;
import org.panacall.proto.directory.v1.WrapUpMode;

/** acd with 103 ready, 104 on a call, 105 writing notes; it knows all reasons but "sleep". */
final class PlayedAcd extends AcdServiceGrpc.AcdServiceImplBase {

    final BlockingQueue<PlaceCallRequest> placed = new LinkedBlockingQueue<>();
    final BlockingQueue<SetAgentStateRequest> said = new LinkedBlockingQueue<>();

    /** Those who watch the floor. */
    final BlockingQueue<StreamObserver<FloorUpdate>> watching = new LinkedBlockingQueue<>();

    /** Notes last their time, whatever is said. */
    volatile boolean mandatory;

    @Override
    public void placeCall(PlaceCallRequest request, StreamObserver<PlaceCallResponse> observer) {
        var answer = PlaceCallResponse.newBuilder();
        if (request.getExtension().equals("103")) {
            placed.add(request);
            answer.setTaken(CallTaken.getDefaultInstance());
        } else {
            answer.setAgentNotAvailable(
                    AgentNotAvailable.newBuilder().setState(AgentState.AGENT_STATE_ON_CALL));
        }
        observer.onNext(answer.build());
        observer.onCompleted();
    }

    @Override
    public void setAgentState(
            SetAgentStateRequest request, StreamObserver<SetAgentStateResponse> observer) {
        said.add(request);
        var state =
                mandatory
                        ? AgentState.AGENT_STATE_WRAP_UP
                        : request.getReady()
                                ? AgentState.AGENT_STATE_READY
                                : AgentState.AGENT_STATE_NOT_READY;
        var answer = SetAgentStateResponse.newBuilder();
        if (request.getReason().equals("sleep")) {
            answer.setReasonUnknown(ReasonUnknown.getDefaultInstance());
        } else {
            answer.setAgent(agent(request.getExtension(), state).setReason(request.getReason()));
        }
        observer.onNext(answer.build());
        observer.onCompleted();
    }

    @Override
    public void listAgents(ListAgentsRequest request, StreamObserver<ListAgentsResponse> observer) {
        observer.onNext(
                ListAgentsResponse.newBuilder()
                        .addAgents(agent("103", AgentState.AGENT_STATE_READY))
                        .addAgents(agent("104", AgentState.AGENT_STATE_ON_CALL).setCallId("call_b"))
                        .addAgents(writing())
                        .build());
        observer.onCompleted();
    }

    @Override
    public void listQueues(ListQueuesRequest request, StreamObserver<ListQueuesResponse> observer) {
        observer.onNext(
                ListQueuesResponse.newBuilder()
                        .addQueues(
                                QueueStatus.newBuilder()
                                        .setQueueId("registry")
                                        .setName("Registry")
                                        .setWaiting(2)
                                        .setWaitingSince(Timestamps.fromMillis(0))
                                        .setAgentsReady(1)
                                        .setAgentsWrapUp(1)
                                        .setAgentsNotReady(3)
                                        .setAgentsSignedIn(4)
                                        .setLongestWait(Durations.fromSeconds(75)))
                        .build());
        observer.onCompleted();
    }

    @Override
    public void listQueueCalls(
            ListQueueCallsRequest request, StreamObserver<ListQueueCallsResponse> observer) {
        var answer = ListQueueCallsResponse.newBuilder();
        if (!request.getQueueId().equals("registry")) {
            answer.setQueueUnknown(QueueUnknown.getDefaultInstance());
        } else {
            int position = request.getAfterPosition() + 1;
            answer.addCalls(
                            WaitingCall.newBuilder()
                                    .setCallId("call_" + position)
                                    .setPosition(position)
                                    .setQueuedAt(Timestamps.fromMillis(0))
                                    .setWaited(Durations.fromSeconds(75))
                                    .setCallerNumber("+74951234500")
                                    .setOffered(position == 1))
                    .setMore(position < 2);
        }
        observer.onNext(answer.build());
        observer.onCompleted();
    }

    @Override
    public void extendWrapUp(
            ExtendWrapUpRequest request, StreamObserver<ExtendWrapUpResponse> observer) {
        var answer = ExtendWrapUpResponse.newBuilder();
        if (request.getExtension().equals("105")) {
            answer.setAgent(writing().setWrapUpUntil(Timestamps.fromMillis(90_000)));
        } else {
            answer.setNotExtendable(NotExtendable.getDefaultInstance());
        }
        observer.onNext(answer.build());
        observer.onCompleted();
    }

    @Override
    public void watchFloor(WatchFloorRequest request, StreamObserver<FloorUpdate> observer) {
        ((ServerCallStreamObserver<FloorUpdate>) observer)
                .setOnCancelHandler(() -> watching.remove(observer));
        watching.add(observer);
        observer.onNext(
                FloorUpdate.newBuilder()
                        .setWhole(true)
                        .addAgents(agent("103", AgentState.AGENT_STATE_READY))
                        .addAgents(writing())
                        .addQueues(QueueStatus.newBuilder().setQueueId("registry").setWaiting(2))
                        .build());
    }

    static AgentStatus.Builder writing() {
        return agent("105", AgentState.AGENT_STATE_WRAP_UP)
                .setCallId("call_c")
                .setWrapUpMode(WrapUpMode.WRAP_UP_MODE_EXTENDABLE)
                .setWrapUpUntil(Timestamps.fromMillis(60_000))
                .setCause(AgentStateCause.AGENT_STATE_CAUSE_SUPERVISOR)
                .setForcedBy("supervisor_201")
                .setMissedInRow(2)
                .addOwnCallIds("call_own")
                .putNotReadyTimes("lunch", Durations.fromSeconds(300))
                .addDevices(
                        DeviceStatus.newBuilder()
                                .setKind(DeviceKind.DEVICE_KIND_MOBILE)
                                .setReachable(true));
    }

    static AgentStatus.Builder agent(String extension, AgentState state) {
        return AgentStatus.newBuilder()
                .setAgentId("agent_" + extension)
                .setExtension(extension)
                .setName("Name " + extension)
                .setState(state)
                .setSince(Timestamps.fromMillis(0))
                .setRegistered(true)
                .addQueueIds("registry");
    }
}
