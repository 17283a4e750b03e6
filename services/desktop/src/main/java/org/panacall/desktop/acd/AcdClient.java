// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.acd;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.panacall.defaults.Peers;
import org.panacall.desktop.DesktopConfig;
import org.panacall.proto.acd.v1.AcdServiceGrpc;
import org.panacall.proto.acd.v1.AcdServiceGrpc.AcdServiceBlockingStub;
import org.panacall.proto.acd.v1.AgentStatus;
import org.panacall.proto.acd.v1.CallbackServiceGrpc;
import org.panacall.proto.acd.v1.CallbackServiceGrpc.CallbackServiceBlockingStub;
import org.panacall.proto.acd.v1.CancelCallbackRequest;
import org.panacall.proto.acd.v1.CancelCallbackResponse;
import org.panacall.proto.acd.v1.ExtendWrapUpRequest;
import org.panacall.proto.acd.v1.ExtendWrapUpResponse;
import org.panacall.proto.acd.v1.FloorUpdate;
import org.panacall.proto.acd.v1.ListAgentsRequest;
import org.panacall.proto.acd.v1.ListCallbacksRequest;
import org.panacall.proto.acd.v1.ListCallbacksResponse;
import org.panacall.proto.acd.v1.ListQueueCallsRequest;
import org.panacall.proto.acd.v1.ListQueueCallsResponse;
import org.panacall.proto.acd.v1.ListQueuesRequest;
import org.panacall.proto.acd.v1.NotLeader;
import org.panacall.proto.acd.v1.PlaceCallRequest;
import org.panacall.proto.acd.v1.PlaceCallResponse;
import org.panacall.proto.acd.v1.QueueStatus;
import org.panacall.proto.acd.v1.RequestCallbackRequest;
import org.panacall.proto.acd.v1.RequestCallbackResponse;
import org.panacall.proto.acd.v1.SetAgentStateRequest;
import org.panacall.proto.acd.v1.SetAgentStateResponse;
import org.panacall.proto.acd.v1.WatchFloorRequest;

/**
 * Asks the instance of acd that leads a tenant: the one that led it last, then the one that others
 * name, then all. Asking again does no harm. Blocks.
 */
@ApplicationScoped
public class AcdClient {

    private static final int ASKED_MAX = 8;

    private final Peers peers;
    private final List<String> instances;
    private final Duration timeout;
    private final ConcurrentHashMap<String, String> leaders = new ConcurrentHashMap<>();

    AcdClient(Peers peers, DesktopConfig config) {
        this.peers = peers;
        instances = Peers.addresses(config.acd().addresses());
        timeout = config.desktop().timeout();
    }

    public List<AgentStatus> agents(String tenantId) {
        var request = ListAgentsRequest.newBuilder().setTenantId(tenantId).build();
        return leader(
                        tenantId,
                        address -> stub(address).listAgents(request),
                        answer -> when(answer.hasNotLeader(), answer.getNotLeader()))
                .getAgentsList();
    }

    public List<QueueStatus> queues(String tenantId) {
        var request = ListQueuesRequest.newBuilder().setTenantId(tenantId).build();
        return leader(
                        tenantId,
                        address -> stub(address).listQueues(request),
                        answer -> when(answer.hasNotLeader(), answer.getNotLeader()))
                .getQueuesList();
    }

    /** A page of the calls that wait in a queue, behind a position. */
    public ListQueueCallsResponse queueCalls(
            String tenantId, String queueId, int afterPosition, int size) {
        var request =
                ListQueueCallsRequest.newBuilder()
                        .setTenantId(tenantId)
                        .setQueueId(queueId)
                        .setAfterPosition(afterPosition)
                        .setPageSize(size)
                        .build();
        return leader(
                tenantId,
                address -> stub(address).listQueueCalls(request),
                answer -> when(answer.hasNotLeader(), answer.getNotLeader()));
    }

    public SetAgentStateResponse setAgentState(SetAgentStateRequest request) {
        return leader(
                request.getTenantId(),
                address -> stub(address).setAgentState(request),
                answer -> when(answer.hasNotLeader(), answer.getNotLeader()));
    }

