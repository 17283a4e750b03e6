// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.grpc;

import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
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
import org.panacall.acd.Wording;
import org.panacall.acd.core.Acd;
import org.panacall.acd.core.Refusal;
import org.panacall.acd.core.id.Extension;
import org.panacall.defaults.Reply;
import org.panacall.proto.acd.v1.AcdServiceGrpc;
import org.panacall.proto.acd.v1.AgentNotAvailable;
import org.panacall.proto.acd.v1.CallTaken;
import org.panacall.proto.acd.v1.EnqueueCallRequest;
import org.panacall.proto.acd.v1.EnqueueCallResponse;
import org.panacall.proto.acd.v1.ExtensionUnknown;
import org.panacall.proto.acd.v1.ListAgentsRequest;
import org.panacall.proto.acd.v1.ListAgentsResponse;
import org.panacall.proto.acd.v1.ListQueueCallsRequest;
import org.panacall.proto.acd.v1.ListQueueCallsResponse;
import org.panacall.proto.acd.v1.ListQueuesRequest;
import org.panacall.proto.acd.v1.ListQueuesResponse;
import org.panacall.proto.acd.v1.NotLeader;
import org.panacall.proto.acd.v1.PlaceCallRequest;
import org.panacall.proto.acd.v1.PlaceCallResponse;
import org.panacall.proto.acd.v1.QueueFull;
import org.panacall.proto.acd.v1.QueueUnknown;
import org.panacall.proto.acd.v1.SetAgentStateRequest;
import org.panacall.proto.acd.v1.SetAgentStateResponse;

/** The contract of queues: each request becomes a command, each refusal an outcome. */
@ApplicationScoped
public class AcdGrpc implements AcdServiceGrpc.AsyncService {

    private final Tenants tenants;
    private final String address;
    private final Duration answerWithin;

    AcdGrpc(Tenants tenants, AcdConfig config) {
        this.tenants = tenants;
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
                acd -> acd.send(command).thenApply(no -> enqueued(request.getTenantId(), no)),
                leader -> EnqueueCallResponse.newBuilder().setNotLeader(leader).build());
    }

    private static EnqueueCallResponse enqueued(String tenant, Optional<Refusal> refusal) {
        var response = EnqueueCallResponse.newBuilder();
        if (refusal.isEmpty()) {
            return response.setTaken(taken(tenant)).build();
        }
        switch (refusal.get()) {
            case Refusal.QueueUnknown unknown ->
                    response.setQueueUnknown(QueueUnknown.getDefaultInstance());
            case Refusal.QueueFull full -> response.setQueueFull(QueueFull.getDefaultInstance());
            case Refusal.ExtensionUnknown unknown ->
                    response.setExtensionUnknown(ExtensionUnknown.getDefaultInstance());
            case Refusal.TooManyCalls many -> response.setQueueFull(QueueFull.getDefaultInstance());
            case Refusal.AgentNotAvailable away ->
                    throw new IllegalStateException("a queue has no such refusal");
        }
        return response.build();
    }

    private static CallTaken taken(String tenant) {
        return CallTaken.newBuilder().setController(Watched.controller(tenant)).build();
    }

    @Override
    public void placeCall(PlaceCallRequest request, StreamObserver<PlaceCallResponse> caller) {
        var command = CommandReader.read(request);
        lead(
                request.getTenantId(),
                caller,
                acd -> acd.send(command).thenApply(no -> placed(request.getTenantId(), no)),
                leader -> PlaceCallResponse.newBuilder().setNotLeader(leader).build());
    }

    private static PlaceCallResponse placed(String tenant, Optional<Refusal> refusal) {
        var response = PlaceCallResponse.newBuilder();
        if (refusal.isEmpty()) {
            return response.setTaken(taken(tenant)).build();
        }
        switch (refusal.get()) {
            case Refusal.ExtensionUnknown unknown ->
                    response.setExtensionUnknown(ExtensionUnknown.getDefaultInstance());
            case Refusal.AgentNotAvailable(var state) ->
                    response.setAgentNotAvailable(
                            AgentNotAvailable.newBuilder().setState(Wording.state(state)));
            case Refusal.TooManyCalls many ->
                    throw Status.RESOURCE_EXHAUSTED
                            .withDescription("the tenant has as many calls as it may")
                            .asRuntimeException();
            case Refusal.QueueUnknown unknown ->
                    throw new IllegalStateException("a placed call has no queue");
            case Refusal.QueueFull full ->
                    throw new IllegalStateException("a placed call has no queue");
        }
        return response.build();
    }

    @Override
    public void setAgentState(
            SetAgentStateRequest request, StreamObserver<SetAgentStateResponse> caller) {
        var command = CommandReader.read(request);
        lead(
                request.getTenantId(),
                caller,
                acd ->
                        acd.send(command)
                                .thenCompose(
                                        no ->
                                                no.isPresent()
                                                        ? CompletableFuture.completedFuture(
                                                                unknownExtension())
                                                        : acd.ask(c -> said(c, command.agent()))),
                leader -> SetAgentStateResponse.newBuilder().setNotLeader(leader).build());
    }

    private static SetAgentStateResponse unknownExtension() {
        return SetAgentStateResponse.newBuilder()
                .setExtensionUnknown(ExtensionUnknown.getDefaultInstance())
                .build();
    }

    private static SetAgentStateResponse said(Acd acd, Extension extension) {
        return acd.agents().stream()
                .filter(agent -> agent.extension().equals(extension))
                .findFirst()
                .map(agent -> StatusWriter.agent(acd, agent))
                .map(status -> SetAgentStateResponse.newBuilder().setAgent(status).build())
                .orElseGet(AcdGrpc::unknownExtension);
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
