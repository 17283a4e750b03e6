// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.grpc;

import com.google.protobuf.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.stream.Stream;
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
import org.panacall.defaults.ProtoTimes;
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

    static ListAgentsResponse agents(Acd acd) {
        var response = ListAgentsResponse.newBuilder();
        serving(acd).forEach(response::addAgents);
        return response.build();
    }

    /** Everybody who serves a queue. */
    static Stream<AgentStatus> serving(Acd acd) {
        return acd.agents().stream()
                .filter(agent -> !acd.plan().queuesOf(agent.id()).isEmpty())
                .map(agent -> agent(acd, agent));
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
        for (var status : figures(acd).values()) {
            if (status.hasWaitingSince()) {
                var since = status.getWaitingSince();
                var at = ProtoTimes.instant(since);
                status.setLongestWait(between(at, now));
            }
            response.addQueues(status);
        }
        return response.build();
    }

    /** All queues, without what grows by itself. Looks at each agent once. */
    static LinkedHashMap<QueueId, QueueStatus.Builder> figures(Acd acd) {
        var queues = new LinkedHashMap<QueueId, QueueStatus.Builder>();
        acd.plan().queues().forEach(queue -> queues.put(queue.id(), figures(acd, queue)));
        for (var agent : acd.agents()) {
            for (var queue : acd.plan().queuesOf(agent.id())) {
                count(agent, queues.get(queue));
            }
        }
        return queues;
    }

    private static QueueStatus.Builder figures(Acd acd, QueuePlan queue) {
        var status =
                QueueStatus.newBuilder()
                        .setQueueId(queue.id().value())
                        .setName(queue.name())
                        .setWaiting(acd.waiting(queue.id()));
        acd.waitingSince(queue.id()).map(Wording::time).ifPresent(status::setWaitingSince);
        return status;
    }

    private static void count(Agent agent, QueueStatus.Builder queue) {
        switch (Wording.state(agent)) {
            case AGENT_STATE_READY -> queue.setAgentsReady(queue.getAgentsReady() + 1);
            case AGENT_STATE_NOT_READY -> queue.setAgentsNotReady(queue.getAgentsNotReady() + 1);
            case AGENT_STATE_OFFERED -> queue.setAgentsOffered(queue.getAgentsOffered() + 1);
            case AGENT_STATE_ON_CALL -> queue.setAgentsOnCall(queue.getAgentsOnCall() + 1);
            case AGENT_STATE_WRAP_UP -> queue.setAgentsWrapUp(queue.getAgentsWrapUp() + 1);
            case AGENT_STATE_UNSPECIFIED, UNRECOGNIZED -> {}
        }
        if (agent.signedIn()) {
            queue.setAgentsSignedIn(queue.getAgentsSignedIn() + 1);
        }
        if (agent.registered()) {
            queue.setAgentsRegistered(queue.getAgentsRegistered() + 1);
        }
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
}
