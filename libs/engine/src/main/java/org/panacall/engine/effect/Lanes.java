// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.effect;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Carries blocking effects out: in order within a key (a call), at the same time for different
 * keys, each lane on a virtual thread that lives as long as it has work.
 *
 * <p>At most {@code capacity} tasks wait or run in sum; one more is refused and counted.
 */
public final class Lanes {

    private static final Logger LOG = Logger.getLogger(Lanes.class);

    private final String name;
    private final int capacity;
    private final Map<String, ArrayDeque<Runnable>> lanes = new HashMap<>();
    private final AtomicInteger tasks = new AtomicInteger();
    private final Counter refused;
    private final Counter failed;

    public Lanes(String name, int capacity, MeterRegistry registry) {
        this.name = name;
        this.capacity = capacity;
        refused = registry.counter("engine.lanes.refused", "lanes", name);
        failed = registry.counter("engine.lanes.failed", "lanes", name);
        Gauge.builder("engine.lanes.tasks", tasks, AtomicInteger::get)
                .tag("lanes", name)
                .register(registry);
    }

    /** Puts a task at the end of a key's lane; false when there is no room. Never blocks. */
    public boolean submit(String key, Runnable task) {
        if (tasks.incrementAndGet() > capacity) {
            tasks.decrementAndGet();
            refused.increment();
            return false;
        }
        synchronized (lanes) {
            var lane = lanes.get(key);
            if (lane != null) {
                lane.addLast(task);
                return true;
            }
            lane = new ArrayDeque<>();
            lane.addLast(task);
            lanes.put(key, lane);
        }
        Thread.ofVirtual().name("lane-" + name).start(() -> drain(key));
        return true;
    }

    private void drain(String key) {
        for (var task = next(key); task != null; task = next(key)) {
            try {
                task.run();
            } catch (RuntimeException | AssertionError failure) {
                failed.increment();
                LOG.errorf(failure, "an effect of %s failed", name);
            } finally {
                tasks.decrementAndGet();
            }
        }
    }

    private Runnable next(String key) {
        synchronized (lanes) {
            var task = lanes.get(key).pollFirst();
            if (task == null) {
                lanes.remove(key);
            }
            return task;
        }
    }
}
