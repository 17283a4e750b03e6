// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.panacall.acd.core.Acd;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.agent.AgentState;

/**
 * Calls waiting and agents by state, of the tenants that we lead, looked at every few seconds.
 * Tenants, queues and states are few, and nobody's number is among the labels.
 */
final class Gauges implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(2);

    private final Tenants tenants;
    private final MeterRegistry registry;
    private final Map<Figure, AtomicInteger> figures = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private record Figure(String name, String tenant, String label, String value) {}

    Gauges(Tenants tenants, MeterRegistry registry) {
        this.tenants = tenants;
        this.registry = registry;
        Thread.ofVirtual().name("gauges").start(this::run);
    }

    private void run() {
        try {
            while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        var seen = new HashMap<Figure, Integer>();
        for (var shard : tenants.all()) {
            shard.leading()
                    .map(acd -> acd.ask(core -> figures(shard.tenant(), core)))
                    .map(answer -> answer.completeOnTimeout(Map.of(), 1, TimeUnit.SECONDS))
                    .map(answer -> answer.exceptionally(away -> Map.of()).join())
                    .ifPresent(seen::putAll);
        }
        // What we lead no more is zero here, and counted where it is led.
        figures.forEach((figure, value) -> value.set(seen.getOrDefault(figure, 0)));
        seen.forEach((figure, value) -> gauge(figure).set(value));
    }

    private static Map<Figure, Integer> figures(String tenant, Acd acd) {
        var figures = new HashMap<Figure, Integer>();
        for (var queue : acd.plan().queues()) {
            var figure = new Figure("acd.calls.waiting", tenant, "queue", queue.id().value());
            figures.put(figure, acd.waiting(queue.id()));
            var callbacks = new Figure("acd.callbacks.open", tenant, "queue", queue.id().value());
            figures.put(callbacks, acd.callbacks(queue.id()));
            var most = new Figure("acd.callbacks.capacity", tenant, "queue", queue.id().value());
            figures.put(most, queue.waitingRoom().callbacks().rules().capacity());
        }
        var states = new TreeMap<String, Integer>();
        acd.agents().stream()
                .filter(agent -> !acd.plan().queuesOf(agent.id()).isEmpty())
                .forEach(agent -> states.merge(word(agent), 1, Integer::sum));
        states.forEach(
                (state, count) ->
                        figures.put(new Figure("acd.agents", tenant, "state", state), count));
        figures.put(new Figure("acd.calls", tenant, "kind", "all"), acd.calls().size());
        return figures;
    }

    private static String word(Agent agent) {
        if (agent.resting() && agent.talksElsewhere()) {
            return "on-call";
        }
        return switch (agent.state()) {
            case AgentState.NotReady not -> "not-ready";
            case AgentState.Ready ready -> "ready";
            case AgentState.Offered offered -> "offered";
            case AgentState.OnCall onCall -> "on-call";
            case AgentState.WrapUp wrapUp -> "wrap-up";
        };
    }

    private AtomicInteger gauge(Figure figure) {
        return figures.computeIfAbsent(
                figure,
                fresh ->
                        registry.gauge(
                                fresh.name(),
                                Tags.of("tenant", fresh.tenant(), fresh.label(), fresh.value()),
                                new AtomicInteger()));
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
