// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private final List<String> happened = new ArrayList<>();
    private final Deadlines deadlines = new Deadlines();

    private Timed timed(String name) {
        return new Timed() {
            @Override
            protected void due(long now) {
                happened.add(name + "@" + now);
            }
        };
    }

    @Test
    void equalDeadlinesComeInTheOrderTheyWereSet() {
        // Given
        var a = timed("a");
        var b = timed("b");
        var c = timed("c");
        deadlines.set(b, 5);
        deadlines.set(a, 5);
        deadlines.set(c, 4);

        // When
        deadlines.run(5);

        // Then
        assertEquals(List.of("c@5", "b@5", "a@5"), happened);
    }

    @Test
    void aMovedOrClearedDeadlineLeavesNothingBehind() {
        // Given
        var a = timed("a");
        var b = timed("b");
        deadlines.set(a, 5);
        deadlines.set(b, 6);
        deadlines.set(a, 9);
        deadlines.clear(b);
        deadlines.clear(b);

        // When
        deadlines.run(8);

        // Then
        assertEquals(List.of(), happened);
        assertEquals(OptionalLong.of(9), deadlines.next());
    }

    @Test
    void manyDeadlinesComeInOrder() {
        // Given
        var random = new Random(1);
        var all = new ArrayList<Timed>();
        for (int i = 0; i < 1_000; i++) {
            var one = timed("");
            all.add(one);
            deadlines.set(one, random.nextInt(500));
        }
        for (int i = 0; i < 1_000; i++) {
            var one = all.get(random.nextInt(all.size()));
            if (random.nextBoolean()) deadlines.clear(one);
            else deadlines.set(one, random.nextInt(500));
        }
        var expected =
                all.stream()
                        .filter(one -> one.place >= 0)
                        .sorted(Comparator.<Timed>comparingLong(one -> one.deadline))
                        .map(one -> one.deadline)
                        .toList();

        // When
        var seen = new ArrayList<Long>();
        while (deadlines.next().isPresent()) {
            long next = deadlines.next().getAsLong();
            int before = happened.size();
            deadlines.run(next);
            for (int i = before; i < happened.size(); i++) seen.add(next);
        }

        // Then
        assertEquals(expected, seen);
    }
}
