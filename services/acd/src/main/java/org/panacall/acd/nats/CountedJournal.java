// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.nats;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;
import org.panacall.acd.core.AcdEvent;
import org.panacall.engine.EngineFailure;
import org.panacall.engine.Journal;
import org.panacall.engine.Turn;

/** A journal that tells of each event once it is durable, and counts what could not be kept. */
public final class CountedJournal implements Journal<AcdEvent> {

    private final Journal<AcdEvent> journal;
    private final Consumer<AcdEvent> durable;
    private final Counter failures;

    public CountedJournal(
            Journal<AcdEvent> journal, Consumer<AcdEvent> durable, MeterRegistry registry) {
        this.journal = journal;
        this.durable = durable;
        failures = registry.counter("acd.journal.failures");
    }

    @Override
    public long append(Turn<AcdEvent> turn, long expectedLast) {
        long sequence;
        try {
            sequence = journal.append(turn, expectedLast);
        } catch (EngineFailure failure) {
            failures.increment();
            throw failure;
        }
        turn.events().forEach(durable);
        return sequence;
    }

    @Override
    public long replay(long after, Consumer<Turn<AcdEvent>> reader) {
        return journal.replay(after, reader);
    }
}
