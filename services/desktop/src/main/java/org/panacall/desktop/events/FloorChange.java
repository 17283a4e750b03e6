// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.events;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.panacall.desktop.access.Caller;
import org.panacall.desktop.agents.AgentNow;
import org.panacall.desktop.queues.QueueNow;
import org.panacall.proto.acd.v1.AgentStatus;
import org.panacall.proto.acd.v1.QueueStatus;

/**
 * How agents and queues of a tenant stand: all, those that changed, or that nobody can tell.
 *
 * @param type "floor.all", "floor.changed" or "floor.away"
 * @param gone ids of agents and queues that are there no longer
 */
record FloorChange(
        String tenantId,
        String type,
        Instant at,
        List<AgentStatus> agents,
        List<QueueStatus> queues,
        List<String> gone)
        implements Told {

    private record Agent(String id, String extension, String name, @JsonUnwrapped AgentNow now) {}

    private record Queue(String id, String name, @JsonUnwrapped QueueNow now) {}

    FloorChange {
        agents = List.copyOf(agents);
        queues = List.copyOf(queues);
        gone = List.copyOf(gone);
    }

    static FloorChange all(
            String tenantId, Collection<AgentStatus> agents, Collection<QueueStatus> queues) {
        return new FloorChange(
                tenantId,
                "floor.all",
                Instant.now(),
                List.copyOf(agents),
                List.copyOf(queues),
                List.of());
    }

    /** Until all of it is told again. */
    static FloorChange away(String tenantId) {
        return new FloorChange(
                tenantId, "floor.away", Instant.now(), List.of(), List.of(), List.of());
    }

    /** As this reader may see it: colleagues without their calls. */
    Map<String, Object> shownTo(Caller caller) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("type", type);
        fields.put("at", at);
        fields.put("agents", agents.stream().map(agent -> agent(agent, caller)).toList());
        fields.put("queues", queues.stream().map(FloorChange::queue).toList());
        fields.put("gone", gone);
        return fields;
    }

    private static Agent agent(AgentStatus agent, Caller caller) {
        var whole = caller.seesAll() || caller.is(agent.getExtension());
        return new Agent(
                agent.getAgentId(),
                agent.getExtension(),
                agent.getName(),
                AgentNow.of(agent, whole));
    }

    private static Queue queue(QueueStatus queue) {
        return new Queue(queue.getQueueId(), queue.getName(), QueueNow.of(queue));
    }
}
