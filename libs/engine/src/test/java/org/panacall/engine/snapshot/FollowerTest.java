// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.panacall.engine.Engine;
import org.panacall.engine.EngineSettings;
import org.panacall.engine.Journal;
import org.panacall.engine.Ledger;
import org.panacall.engine.Ledger.Added;
import org.panacall.engine.MemoryJournal;
import org.panacall.engine.Turn;
import org.panacall.engine.snapshot.Snapshots.Snapshot;
import org.panacall.simkit.Eventually;

class FollowerTest {

    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    private static final Duration SOON = Duration.ofMillis(5);

    /** Tells from where it was read. */
    private record Read(Journal<Added> journal, List<Long> begins) implements Journal<Added> {
        @Override
        public long append(Turn<Added> turn, long expectedLast) {
            return journal.append(turn, expectedLast);
        }

        @Override
        public long replay(long after, Consumer<Turn<Added>> reader) {
            begins.add(after);
            return journal.replay(after, reader);
        }
    }

    private final MemoryJournal<Added> memory = new MemoryJournal<>(Ledger.CODEC);
    private final Read journal = new Read(memory, new CopyOnWriteArrayList<>());

    private void keep(int amount) {
        var at = START.plusSeconds(amount);
        memory.append(new Turn<>(at, List.of(new Added(amount))), Journal.ANY);
    }

    private Follower<Ledger, Added> follower() {
        return new Follower<>(Ledger::new, journal, Snapshots.none(), SOON);
    }

    private void awaitReadFrom(long sequence) {
        Eventually.isTrue("read from " + sequence, () -> journal.begins().contains(sequence));
    }

    @Test
    void whatAnotherWritesIsKnownWhenHeIsFollowedByUs() {
        // Given
        keep(1);
        var follower = follower();
        awaitReadFrom(1);
        keep(2);
        awaitReadFrom(2);

        // When
        var known = follower.leave();

        // Then
        var snapshot = known.orElseThrow();
        assertEquals(List.of(1, 2), snapshot.core().amounts());
        assertEquals(2, snapshot.sequence());
        assertEquals(START.plusSeconds(2), snapshot.at());
        keep(3);
        journal.begins().clear();
        assertEquals(6, sumOfEngine(known));
        assertEquals(List.of(2L), journal.begins());
    }

    private int sumOfEngine(Optional<Snapshot<Ledger>> known) {
        var settings = EngineSettings.of("follower", new SimpleMeterRegistry());
        var snapshots = Snapshots.beginningWith(known, Snapshots.none());
        try (var engine =
                Engine.journaled(settings, Ledger::new, journal, snapshots, effect -> {})) {
            var sum = new ArrayList<Integer>();
            Eventually.isTrue(
                    "it has recovered",
                    () -> {
                        sum.add(engine.ask(Ledger::sum).exceptionally(notYet -> -1).join());
                        return sum.getLast() >= 0;
                    });
            return sum.getLast();
        }
    }

    @Test
    void aJournalThatWasAwayIsFollowedAnewAndNothingIsAppliedTwice() {
        // Given
        keep(1);
        var follower = follower();
        awaitReadFrom(1);
        memory.away(true);
        Eventually.isTrue("it begins anew", () -> journal.begins().getLast() == 0);

        // When
        memory.away(false);
        keep(2);
        awaitReadFrom(2);

        // Then
        var known = follower.leave().orElseThrow();
        assertEquals(List.of(1, 2), known.core().amounts());
    }

    @Test
    void whoLeavesBeforeTheFirstLookKnowsNothingOrAll() {
        keep(1);
        var known = follower().leave();
        assertTrue(known.map(one -> one.core().sum()).orElse(1) == 1);
    }
}
