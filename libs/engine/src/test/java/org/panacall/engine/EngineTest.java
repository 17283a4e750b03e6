// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.panacall.engine.Ledger.Added;
import org.panacall.engine.Ledger.Command.Add;
import org.panacall.engine.Ledger.Command.AddLater;
import org.panacall.engine.Ledger.Command.Break;
import org.panacall.simkit.Eventually;

class EngineTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final EngineSettings settings = EngineSettings.of("test", registry);
    private final MemoryJournal<Added> journal = new MemoryJournal<>(Ledger.CODEC);
    private final LinkedBlockingQueue<String> effects = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var resource : opened.reversed()) {
            resource.close();
        }
    }

    @Test
    void anAnswerAndItsEffectComeAfterTheEventIsDurable() throws Exception {
        // Given
        var engine = journaled();

        // When
        var refusal = engine.send(new Add(5)).get(5, TimeUnit.SECONDS);

        // Then
        assertEquals(Optional.empty(), refusal);
        assertEquals("sum is 5", effects.poll(5, TimeUnit.SECONDS));
        assertEquals(List.of(5), kept());
    }

    @Test
    void commandsSentTogetherAreKeptTogether() throws Exception {
        // Given
        var engine = journaled();

        // When
        var refusals =
                engine.sendAll(List.of(new Add(5), new Add(2_000_000), new Add(2)))
                        .get(5, TimeUnit.SECONDS);

        // Then
        assertEquals(Optional.empty(), refusals.get(0));
        assertTrue(refusals.get(1).isPresent());
        assertEquals(Optional.empty(), refusals.get(2));
        assertEquals(List.of(5, 2), kept());
    }

    @Test
    void ofCommandsSentTogetherNoneIsKeptWhenOneFails() throws Exception {
        // Given
        var engine = journaled();

        // When
        var failed = engine.sendAll(List.of(new Add(5), new Break()));

        // Then
        causeOf(failed);
        assertEquals(List.of(), kept());
    }

    @Test
    void aRefusalIsAnAnswerAndNotAFailure() throws Exception {
        // Given
        var engine = journaled();

        // When
        var refusal = engine.send(new Add(2_000_000)).get(5, TimeUnit.SECONDS);

        // Then
        assertEquals(Optional.of("too much"), refusal);
    }

    @Test
    void whenTheJournalIsAwayAnswersFailEffectsAreDroppedAndTheCoreIsRebuilt() throws Exception {
        // Given
        var engine = journaled();
        engine.send(new Add(1)).get(5, TimeUnit.SECONDS);
        journal.away(true);

        // When
        var failed = engine.send(new Add(2));

        // Then
        assertInstanceOf(EngineFailure.JournalUnavailable.class, causeOf(failed));
        journal.away(false);
        Eventually.isTrue("the core is back as of the journal", () -> sumOf(engine) == 1);
        assertEquals(List.of("sum is 1"), List.copyOf(effects));
    }

    @Test
    void aBugInTheCoreRebuildsItFromTheJournal() throws Exception {
        // Given
        var engine = journaled();
        engine.send(new Add(1)).get(5, TimeUnit.SECONDS);

        // When
        var broken = engine.send(new Break());

        // Then
        assertInstanceOf(IllegalStateException.class, causeOf(broken));
        Eventually.isTrue("the broken change is gone", () -> sumOf(engine) == 1);
    }

    @Test
    void aQuestionThatFailsFailsAloneInEitherMode() throws Exception {
        for (var engine : List.of(journaled(), checkpointed(settings, 10))) {
            // Given
            engine.send(new Add(1)).get(5, TimeUnit.SECONDS);
            var gate = new CountDownLatch(1);
            engine.ask(core -> await(gate));
            // When
            var failing = engine.ask(core -> List.of().getFirst());
            var beside = engine.send(new Add(2));
            gate.countDown();
            // Then
            assertInstanceOf(NoSuchElementException.class, causeOf(failing));
            assertEquals(Optional.empty(), beside.get(5, TimeUnit.SECONDS));
        }
        assertEquals(0, registry.counter("engine.failures", "engine", "test").count());
    }

    @Test
    void aFencedEngineEndsAndAnswersNoMore() throws Exception {
        // Given
        var engine = journaled();
        engine.send(new Add(1)).get(5, TimeUnit.SECONDS);
        journal.append(new Turn<>(Instant.EPOCH, List.of(new Added(9))), Journal.ANY);

        // When
        var fenced = engine.send(new Add(2));

        // Then
        assertInstanceOf(EngineFailure.Fenced.class, causeOf(fenced));
        engine.ended().get(5, TimeUnit.SECONDS);
        assertInstanceOf(EngineFailure.Stopped.class, causeOf(engine.send(new Add(3))));
        assertEquals(List.of(1, 9), kept());
    }

    @Test
    void aDeadlineTakesEffectWithoutACommand() throws Exception {
        // Given
        var engine = journaled();

        // When
        engine.send(new AddLater(7, Duration.ofMillis(20))).get(5, TimeUnit.SECONDS);

        // Then
        assertEquals("sum is 7", effects.poll(5, TimeUnit.SECONDS));
    }

    @Test
    void timeGoesOnFromTheJournalWhenTheClockWasSetBack() throws Exception {
        // Given
        var future = Instant.parse("2200-01-01T00:00:00Z");
        journal.append(new Turn<>(future, List.of(new Added(1))), 0);

        // When
        journaled().send(new Add(2)).get(5, TimeUnit.SECONDS);

        // Then
        var times = new ArrayList<Instant>();
        journal.replay(1, turn -> times.add(turn.at()));
        assertTrue(times.getFirst().isAfter(future), times::toString);
    }

    @Test
    void aFullMailboxRefusesAtOnce() throws Exception {
        // Given
        var gate = new CountDownLatch(1);
        var entered = new CountDownLatch(1);
        var engine = checkpointed(settings.withMailboxCapacity(1), 10);
        engine.ask(
                core -> {
                    entered.countDown();
                    return await(gate);
                });
        entered.await();
        var waiting = engine.send(new Add(1));

        // When
        var refused = engine.send(new Add(2));

        // Then
        assertInstanceOf(Mailbox.Full.class, causeOf(refused));
        gate.countDown();
        assertEquals(Optional.empty(), waiting.get(5, TimeUnit.SECONDS));
        assertEquals(1, registry.counter("engine.refused", "engine", "test").count());
    }

    @Test
    void inCheckpointModeEffectsDoNotWaitForTheJournal() throws Exception {
        // Given
        journal.away(true);
        var engine = checkpointed(settings, 10);

        // When
        engine.send(new Add(1)).get(5, TimeUnit.SECONDS);

        // Then
        assertEquals("sum is 1", effects.poll(5, TimeUnit.SECONDS));
        journal.away(false);
        Eventually.isTrue("the event follows", () -> kept().equals(List.of(1)));
    }

    @Test
    void inCheckpointModeABugFailsOneCommandAndSparesTheRest() throws Exception {
        // Given
        var engine = checkpointed(settings, 10);
        engine.send(new Add(1)).get(5, TimeUnit.SECONDS);

        // When
        var broken = engine.send(new Break());

        // Then
        assertInstanceOf(IllegalStateException.class, causeOf(broken));
        assertEquals(Optional.empty(), engine.send(new Add(2)).get(5, TimeUnit.SECONDS));
    }

    @Test
    void checkpointsThatFindNoRoomPushTheOldestOut() throws Exception {
        // Given
        journal.away(true);
        var engine = checkpointed(settings, 2);

        // When: the first is on its way alone, so that two of the others have room.
        engine.send(new Add(1)).get(5, TimeUnit.SECONDS);
        var failures = registry.counter("engine.journal.failures", "engine", "test");
        Eventually.isTrue("the first was tried", () -> failures.count() > 0);
        for (int amount = 2; amount <= 5; amount++) {
            engine.send(new Add(amount)).get(5, TimeUnit.SECONDS);
        }

        // Then
        journal.away(false);
        Eventually.isTrue("the newest are kept", () -> kept().equals(List.of(1, 4, 5)));
        assertEquals(2, registry.counter("engine.checkpoints.dropped", "engine", "test").count());
    }

    @Test
    void aClosedEngineFailsWhatItDidNotCarryOut() {
        // Given
        var engine = journaled();

        // When
        engine.close();

        // Then
        assertInstanceOf(EngineFailure.Stopped.class, causeOf(engine.send(new Add(1))));
    }

    private Engine<Ledger, Ledger.Command, Added, String, String> journaled() {
        var engine = Engine.journaled(settings, Ledger::new, journal, effects::add);
        opened.add(engine);
        return engine;
    }

    private Engine<Ledger, Ledger.Command, Added, String, String> checkpointed(
            EngineSettings chosen, int capacity) {
        var checkpoints =
                new Checkpoints<>("test", journal, Checkpoints.Bounds.of(capacity), registry);
        opened.add(checkpoints);
        var engine = Engine.checkpointed(chosen, Ledger::new, checkpoints, effects::add);
        opened.add(engine);
        return engine;
    }

    private List<Integer> kept() {
        var amounts = new ArrayList<Integer>();
        journal.replay(0, turn -> turn.events().forEach(event -> amounts.add(event.amount())));
        return amounts;
    }

    private static int sumOf(Engine<Ledger, ?, ?, ?, ?> engine) {
        return engine.<Integer>ask(Ledger::sum).exceptionally(away -> -1).join();
    }

    private static boolean await(CountDownLatch gate) {
        try {
            return gate.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException end) {
            throw new IllegalStateException(end);
        }
    }

    private static Throwable causeOf(CompletableFuture<?> failed) {
        return assertThrows(CompletionException.class, failed::join).getCause();
    }
}
