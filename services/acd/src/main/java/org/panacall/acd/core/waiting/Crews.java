// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.waiting;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.QueueId;

/**
 * Agents by the queues that they serve: an index, so that a forecast looks at those alone who count
 * for it. Who will not take another call is in none.
 */
public final class Crews {

    /** Who serves the same queues. */
    record Members(List<QueueId> queues, NavigableSet<AgentId> agents) {}

    private final Map<String, Members> crews = new LinkedHashMap<>();
    private final Map<QueueId, NavigableSet<String>> byQueue = new LinkedHashMap<>();
    private final Map<AgentId, String> places = new LinkedHashMap<>();

    /** Puts an agent where he belongs, wherever he was before. */
    public void place(Agent agent, List<QueueId> queues) {
        var counts = agent.intent().ready() && !(agent.state() instanceof AgentState.NotReady);
        if (!counts || queues.isEmpty()) {
            remove(agent.id());
            return;
        }
        var before = crews.get(places.getOrDefault(agent.id(), ""));
        if (before != null && before.queues().equals(queues)) {
            return;
        }
        remove(agent.id());
        var key = queues.stream().map(QueueId::value).collect(Collectors.joining(" "));
        places.put(agent.id(), key);
        crews.computeIfAbsent(key, id -> new Members(queues, new TreeSet<>()))
                .agents()
                .add(agent.id());
        queues.forEach(queue -> keys(queue).add(key));
    }

    public void remove(AgentId agent) {
        var key = places.remove(agent);
        if (key == null) {
            return;
        }
        var members = crews.get(key);
        members.agents().remove(agent);
        if (members.agents().isEmpty()) {
            crews.remove(key);
            members.queues().forEach(queue -> keys(queue).remove(key));
        }
    }

    private NavigableSet<String> keys(QueueId queue) {
        return byQueue.computeIfAbsent(queue, id -> new TreeSet<>());
    }

    /** Everybody belongs elsewhere. */
    public void clear() {
        crews.clear();
        byQueue.clear();
        places.clear();
    }

    /** Those who serve a queue. */
    List<Members> serving(QueueId queue) {
        return byQueue.getOrDefault(queue, Collections.emptyNavigableSet()).stream()
                .map(crews::get)
                .toList();
    }
}
