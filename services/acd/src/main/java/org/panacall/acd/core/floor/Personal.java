// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.floor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;

/** Calls that prefer certain agents, by agent: an index. */
final class Personal {

    /** Those that wait for him and for nobody but others whom they prefer as well. */
    private final Map<AgentId, NavigableSet<Waiter>> waiting = new LinkedHashMap<>();

    /** All that prefer him, so that they can be asked again when he comes or goes. */
    private final Map<AgentId, NavigableSet<CallId>> admirers = new LinkedHashMap<>();

    void add(Stand stand) {
        for (var agent : stand.waits() ? stand.hoped() : List.<AgentId>of()) {
            waiting.computeIfAbsent(agent, id -> new TreeSet<>()).add(stand.waiter());
        }
        for (var agent : stand.preferred()) {
            admirers.computeIfAbsent(agent, id -> new TreeSet<>()).add(stand.waiter().call());
        }
    }

    void remove(Stand stand) {
        if (stand.waits()) {
            stand.hoped().forEach(agent -> remove(waiting, agent, stand.waiter()));
        }
        var call = stand.waiter().call();
        stand.preferred().forEach(agent -> remove(admirers, agent, call));
    }

    private static <T> void remove(Map<AgentId, NavigableSet<T>> index, AgentId agent, T item) {
        var items = index.get(agent);
        items.remove(item);
        if (items.isEmpty()) {
            index.remove(agent);
        }
    }

    /** The calls that wait for him, by rank. */
    Stream<Waiter> waitingFor(AgentId agent) {
        return waiting.getOrDefault(agent, Collections.emptyNavigableSet()).stream();
    }

    List<CallId> admirersOf(AgentId agent) {
        return List.copyOf(admirers.getOrDefault(agent, Collections.emptyNavigableSet()));
    }
}
