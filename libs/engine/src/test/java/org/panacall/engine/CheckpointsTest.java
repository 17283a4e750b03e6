// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.panacall.engine.Ledger.Added;
import org.panacall.simkit.Eventually;

/** What reaches the journal when turns come faster than it takes them. */
class CheckpointsTest {

    /** Takes turns one by one, when it is let; those that begin with 13 never. */
    private static final class SlowJournal implements Journal<Added> {
        final LinkedBlockingQueue<Turn<Added>> written = new LinkedBlockingQueue<>();
        final CountDownLatch asked = new CountDownLatch(1);
        final CountDownLatch open = new CountDownLatch(1);

        @Override
        public long append(Turn<Added> turn, long expectedLast) {
            asked.countDown();
            await(open);
            if (turn.events().getFirst().amount() == 13) {
                throw new IllegalStateException("thirteen");
            }
            written.add(turn);
            return written.size();
        }

        @Override
        public long replay(long after, Consumer<Turn<Added>> reader) {
            return 0;
        }
    }

    private final SlowJournal journal = new SlowJournal();
    private final Checkpoints<Added> checkpoints =
            new Checkpoints<>(
                    "test", journal, Checkpoints.Bounds.of(1_000), new SimpleMeterRegistry());

    @AfterEach
    void close() {
        journal.open.countDown();
        checkpoints.close();
    }

    @Test
    void aTurnThatComesAloneGoesOutAlone() {
        // Given
        journal.open.countDown();

        // When
        checkpoints.offer(turn(1));

        // Then
        Eventually.isTrue("it is written", () -> journal.written.size() == 1);
    }

    @Test
    void turnsThatComeWhileOneIsWrittenGoOutTogetherInOrder() {
        // Given
        checkpoints.offer(turn(1));
        await(journal.asked);
        checkpoints.offer(turn(2, 3));
        checkpoints.offer(turn(4));

        // When
        journal.open.countDown();

        // Then
        Eventually.isTrue("all is written", () -> journal.written.size() == 2);
        journal.written.poll();
        assertEquals(turn(2, 3, 4), journal.written.poll());
    }

    @Test
    void noMessageGrowsWithoutBound() {
        // Given
        checkpoints.offer(turn(1));
        await(journal.asked);
        for (int i = 0; i < 250; i++) {
            checkpoints.offer(turn(2));
        }

        // When
        journal.open.countDown();

        // Then
        Eventually.isTrue("all is written", () -> journal.written.size() == 4);
        assertEquals(
                List.of(1, 100, 100, 50),
                journal.written.stream().map(turn -> turn.events().size()).toList());
    }

    @Test
    void aTurnThatCannotBeWrittenTakesNoneOfItsNeighboursDown() {
        // Given
        checkpoints.offer(turn(1));
        await(journal.asked);
        checkpoints.offer(turn(13));
        checkpoints.offer(turn(14));

        // When
        journal.open.countDown();

        // Then
        Eventually.isTrue("the later one is written", () -> journal.written.size() == 2);
        journal.written.poll();
        assertEquals(turn(14), journal.written.poll());
    }

    private static Turn<Added> turn(int... amounts) {
        var events = java.util.Arrays.stream(amounts).mapToObj(Added::new).toList();
        return new Turn<>(Instant.EPOCH, events);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited in vain");
            }
        } catch (InterruptedException end) {
            throw new IllegalStateException(end);
        }
    }
}
