// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;

/** The figures of one engine, tagged with its name. */
final class EngineMetrics {

    private final MeterRegistry registry;
    private final Gauge depth;
    final Timer turns;
    final Counter refused;
    final Counter failures;
    final Counter recoveries;

    EngineMetrics(MeterRegistry registry, String engine, Supplier<Number> mailboxDepth) {
        this.registry = registry;
        depth =
                Gauge.builder("engine.mailbox.depth", mailboxDepth)
                        .description("Commands waiting")
                        .tag("engine", engine)
                        .register(registry);
        turns =
                Timer.builder("engine.turn")
                        .description("Turns, with the wait for the journal")
                        .tag("engine", engine)
                        .register(registry);
        refused = counter("engine.refused", "Commands refused: mailbox full", engine);
        failures = counter("engine.failures", "Turns or commands lost to a failure", engine);
        recoveries = counter("engine.recoveries", "Cores rebuilt from the journal", engine);
    }

    /** Takes the gauge back, so that a later engine of the same name can register its own. */
    void close() {
        registry.remove(depth);
    }

    private Counter counter(String name, String description, String engine) {
        return Counter.builder(name)
                .description(description)
                .tag("engine", engine)
                .register(registry);
    }
}
