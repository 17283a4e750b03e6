// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.grpc;

import static org.panacall.proto.acd.v1.AgentState.AGENT_STATE_ON_CALL;
import static org.panacall.proto.acd.v1.AgentState.AGENT_STATE_READY;

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
import org.panacall.acd.core.plan.BreakReason;
import org.panacall.acd.core.plan.Devices.Device;
import org.panacall.acd.core.plan.PersonPlan;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.proto.acd.v1.AgentStatus;
import org.panacall.proto.acd.v1.DeviceStatus;
import org.panacall.proto.acd.v1.ListAgentsResponse;
import org.panacall.proto.acd.v1.ListQueueCallsRequest;
import org.panacall.proto.acd.v1.ListQueueCallsResponse;
import org.panacall.proto.acd.v1.ListQueuesResponse;
import org.panacall.proto.acd.v1.QueueStatus;
import org.panacall.proto.acd.v1.QueueUnknown;
import org.panacall.proto.acd.v1.WaitingCall;
import org.panacall.proto.directory.v1.DeviceKind;

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
        var intent = agent.intent();
        var status =
                AgentStatus.newBuilder()
                        .setAgentId(agent.id().value())
                        .setExtension(agent.extension().value())
                        .setName(acd.plan().person(agent.id()).map(PersonPlan::name).orElse(""))
                        .setState(Wording.state(agent))
                        .setSince(Wording.time(agent.state().since()))
                        .setCallId(agent.call().map(CallId::value).orElse(""))
                        .setRegistered(agent.registered())
                        .setSignedOut(!intent.signedIn())
                        .setCause(Wording.cause(intent.author()))
                        .setForcedBy(Wording.forcedBy(intent.author()))
                        .setMissedInRow(agent.shift().missedInRow());
        acd.plan().queuesOf(agent.id()).forEach(queue -> status.addQueueIds(queue.value()));
        agent.presence().ownCalls().keySet().forEach(own -> status.addOwnCallIds(own.value()));
        agent.shift()
                .breaks()
                .forEach((code, time) -> status.putNotReadyTimes(code, Wording.duration(time)));
        acd.plan()
                .person(agent.id())
                .ifPresent(
                        person ->
                                person.devices()
                                        .all()
                                        .forEach(d -> status.addDevices(device(agent, d))));
        state(acd, agent, status);
        return status.build();
    }

    private static void state(Acd acd, Agent agent, AgentStatus.Builder status) {
        switch (agent.state()) {
            case AgentState.NotReady not -> {
                var rules = acd.plan().rules();
                status.setReason(not.reason()).setOverdue(not.overdue());
                status.setReasonPaid(
                        rules.reason(not.reason()).filter(BreakReason::paid).isPresent());
                rules.overdueAt(agent).map(Wording::time).ifPresent(status::setOverdueAt);
            }
            case AgentState.WrapUp wrapUp ->
                    status.setWrapUpUntil(Wording.time(wrapUp.until()))
                            .setWrapUpMode(Wording.mode(wrapUp.notes().mode()));
            case AgentState.Ready ready -> {}
            case AgentState.Offered offered -> {}
            case AgentState.OnCall talk -> {}
        }
    }

    private static DeviceStatus device(Agent agent, Device device) {
        var kind =
                switch (device.kind()) {
                    case PHONE -> DeviceKind.DEVICE_KIND_PHONE;
                    case BROWSER -> DeviceKind.DEVICE_KIND_BROWSER;
                    case MOBILE -> DeviceKind.DEVICE_KIND_MOBILE;
                };
        return DeviceStatus.newBuilder()
                .setKind(kind)
                .setAddress(device.address().isOutside() ? "" : device.address().value())
                .setReachable(device.reachable(agent.presence()))
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
                .setAgentsReady(count(agents, AGENT_STATE_READY))
                .setAgentsOnCall(count(agents, AGENT_STATE_ON_CALL))
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

    private static int count(List<Agent> agents, org.panacall.proto.acd.v1.AgentState state) {
        return (int) agents.stream().filter(agent -> Wording.state(agent) == state).count();
    }
}
