// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.nats;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.Consumer;
import org.panacall.acd.core.AcdEvent;
import org.panacall.engine.EngineFailure;
import org.panacall.engine.Journal;
import org.panacall.engine.Turn;

/** A journal that counts what came to be: offers by their end, calls by how they left the queue. */
public final class CountedJournal implements Journal<AcdEvent> {

    private final Journal<AcdEvent> journal;
    private final MeterRegistry registry;

    public CountedJournal(Journal<AcdEvent> journal, MeterRegistry registry) {
        this.journal = journal;
        this.registry = registry;
    }

    @Override
    public long append(Turn<AcdEvent> turn, long expectedLast) {
        try {
            var sequence = journal.append(turn, expectedLast);
            turn.events().forEach(this::count);
            return sequence;
        } catch (EngineFailure failure) {
            registry.counter("acd.journal.failures").increment();
            throw failure;
        }
    }

    private void count(AcdEvent event) {
        switch (event) {
            case AcdEvent.OfferAccepted accepted -> offer("accepted");
            case AcdEvent.OfferEnded ended -> offer(word(ended.end()));
            case AcdEvent.CallDequeued dequeued ->
                    registry.counter("acd.calls.dequeued", "cause", word(dequeued.cause()))
                            .increment();
            default -> registry.counter("acd.events").increment();
        }
    }

    private void offer(String end) {
        registry.counter("acd.offers", "end", end).increment();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public long replay(long after, Consumer<Turn<AcdEvent>> reader) {
        return journal.replay(after, reader);
    }
}
