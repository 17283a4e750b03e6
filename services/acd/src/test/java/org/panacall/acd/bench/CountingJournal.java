// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.bench;

import java.util.function.Consumer;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.nats.AcdCodec;
import org.panacall.engine.Journal;
import org.panacall.engine.Turn;

/** Counts what goes into a journal. For the engine's thread, and for others once it is over. */
final class CountingJournal implements Journal<AcdEvent> {

    private final Journal<AcdEvent> journal;
    private volatile long turns;
    private volatile long events;

    CountingJournal(Journal<AcdEvent> journal) {
        this.journal = journal;
    }

    /** One that writes each turn down as bytes and forgets it. */
    static CountingJournal forgetting(String tenant) {
        var codec = new AcdCodec(tenant, 1);
        return new CountingJournal(
                new Journal<>() {
                    private long sequence;

                    @Override
                    public long append(Turn<AcdEvent> turn, long expectedLast) {
                        codec.encode(turn);
                        return ++sequence;
                    }

                    @Override
                    public long replay(long after, Consumer<Turn<AcdEvent>> reader) {
                        return sequence;
                    }
                });
    }

    long turns() {
        return turns;
    }

    long events() {
        return events;
    }

    @Override
    public long append(Turn<AcdEvent> turn, long expectedLast) {
        var sequence = journal.append(turn, expectedLast);
        turns++;
        events += turn.events().size();
        return sequence;
    }

    @Override
    public long replay(long after, Consumer<Turn<AcdEvent>> reader) {
        return journal.replay(
                after,
                turn -> {
                    turns++;
                    events += turn.events().size();
                    reader.accept(turn);
                });
    }
}
