// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.panacall.engine.Ledger.Added;

/** What every journal does, in memory as in JetStream. */
public interface JournalContract {

    Instant AT = Instant.parse("2030-01-01T00:00:00Z");

    /** Two writers on one empty shard. */
    record Writers(Journal<Added> one, Journal<Added> other) {}

    Writers writers();

    @Test
    default void turnsComeBackInOrderWithTheirTime() {
        // Given
        var writers = writers();
        var first = writers.one().append(turn(1, 2), 0);
        var second = writers.one().append(turn(3), first);

        // When
        var read = new ArrayList<Turn<Added>>();
        var last = writers.other().replay(0, read::add);

        // Then
        assertEquals(second, last);
        assertEquals(List.of(turn(1, 2), turn(3)), read);
    }

    @Test
    default void anEmptyShardEndsAtZero() {
        assertEquals(0, writers().one().replay(0, turn -> {}));
    }

    @Test
    default void replayCanBeginInTheMiddle() {
        // Given
        var writers = writers();
        var first = writers.one().append(turn(1), 0);
        writers.one().append(turn(2), first);

        // When
        var read = new ArrayList<Turn<Added>>();
        writers.one().replay(first, read::add);

        // Then
        assertEquals(List.of(turn(2)), read);
    }

    @Test
    default void aWriterWhoMissedATurnIsFencedOff() {
        // Given
        var writers = writers();
        var first = writers.one().append(turn(1), 0);
        writers.other().append(turn(2), first);

        // When
        var late =
                assertThrows(
                        EngineFailure.Fenced.class, () -> writers.one().append(turn(3), first));

        // Then
        var read = new ArrayList<Turn<Added>>();
        writers.one().replay(0, read::add);
        assertEquals(List.of(turn(1), turn(2)), read, late::getMessage);
    }

    @Test
    default void aWriterWhoExpectsNothingIsNeverFencedOff() {
        // Given
        var writers = writers();
        writers.one().append(turn(1), Journal.ANY);

        // When
        writers.other().append(turn(2), Journal.ANY);

        // Then
        var read = new ArrayList<Turn<Added>>();
        writers.one().replay(0, read::add);
        assertEquals(List.of(turn(1), turn(2)), read);
    }

    static Turn<Added> turn(int... amounts) {
        var events = new ArrayList<Added>();
        for (var amount : amounts) {
            events.add(new Added(amount));
        }
        return new Turn<>(AT, events);
    }
}