    /** Asked again when an instance goes away, it may prolong by two steps, up to its bound. */
    public ExtendWrapUpResponse extendWrapUp(String tenantId, String extension) {
        var request =
                ExtendWrapUpRequest.newBuilder()
                        .setTenantId(tenantId)
                        .setExtension(extension)
                        .build();
        return leader(
                tenantId,
                address -> stub(address).extendWrapUp(request),
                answer -> when(answer.hasNotLeader(), answer.getNotLeader()));
    }

    private record FloorStream(FloorUpdate first, Iterator<FloorUpdate> rest) {}

    /** Tells how a tenant stands until the stream ends or the caller's context is cancelled. */
    public void watchFloor(String tenantId, Consumer<FloorUpdate> reader) {
        var request = WatchFloorRequest.newBuilder().setTenantId(tenantId).build();
        var stream =
                leader(
                        tenantId,
                        address -> {
                            var updates = stub(address).withDeadline(null).watchFloor(request);
                            return new FloorStream(updates.next(), updates);
                        },
                        open -> when(open.first.hasNotLeader(), open.first.getNotLeader()));
        reader.accept(stream.first);
        stream.rest.forEachRemaining(reader);
    }

    public PlaceCallResponse placeCall(PlaceCallRequest request) {
        return leader(
                request.getTenantId(),
                address -> stub(address).placeCall(request),
                answer -> when(answer.hasNotLeader(), answer.getNotLeader()));
    }

    public RequestCallbackResponse requestCallback(RequestCallbackRequest request) {
        return leader(
                request.getTenantId(),
                address -> callbacks(address).requestCallback(request),
                answer -> when(answer.hasNotLeader(), answer.getNotLeader()));
    }

    public ListCallbacksResponse callbacks(ListCallbacksRequest request) {
        return leader(
                request.getTenantId(),
                address -> callbacks(address).listCallbacks(request),
                answer -> when(answer.hasNotLeader(), answer.getNotLeader()));
    }

    /** Asked again after an answer was lost, it may not be known any more. */
    public CancelCallbackResponse cancelCallback(CancelCallbackRequest request) {
        return leader(
                request.getTenantId(),
                address -> callbacks(address).cancelCallback(request),
                answer -> when(answer.hasNotLeader(), answer.getNotLeader()));
    }

    private <A> A leader(
            String tenantId, Function<String, A> ask, Function<A, Optional<NotLeader>> refusal) {
        var open = new ArrayDeque<String>();
        Optional.ofNullable(leaders.get(tenantId)).ifPresent(open::add);
        open.addAll(instances);
        var asked = new TreeSet<String>();
        var fault = Status.UNAVAILABLE.withDescription("no acd leads").asRuntimeException();
        while (!open.isEmpty() && asked.size() < ASKED_MAX) {
            var address = open.poll();
            if (!asked.add(address)) {
                continue;
            }
            try {
                var answer = ask.apply(address);
                var elsewhere = refusal.apply(answer);
                if (elsewhere.isEmpty()) {
                    leaders.put(tenantId, address);
                    return answer;
                }
                elsewhere
                        .map(NotLeader::getLeader)
                        .filter(leader -> !leader.isEmpty())
                        .ifPresent(open::addFirst);
            } catch (StatusRuntimeException away) {
                if (away.getStatus().getCode() != Status.Code.UNAVAILABLE) {
                    throw away;
                }
                fault = away;
            }
        }
        leaders.remove(tenantId);
        throw fault;
    }

    private AcdServiceBlockingStub stub(String address) {
        return AcdServiceGrpc.newBlockingStub(peers.channel(address))
                .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private CallbackServiceBlockingStub callbacks(String address) {
        return CallbackServiceGrpc.newBlockingStub(peers.channel(address))
                .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Optional<NotLeader> when(boolean refused, NotLeader refusal) {
        return refused ? Optional.of(refusal) : Optional.empty();
    }
}
