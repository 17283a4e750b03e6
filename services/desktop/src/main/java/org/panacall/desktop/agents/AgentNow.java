// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.agents;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.panacall.desktop.Wire;
import org.panacall.proto.acd.v1.AgentStatus;
import org.panacall.proto.acd.v1.DeviceStatus;

/**
 * What an agent does now. What only he and those who see all may know is absent for others.
 *
 * @param state not-ready, ready, offered, on-call or wrap-up
 * @param since when it began
 * @param reason why not ready
 * @param cause who wanted it so: agent, supervisor, missed-offers, or overdue, when a break was
 *     over
 * @param forcedBy the supervisor, when it was one
 * @param signedOut gets no calls and counts as absent
 * @param call the one that occupies him, or that his notes are about
 * @param ownCalls present talks of his own, which no queue brought
 * @param registered whether one of his SIP phones is
 * @param deviceStates what he can be rung on
 * @param wrapUpUntil when his notes have to be written
 * @param wrapUpMode how that ends: mandatory, optional, timed or extendable
 * @param missedInRow offers missed since the last one that he took
 * @param reasonPaid whether his break is paid
 * @param overdueAt when a limit of his break is reached
 * @param overdue it is exceeded
 * @param notReadyTimes time spent in each reason in this shift
 * @param queues those he serves
 */
public record AgentNow(
        String state,
        Instant since,
        String reason,
        String cause,
        String forcedBy,
        Boolean signedOut,
        String call,
        List<String> ownCalls,
        Boolean registered,
        List<DeviceState> deviceStates,
        Instant wrapUpUntil,
        String wrapUpMode,
        Integer missedInRow,
        Boolean reasonPaid,
        Instant overdueAt,
        Boolean overdue,
        Map<String, Duration> notReadyTimes,
        List<String> queues) {

    /** Names of all of it, which are told and not set. */
    static final Set<String> NAMES =
            Stream.of(AgentNow.class.getRecordComponents())
                    .map(RecordComponent::getName)
                    .collect(Collectors.toUnmodifiableSet());

    /**
     * A device.
     *
     * @param kind phone, browser or mobile
     * @param address a SIP user; absent for a mobile
     * @param reachable it can be rung
     */
    public record DeviceState(String kind, String address, boolean reachable) {

        static DeviceState of(DeviceStatus device) {
            return new DeviceState(
                    Wire.word(device.getKind().name(), "DEVICE_KIND_"),
                    Wire.text(device.getAddress()),
                    device.getReachable());
        }
    }

    /**
     * @param whole for himself, and for those who see all
     */
    public static AgentNow of(AgentStatus status, boolean whole) {
        var notReady = Wire.word(status.getState().name(), "AGENT_STATE_").equals("not-ready");
        return new AgentNow(
                Wire.word(status.getState().name(), "AGENT_STATE_"),
                Wire.time(status.hasSince(), status.getSince()),
                Wire.text(status.getReason()),
                Wire.word(status.getCause().name(), "AGENT_STATE_CAUSE_"),
                whole ? Wire.text(status.getForcedBy()) : null,
                status.getSignedOut(),
                whole ? Wire.text(status.getCallId()) : null,
                whole ? status.getOwnCallIdsList() : null,
                status.getRegistered(),
                whole ? status.getDevicesList().stream().map(DeviceState::of).toList() : null,
                Wire.time(status.hasWrapUpUntil(), status.getWrapUpUntil()),
                Wire.word(status.getWrapUpMode().name(), "WRAP_UP_MODE_"),
                whole ? status.getMissedInRow() : null,
                whole && notReady ? status.getReasonPaid() : null,
                whole ? Wire.time(status.hasOverdueAt(), status.getOverdueAt()) : null,
                whole && notReady ? status.getOverdue() : null,
                whole ? times(status) : null,
                status.getQueueIdsList());
    }

    private static Map<String, Duration> times(AgentStatus status) {
        var times = new TreeMap<String, Duration>();
        status.getNotReadyTimesMap()
                .forEach((code, time) -> times.put(code, Wire.duration(true, time)));
        return times;
    }
}
