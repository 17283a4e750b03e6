// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.wait;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.panacall.acd.core.id.QueueId;

/** What others would tell a caller: published rules, and one that knows the laws of the world. */
final class Rules {

    /** In the order of what {@link #tell} gives. */
    static final List<String> NAMES =
            List.of(
                    "Asterisk: mean of waits + 30 s",
                    "LES: wait of the last answered",
                    "HOL: wait of the head so far",
                    "QL: line / service rate",
                    "QLm oracle: with true abandonment",
                    "QLm, measured shares of agents");

    static final int ORACLE = 4;

    private final Workload workload;
    private final NavigableMap<QueueId, Double> means = new TreeMap<>();
    private final NavigableMap<QueueId, Double> lasts = new TreeMap<>();
    private final NavigableMap<String, NavigableMap<QueueId, Double>> shares = new TreeMap<>();

    /** The moment at which a caller comes. */
    record Scene(
            double now,
            NavigableMap<QueueId, TreeSet<WaitWorld.Caller>> lines,
            List<WaitWorld.Agent> agents,
            Map<QueueId, Integer> ahead) {}

    Rules(Workload workload) {
        this.workload = workload;
    }

    void answered(QueueId queue, double wait) {
        // Asterisk's app_queue: a quarter of the newest.
        means.merge(queue, wait, (before, newest) -> before * 0.75 + newest * 0.25);
        lasts.put(queue, wait);
    }

    double[] tell(WaitWorld.Caller caller, Scene scene) {
        var queue = caller.queue;
        var serving = 0.0;
        for (var agent : scene.agents()) {
            if (!agent.away && agent.queues.contains(queue)) {
                serving += 1.0 / agent.queues.size();
            }
        }
        var rate = serving / Workload.OCCUPIED;
        var ahead = scene.ahead().get(queue);
        return new double[] {
            means.getOrDefault(queue, 0.0) + 30,
            lasts.getOrDefault(queue, 0.0),
            scene.lines().get(queue).stream()
                    .filter(c -> !c.gone)
                    .findFirst()
                    .map(head -> scene.now() - head.came)
                    .orElse(0.0),
            (ahead + 1) / rate + Workload.RING,
            modified(ahead, rate) + Workload.RING,
            modified(ahead, measured(queue, scene.agents())) + Workload.RING
        };
    }

    private double modified(int ahead, double rate) {
        var wait = 0.0;
        for (int call = 0; call <= ahead; call++) {
            wait += 1 / (rate + call / workload.patience());
        }
        return wait;
    }

    /** Each agent counts by the share of his calls that were the queue's, newer ones more. */
    private double measured(QueueId queue, List<WaitWorld.Agent> agents) {
        var serving = 0.0;
        for (var agent : agents) {
            if (!agent.away && agent.queues.contains(queue)) {
                var all = shares.getOrDefault(agent.queues.toString(), new TreeMap<>());
                var sum = all.values().stream().mapToDouble(Double::doubleValue).sum();
                serving += sum == 0 ? 1 : all.getOrDefault(queue, 0.0) / sum;
            }
        }
        return Math.max(0.1, serving) / Workload.OCCUPIED;
    }

    void freed(WaitWorld.Agent agent, QueueId queue) {
        var share = shares.computeIfAbsent(agent.queues.toString(), team -> new TreeMap<>());
        share.replaceAll((served, weight) -> weight * 0.99);
        share.merge(queue, 1.0, Double::sum);
    }
}
