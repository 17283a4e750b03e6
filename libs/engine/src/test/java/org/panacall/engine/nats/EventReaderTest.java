// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.engine.EngineFailure;
import org.panacall.engine.Journal;
import org.panacall.engine.JournalContract;
import org.panacall.engine.Ledger;
import org.panacall.engine.nats.EventReader.Received;
import org.panacall.simkit.Eventually;
import org.panacall.simkit.NatsServer;

class EventReaderTest {

    private static final StreamSettings STREAM = StreamSettings.of("test");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Integer> seen = new CopyOnWriteArrayList<>();
    private NatsServer server;
    private NatsLink link;

    @BeforeEach
    void start() {
        server = NatsServer.start();
        link = new NatsLink(server.url(), "test", registry);
        Eventually.isTrue("connected", link::connected);
    }

    @AfterEach
    void stop() {
        link.close();
        server.close();
    }

    @Test
    void aDurableReaderReadsAllInOrderAndGoesOnWhereItWas() {
        // Given
        append(1, 100);
        try (var _ = durable(this::note)) {
            Eventually.isTrue("all seen", () -> seen.size() == 100);
        }

        // When
        append(101, 150);

        // Then
        try (var _ = durable(this::note)) {
            Eventually.isTrue("the rest is seen", () -> seen.size() == 150);
        }
        assertEquals(IntStream.rangeClosed(1, 150).boxed().toList(), seen);
    }

    @Test
    void aBatchThatTheSinkDidNotTakeComesAgain() {
        // Given
        var attempts = new AtomicInteger();
        append(1, 3);

        // When
        try (var _ =
                durable(
                        batch -> {
                            if (attempts.incrementAndGet() == 1) {
                                throw new IllegalStateException("the store is away");
                            }
                            note(batch);
                        })) {
            // Then
            Eventually.isTrue("all seen", () -> seen.size() == 3);
        }
        assertEquals(List.of(1, 2, 3), seen);
    }

    @Test
    void readersFollowThroughTheDeathOfTheServer() {
        // Given
        try (var _ = durable(this::note);
                var _ = live(batch -> seen.addAll(amounts(batch).map(n -> -n).toList()))) {
            Eventually.isTrue(
                    "both follow",
                    () -> {
                        append(1, 1);
                        return seen.contains(1) && seen.contains(-1);
                    });

            // When
            server.kill();
            Eventually.isTrue("the server is gone", () -> !link.connected());
            server.restart();
            Eventually.isTrue("connected again", link::connected);
            append(2, 2);

            // Then
            Eventually.isTrue("both follow", () -> seen.contains(2) && seen.contains(-2));
        }
    }

    @Test
    void aReaderStartedWithoutServerBeginsWhenThereIsOne() {
        // Given
        server.kill();
        try (var late = new NatsLink(server.url(), "late", registry);
                var _ =
                        new EventReader(
                                late,
                                ReaderSettings.durable(STREAM, "reader"),
                                this::note,
                                registry)) {
            // When
            server.restart();

            // Then
            Eventually.isTrue("connected", link::connected);
            append(1, 1);
            Eventually.isTrue("seen", () -> seen.equals(List.of(1)));
        }
    }

    private EventReader durable(java.util.function.Consumer<List<Received>> sink) {
        return new EventReader(link, ReaderSettings.durable(STREAM, "reader"), sink, registry);
    }

    private EventReader live(java.util.function.Consumer<List<Received>> sink) {
        return new EventReader(link, ReaderSettings.live(STREAM), sink, registry);
    }

    private void note(List<Received> batch) {
        seen.addAll(amounts(batch).toList());
    }

    private static java.util.stream.Stream<Integer> amounts(List<Received> batch) {
        return batch.stream()
                .map(message -> new String(message.payload(), StandardCharsets.UTF_8))
                .map(text -> Integer.valueOf(text.substring(text.indexOf(' ') + 1)));
    }

    private void append(int first, int last) {
        var journal = new JetStreamJournal<>(link, STREAM, "shard", Ledger.CODEC);
        for (int amount = first; amount <= last; amount++) {
            var turn = JournalContract.turn(amount);
            Eventually.isTrue("appended", () -> appended(journal, turn));
        }
    }

    private static boolean appended(
            Journal<Ledger.Added> journal, org.panacall.engine.Turn<Ledger.Added> turn) {
        try {
            journal.append(turn, Journal.ANY);
            return true;
        } catch (EngineFailure.JournalUnavailable away) {
            return false;
        }
    }
}
