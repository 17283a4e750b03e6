// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.floor;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;

/**
 * What has changed since calls and agents were last brought together. All others were found not to
 * fit then, so that they need not be looked at again.
 */
final class Stirred {

    private final NavigableSet<CallId> calls = new TreeSet<>();
    private final NavigableSet<AgentId> agents = new TreeSet<>();
    private final NavigableSet<CallId> lost = new TreeSet<>();

    void add(CallId call) {
        calls.add(call);
    }

    void add(AgentId agent) {
        agents.add(agent);
    }

    /** Its queue is gone. */
    void lose(CallId call) {
        lost.add(call);
    }

    /**
     * @return whether it was stirred
     */
    boolean settle(CallId call) {
        lost.remove(call);
        return calls.remove(call);
    }

    void settle(AgentId agent) {
        agents.remove(agent);
    }

    boolean isEmpty() {
        return calls.isEmpty() && agents.isEmpty() && lost.isEmpty();
    }

    /** Calls for which phones should ring and that were not looked at yet. */
    List<CallId> calls() {
        return List.copyOf(calls);
    }

    /** Agents who became free and were not looked at yet. */
    List<AgentId> agents() {
        return List.copyOf(agents);
    }

    /** Calls whose queue is gone. */
    List<CallId> lost() {
        return List.copyOf(lost);
    }

    void clear() {
        calls.clear();
        agents.clear();
        lost.clear();
    }
}
