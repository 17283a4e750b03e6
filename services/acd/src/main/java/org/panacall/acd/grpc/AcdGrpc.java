// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.grpc;

import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.panacall.proto.acd.v1.AcdServiceGrpc;
import org.panacall.proto.acd.v1.EnqueueCallRequest;
import org.panacall.proto.acd.v1.EnqueueCallResponse;
import org.panacall.proto.acd.v1.ExtendWrapUpRequest;
import org.panacall.proto.acd.v1.ExtendWrapUpResponse;
import org.panacall.proto.acd.v1.FloorUpdate;
import org.panacall.proto.acd.v1.ListAgentsRequest;
import org.panacall.proto.acd.v1.ListAgentsResponse;
import org.panacall.proto.acd.v1.ListQueueCallsRequest;
import org.panacall.proto.acd.v1.ListQueueCallsResponse;
import org.panacall.proto.acd.v1.ListQueuesRequest;
import org.panacall.proto.acd.v1.ListQueuesResponse;
import org.panacall.proto.acd.v1.PlaceCallRequest;
import org.panacall.proto.acd.v1.PlaceCallResponse;
import org.panacall.proto.acd.v1.SetAgentStateRequest;
import org.panacall.proto.acd.v1.SetAgentStateResponse;
import org.panacall.proto.acd.v1.WatchFloorRequest;

/** The contract of queues: each request becomes a command, each refusal an outcome. */
@ApplicationScoped
public class AcdGrpc implements AcdServiceGrpc.AsyncService {

    private final Leading leading;
    private final FloorWatch floor;

    AcdGrpc(Leading leading, FloorWatch floor) {
        this.leading = leading;
        this.floor = floor;
    }

    /** What the server serves. */
    @Produces
    @Singleton
    ServerServiceDefinition contract() {
        return AcdServiceGrpc.bindService(this);
    }

    @Override
    public void enqueueCall(
            EnqueueCallRequest request, StreamObserver<EnqueueCallResponse> caller) {
        var command = CommandReader.read(request);
        leading.lead(
                request.getTenantId(),
                caller,
                acd ->
                        acd.send(command)
                                .thenApply(no -> OutcomeWriter.enqueued(request.getTenantId(), no)),
                leader -> EnqueueCallResponse.newBuilder().setNotLeader(leader).build());
    }

    @Override
    public void placeCall(PlaceCallRequest request, StreamObserver<PlaceCallResponse> caller) {
        var command = CommandReader.read(request);
        leading.lead(
                request.getTenantId(),
                caller,
                acd ->
                        acd.send(command)
                                .thenApply(no -> OutcomeWriter.placed(request.getTenantId(), no)),
                leader -> PlaceCallResponse.newBuilder().setNotLeader(leader).build());
    }

    @Override
    public void setAgentState(
            SetAgentStateRequest request, StreamObserver<SetAgentStateResponse> caller) {
        var command = CommandReader.read(request);
        leading.lead(
                request.getTenantId(),
                caller,
                acd ->
                        Leading.done(
                                acd,
                                command,
                                OutcomeWriter::refused,
                                core -> OutcomeWriter.said(core, command.agent())),
                leader -> SetAgentStateResponse.newBuilder().setNotLeader(leader).build());
    }

    @Override
    public void extendWrapUp(
            ExtendWrapUpRequest request, StreamObserver<ExtendWrapUpResponse> caller) {
        var command = CommandReader.read(request);
        leading.lead(
                request.getTenantId(),
                caller,
                acd ->
                        Leading.done(
                                acd,
                                command,
                                OutcomeWriter::notExtended,
                                core -> OutcomeWriter.extended(core, command.agent())),
                leader -> ExtendWrapUpResponse.newBuilder().setNotLeader(leader).build());
    }

    @Override
    public void listAgents(ListAgentsRequest request, StreamObserver<ListAgentsResponse> caller) {
        leading.lead(
                request.getTenantId(),
                caller,
                acd -> acd.ask(StatusWriter::agents),
                leader -> ListAgentsResponse.newBuilder().setNotLeader(leader).build());
    }

    @Override
    public void listQueues(ListQueuesRequest request, StreamObserver<ListQueuesResponse> caller) {
        leading.lead(
                request.getTenantId(),
                caller,
                acd -> acd.ask(core -> StatusWriter.queues(core, Instant.now())),
                leader -> ListQueuesResponse.newBuilder().setNotLeader(leader).build());
    }

    @Override
    public void listQueueCalls(
            ListQueueCallsRequest request, StreamObserver<ListQueueCallsResponse> caller) {
        leading.lead(
                request.getTenantId(),
                caller,
                acd -> acd.ask(core -> StatusWriter.calls(core, request, Instant.now())),
                leader -> ListQueueCallsResponse.newBuilder().setNotLeader(leader).build());
    }

    @Override
    public void watchFloor(WatchFloorRequest request, StreamObserver<FloorUpdate> caller) {
        leading.watch(
                request.getTenantId(),
                caller,
                (shard, acd) -> {
                    // An observer that is told when its caller is gone, lest telling it be a fault.
                    var observer = (ServerCallStreamObserver<FloorUpdate>) caller;
                    observer.setOnCancelHandler(() -> {});
                    floor.watch(shard, acd, observer);
                },
                leader -> FloorUpdate.newBuilder().setNotLeader(leader).build());
    }
}
