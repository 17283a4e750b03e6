// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Bounds and surroundings of one engine.
 *
 * @param name the shard, for threads, metrics and logs; no personal data
 * @param mailboxCapacity commands that may wait; one more is refused at once
 * @param turnSize commands taken in one turn
 * @param recoveryBackOff least time between two attempts to rebuild a core from its journal
 */
public record EngineSettings(
        String name,
        int mailboxCapacity,
        int turnSize,
        Duration recoveryBackOff,
        InstantSource wallClock,
        MeterRegistry registry) {

    public EngineSettings {
        if (name.isBlank() || mailboxCapacity < 1 || turnSize < 1) {
            throw new IllegalArgumentException(
                    "an engine needs a name, and room for one command at least");
        }
    }

    /** The usual bounds: 10,000 commands waiting, 256 a turn, 500 ms between recoveries. */
    public static EngineSettings of(String name, MeterRegistry registry) {
        return new EngineSettings(
                name, 10_000, 256, Duration.ofMillis(500), InstantSource.system(), registry);
    }

    public EngineSettings withMailboxCapacity(int capacity) {
        return new EngineSettings(name, capacity, turnSize, recoveryBackOff, wallClock, registry);
    }

    public EngineSettings withTurnSize(int size) {
        return new EngineSettings(
                name, mailboxCapacity, size, recoveryBackOff, wallClock, registry);
    }
}
