// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.kept;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.panacall.simkit.VirtualClock;

/** Memory that is lent for as long as a recording is heard. */
class RoomTest {

    private final VirtualClock clock = new VirtualClock();
    private final Room room = new Room(100, clock);

    @Test
    void whatIsTakenComesBackWhenItWasHeard() {
        // Given
        assertTrue(room.take(60, Duration.ofMinutes(3)));
        assertTrue(room.take(40, Duration.ofMinutes(1)));

        // When, then
        assertFalse(room.take(1, Duration.ofMinutes(1)));
        clock.advanceTo(clock.instant().plus(Duration.ofSeconds(91)));
        assertTrue(room.take(40, Duration.ofMinutes(10)));
        assertFalse(room.take(1, Duration.ofMinutes(1)));
        clock.advanceTo(clock.instant().plus(Duration.ofMinutes(3)));
        assertTrue(room.take(60, Duration.ofMinutes(1)));
        assertFalse(room.take(1, Duration.ofMinutes(1)));
    }
}
