// SPDX-License-Identifier: Apache-2.0
package org.panacall.simkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgendaTest {

    @Test
    void whatIsDueAtTheSameMomentHappensInTheOrderInWhichItWasPutDown() {
        // Given
        var clock = new VirtualClock();
        var agenda = new Agenda(clock);
        var done = new ArrayList<String>();
        agenda.in(Duration.ofSeconds(2), () -> done.add("second"));
        agenda.in(Duration.ofSeconds(2), () -> done.add("third"));
        agenda.in(Duration.ofSeconds(1), () -> done.add("first"));

        // When
        while (agenda.step()) {
            assertEquals(done.size() == 1 ? 1 : 2, sinceStart(clock));
        }

        // Then
        assertEquals(List.of("first", "second", "third"), done);
    }

    @Test
    void aSeedGivesTheSameChanceEveryTime() {
        assertArrayEquals(new Dice(7).swarm(9), new Dice(7).swarm(9));
    }

    private static long sinceStart(VirtualClock clock) {
        return Duration.between(VirtualClock.START, clock.instant()).toSeconds();
    }
}
