// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.grpc;

import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.panacall.acd.AcdConfig;
import org.panacall.acd.AcdMailbox;
import org.panacall.acd.TenantShard;
import org.panacall.acd.Tenants;
import org.panacall.acd.core.Acd;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.Refusal;
import org.panacall.defaults.Reply;
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
import org.panacall.proto.acd.v1.NotLeader;
import org.panacall.proto.acd.v1.PlaceCallRequest;
import org.panacall.proto.acd.v1.PlaceCallResponse;
import org.panacall.proto.acd.v1.SetAgentStateRequest;
import org.panacall.proto.acd.v1.SetAgentStateResponse;
import org.panacall.proto.acd.v1.WatchFloorRequest;

/** The contract of queues: each request becomes a command, each refusal an outcome. */
@ApplicationScoped
public class AcdGrpc implements AcdServiceGrpc.AsyncService {

    private final Tenants tenants;
    private final String address;
    private final Duration answerWithin;
    private final FloorWatch floor;

    AcdGrpc(Tenants tenants, AcdConfig config, FloorWatch floor) {
        this.tenants = tenants;
        this.floor = floor;
        address = config.grpc().advertisedAddress();
        answerWithin = config.acd().answerWithin();
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
        lead(
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
        lead(
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
        lead(
                request.getTenantId(),
                caller,
                acd ->
                        done(
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
        lead(
                request.getTenantId(),
                caller,
                acd ->
                        done(
                                acd,
                                command,
                                OutcomeWriter::notExtended,
                                core -> OutcomeWriter.extended(core, command.agent())),
                leader -> ExtendWrapUpResponse.newBuilder().setNotLeader(leader).build());
    }

    /** Answers with what is the case afterwards. */
    private static <A> CompletableFuture<A> done(
            AcdMailbox acd,
            AcdCommand command,
            Function<Refusal, A> refused,
            Function<Acd, A> otherwise) {
        return acd.send(command)
                .thenCompose(
                        no ->
                                no.map(refused)
                                        .map(CompletableFuture::completedFuture)
                                        .orElseGet(() -> acd.ask(otherwise)));
    }

    @Override
    public void listAgents(ListAgentsRequest request, StreamObserver<ListAgentsResponse> caller) {
        lead(
                request.getTenantId(),
                caller,
                acd -> acd.ask(StatusWriter::agents),
                leader -> ListAgentsResponse.newBuilder().setNotLeader(leader).build());
    }

    @Override
    public void listQueues(ListQueuesRequest request, StreamObserver<ListQueuesResponse> caller) {
        lead(
                request.getTenantId(),
                caller,
                acd -> acd.ask(core -> StatusWriter.queues(core, Instant.now())),
                leader -> ListQueuesResponse.newBuilder().setNotLeader(leader).build());
    }

    @Override
    public void listQueueCalls(
            ListQueueCallsRequest request, StreamObserver<ListQueueCallsResponse> caller) {
        lead(
                request.getTenantId(),
                caller,
                acd -> acd.ask(core -> StatusWriter.calls(core, request, Instant.now())),
                leader -> ListQueueCallsResponse.newBuilder().setNotLeader(leader).build());
    }

    @Override
    public void watchFloor(WatchFloorRequest request, StreamObserver<FloorUpdate> caller) {
        var shard = tenants.find(request.getTenantId());
        var leading = shard.flatMap(TenantShard::leading);
        if (leading.isPresent()) {
            // An observer that is told when its caller is gone, lest telling it be a fault.
            var observer = (ServerCallStreamObserver<FloorUpdate>) caller;
            observer.setOnCancelHandler(() -> {});
            floor.watch(shard.get(), leading.get(), observer);
            return;
        }
        elsewhere(shard, caller, leader -> FloorUpdate.newBuilder().setNotLeader(leader).build());
    }

    /** Does it when we lead the tenant; else names who does, or says at once that nobody does. */
    private <A> void lead(
            String tenant,
            StreamObserver<A> caller,
            Function<AcdMailbox, CompletableFuture<A>> deed,
            Function<NotLeader, A> elsewhere) {
        var shard = tenants.find(tenant);
        var leading = shard.flatMap(TenantShard::leading);
        if (leading.isPresent()) {
            var answer =
                    deed.apply(leading.get())
                            .orTimeout(answerWithin.toMillis(), TimeUnit.MILLISECONDS);
            Reply.later(answer, caller);
            return;
        }
        elsewhere(shard, caller, elsewhere);
    }

    private <A> void elsewhere(
            Optional<TenantShard> shard,
            StreamObserver<A> caller,
            Function<NotLeader, A> elsewhere) {
        shard.flatMap(TenantShard::leader)
                .filter(leader -> !leader.equals(address))
                .map(leader -> NotLeader.newBuilder().setLeader(leader).build())
                .ifPresentOrElse(
                        leader -> Reply.now(elsewhere.apply(leader), caller),
                        () -> caller.onError(nobody()));
    }

    private static RuntimeException nobody() {
        return Status.UNAVAILABLE
                .withDescription("nobody leads this tenant at the moment")
                .asRuntimeException();
    }
}
