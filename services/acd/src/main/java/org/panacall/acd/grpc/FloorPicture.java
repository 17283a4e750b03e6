// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.grpc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.panacall.acd.core.Acd;
import org.panacall.proto.acd.v1.AgentStatus;
import org.panacall.proto.acd.v1.FloorUpdate;
import org.panacall.proto.acd.v1.QueueStatus;

/** How a tenant's agents and queues stand at a moment, by id. */
record FloorPicture(Map<String, AgentStatus> agents, Map<String, QueueStatus> queues) {

    /** Runs on the core's thread. */
    static FloorPicture of(Acd acd) {
        var agents = new LinkedHashMap<String, AgentStatus>();
        StatusWriter.serving(acd).forEach(agent -> agents.put(agent.getAgentId(), agent));
        var queues = new LinkedHashMap<String, QueueStatus>();
        StatusWriter.figures(acd).forEach((id, queue) -> queues.put(id.value(), queue.build()));
        return new FloorPicture(agents, queues);
    }

    /** All of it. */
    FloorUpdate whole() {
        return FloorUpdate.newBuilder()
                .setWhole(true)
                .addAllAgents(agents.values())
                .addAllQueues(queues.values())
                .build();
    }

    /** What has changed since; empty when nothing has. */
    Optional<FloorUpdate> since(FloorPicture before) {
        var update = FloorUpdate.newBuilder();
        changed(before.agents, agents).forEach(update::addAgents);
        changed(before.queues, queues).forEach(update::addQueues);
        gone(before.agents, agents).forEach(update::addGone);
        gone(before.queues, queues).forEach(update::addGone);
        var told = update.build();
        return told.getSerializedSize() == 0 ? Optional.empty() : Optional.of(told);
    }

    private static <S> Stream<S> changed(Map<String, S> before, Map<String, S> now) {
        return now.entrySet().stream()
                .filter(one -> !one.getValue().equals(before.get(one.getKey())))
                .map(Map.Entry::getValue);
    }

    private static <S> Stream<String> gone(Map<String, S> before, Map<String, S> now) {
        return before.keySet().stream().filter(id -> !now.containsKey(id));
    }
}
