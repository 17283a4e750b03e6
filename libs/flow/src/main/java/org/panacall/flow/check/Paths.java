// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.Step;

/** The ways through a flow: steps that nobody comes to, and circles that nobody comes out of. */
final class Paths {

    private final Flow flow;
    private final Map<String, Step> steps = new LinkedHashMap<>();

    Paths(Flow flow) {
        this.flow = flow;
        flow.getStepsList().forEach(step -> steps.putIfAbsent(step.getStepId(), step));
    }

    /** Steps that cannot be reached, in their order. */
    List<String> unreachable() {
        var reached = reachable(flow.getEntryStepId(), steps.keySet());
        return steps.keySet().stream().filter(id -> !reached.contains(id)).toList();
    }

    /**
     * Steps of circles in which a caller is never asked and nothing is counted, so that he would go
     * round until the run's limit; the first of each circle, in their order.
     */
    List<String> endless() {
        var silent = new TreeSet<String>();
        steps.forEach(
                (id, step) -> {
                    if (!breaks(step)) {
                        silent.add(id);
                    }
                });
        var found = new ArrayList<String>();
        var told = new TreeSet<String>();
        for (var id : steps.keySet()) {
            if (silent.contains(id) && !told.contains(id)) {
                var after = new TreeSet<String>();
                successors(id, silent).forEach(next -> after.addAll(reachable(next, silent)));
                if (after.contains(id)) {
                    found.add(id);
                    told.addAll(after);
                }
            }
        }
        return found;
    }

    /** A caller's answer, or a count, may end the circle here. */
    private static boolean breaks(Step step) {
        return switch (step.getKindCase()) {
            case MENU, COLLECT, DIAL, RATE, LOOP -> true;
            default -> false;
        };
    }

    private Set<String> reachable(String from, Set<String> within) {
        var reached = new TreeSet<String>();
        var open = new ArrayDeque<String>(List.of(from));
        while (!open.isEmpty()) {
            var id = open.remove();
            if (within.contains(id) && reached.add(id)) {
                open.addAll(successors(id, within));
            }
        }
        return reached;
    }

    private Set<String> successors(String id, Set<String> within) {
        var next = new TreeSet<>(steps.get(id).getExitsMap().values());
        next.retainAll(within);
        return next;
    }

    /** A chain of sub-flows that comes back to this flow; empty when there is none. */
    static List<String> calledByItself(Flow flow, Map<String, Flow> flows) {
        var cameFrom = new TreeMap<String, String>();
        var open = new ArrayDeque<>(List.of(flow));
        while (!open.isEmpty()) {
            var at = open.remove();
            for (var step : at.getStepsList()) {
                var next = step.getSubFlow().getFlowId();
                if (step.hasSubFlow() && next.equals(flow.getFlowId())) {
                    return chain(at.getFlowId(), flow.getFlowId(), cameFrom);
                }
                if (step.hasSubFlow() && flows.containsKey(next) && !cameFrom.containsKey(next)) {
                    cameFrom.put(next, at.getFlowId());
                    open.add(flows.get(next));
                }
            }
        }
        return List.of();
    }

    private static List<String> chain(String last, String first, Map<String, String> cameFrom) {
        var chain = new ArrayList<String>(List.of(first));
        for (var at = last; !at.equals(first); at = cameFrom.get(at)) {
            chain.add(0, at);
        }
        chain.add(0, first);
        return chain;
    }
}
