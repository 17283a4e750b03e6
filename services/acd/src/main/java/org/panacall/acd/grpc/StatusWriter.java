// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.grpc;

import com.google.protobuf.Duration;
import java.time.Instant;
import java.util.List;
import org.panacall.acd.Wording;
import org.panacall.acd.core.Acd;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.plan.PersonPlan;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.proto.acd.v1.AgentStatus;
import org.panacall.proto.acd.v1.ListAgentsResponse;
import org.panacall.proto.acd.v1.ListQueueCallsRequest;
import org.panacall.proto.acd.v1.ListQueueCallsResponse;
import org.panacall.proto.acd.v1.ListQueuesResponse;
import org.panacall.proto.acd.v1.QueueStatus;
import org.panacall.proto.acd.v1.QueueUnknown;
import org.panacall.proto.acd.v1.WaitingCall;

/** What is the case, for those who look. Runs on the core's thread. */
final class StatusWriter {

    private static final int PAGE_MAX = 500;

    private StatusWriter() {}

    /** Everybody who serves a queue. */
    static ListAgentsResponse agents(Acd acd) {
        var response = ListAgentsResponse.newBuilder();
        acd.agents().stream()
                .filter(agent -> !acd.plan().queuesOf(agent.id()).isEmpty())
                .forEach(agent -> response.addAgents(agent(acd, agent)));
        return response.build();
    }

    static AgentStatus agent(Acd acd, Agent agent) {
        var reason = agent.state() instanceof AgentState.NotReady not ? not.reason() : "";
        return AgentStatus.newBuilder()
                .setAgentId(agent.id().value())
                .setExtension(agent.extension().value())
                .setName(acd.plan().person(agent.id()).map(PersonPlan::name).orElse(""))
                .setState(Wording.state(agent.state()))
                .setSince(Wording.time(agent.state().since()))
                .setReason(reason)
                .setCallId(agent.call().map(CallId::value).orElse(""))
                .setRegistered(agent.registered())
                .addAllQueueIds(
                        acd.plan().queuesOf(agent.id()).stream().map(QueueId::value).toList())
                .build();
    }

    static ListQueuesResponse queues(Acd acd, Instant now) {
        var response = ListQueuesResponse.newBuilder();
        acd.plan().queues().forEach(queue -> response.addQueues(queue(acd, queue, now)));
        return response.build();
    }

    private static QueueStatus queue(Acd acd, QueuePlan queue, Instant now) {
        var agents =
                acd.agents().stream()
                        .filter(agent -> acd.plan().queuesOf(agent.id()).contains(queue.id()))
                        .toList();
        var wait =
                acd.waitingSince(queue.id())
                        .map(since -> between(since, now))
                        .orElseGet(Duration::getDefaultInstance);
        return QueueStatus.newBuilder()
                .setQueueId(queue.id().value())
                .setName(queue.name())
                .setWaiting(acd.waiting(queue.id()))
                .setLongestWait(wait)
                .setAgentsReady(count(agents, AgentState.Ready.class))
                .setAgentsOnCall(count(agents, AgentState.OnCall.class))
                .setAgentsRegistered((int) agents.stream().filter(Agent::registered).count())
                .build();
    }

    /** A page of those who wait there. */
    static ListQueueCallsResponse calls(Acd acd, ListQueueCallsRequest request, Instant now) {
        var response = ListQueueCallsResponse.newBuilder();
        var queue = new QueueId(request.getQueueId());
        if (acd.plan().queue(queue).isEmpty()) {
            return response.setQueueUnknown(QueueUnknown.getDefaultInstance()).build();
        }
        var line = acd.line(queue);
        int wanted = request.getPageSize() == 0 ? PAGE_MAX : request.getPageSize();
        int begin = Math.clamp((long) request.getAfterPosition(), 0, line.size());
        int end = Math.min(begin + Math.clamp(wanted, 1, PAGE_MAX), line.size());
        for (int i = begin; i < end; i++) {
            response.addCalls(call(line.get(i), i + 1, now));
        }
        return response.setMore(end < line.size()).build();
    }

    private static WaitingCall call(QueuedCall call, int position, Instant now) {
        return WaitingCall.newBuilder()
                .setCallId(call.id().value())
                .setPosition(position)
                .setQueuedAt(Wording.time(call.place().since()))
                .setWaited(between(call.place().since(), now))
                .setCallerNumber(call.caller().number().value())
                .setOffered(!(call.state() instanceof QueuedCall.State.Waiting))
                .build();
    }

    /** The core's time may be a little ahead of ours. */
    private static Duration between(Instant since, Instant now) {
        var time = java.time.Duration.between(since, now);
        return Wording.duration(time.isNegative() ? java.time.Duration.ZERO : time);
    }

    private static int count(List<Agent> agents, Class<? extends AgentState> state) {
        return (int) agents.stream().filter(agent -> state.isInstance(agent.state())).count();
    }
}
