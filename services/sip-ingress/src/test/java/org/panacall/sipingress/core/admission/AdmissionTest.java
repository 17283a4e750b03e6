// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.panacall.sipingress.core.call.CallId;

class AdmissionTest {

    private final Duration target = Duration.ofSeconds(1);
    private final Duration interval = Duration.ofMillis(500);
    private final Admission admission =
            new Admission(new Admission.Settings(2, 8, 16, target, interval));
    private Instant now = Instant.EPOCH;

    private static CallId call(int number) {
        return new CallId("call_" + number);
    }

    private void serve(int calls, Duration wait) {
        for (int i = 0; i < calls; i++) admission.note(call(i), true, now);
        now = now.plus(wait);
        for (int i = 0; i < calls; i++) admission.note(call(i), false, now);
    }

    @Test
    void aCallTakesOnePlaceUntilItWaitsNoLonger() {
        // When
        admission.note(call(1), true, now);
        admission.note(call(1), true, now);
        admission.note(call(2), false, now);

        // Then
        assertEquals(7, admission.room());
        admission.note(call(1), false, now);
        assertEquals(8, admission.room());
    }

    @Test
    void longWaitsShrinkTheWindowToItsLeast() {
        // When
        for (int i = 0; i < 20; i++) serve(8, Duration.ofSeconds(2));

        // Then
        assertEquals(2, admission.window());
    }

    @Test
    void callsThatAreStuckShrinkItAsWell() {
        // Given
        for (int i = 0; i < 8; i++) admission.note(call(i), true, now);

        // When
        now = now.plusSeconds(2);
        admission.note(call(99), false, now);

        // Then
        assertEquals(6, admission.window());
        assertEquals(-2, admission.room());
    }

    @Test
    void aFullWindowThatIsServedQuicklyGrowsToItsMost() {
        // When
        for (int i = 0; i < 20; i++) serve(admission.window(), Duration.ofMillis(600));

        // Then
        assertEquals(16, admission.window());
    }

    @Test
    void aWindowThatIsNeverFullStaysAsItIs() {
        // When
        for (int i = 0; i < 20; i++) serve(4, Duration.ofMillis(600));

        // Then
        assertEquals(8, admission.window());
    }

    @Test
    void boundsMustBeInOrder() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Admission.Settings(9, 8, 16, Duration.ZERO, interval));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Admission.Settings(2, 8, 16, Duration.ZERO, Duration.ZERO));
        assertTrue(Admission.Settings.upTo(3).most() == 3);
    }
}
