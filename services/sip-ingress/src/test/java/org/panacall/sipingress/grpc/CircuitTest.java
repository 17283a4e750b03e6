// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.grpc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitTest {

    private static final long SECOND = 1_000_000_000;

    private final Circuit circuit = new Circuit(Duration.ofSeconds(2));

    /** Requests made at the beginning, and given up at that time. */
    private void saysNothing(int requests, long until) {
        for (int i = 0; i < requests; i++) circuit.saidNothing(0, until);
    }

    @Test
    void twoRequestsInVainAreNotEnough() {
        // When
        saysNothing(2, 9 * SECOND);
        // Then
        assertTrue(circuit.admits(9 * SECOND));
        assertFalse(circuit.isOpen());
    }

    @Test
    void manyThatWaitAtOnceAreNotEnoughWhileItIsSilentForAShortTime() {
        // When
        saysNothing(50, 2 * SECOND - 1);
        // Then
        assertFalse(circuit.isOpen());
        saysNothing(1, 2 * SECOND);
        assertTrue(circuit.isOpen());
    }

    @Test
    void anAnswerBetweenThemBeginsTheCountAnew() {
        // When
        saysNothing(2, 2 * SECOND);
        circuit.answered();
        saysNothing(2, 2 * SECOND);
        // Then
        assertFalse(circuit.isOpen());
    }

    @Test
    void whoIsSilentForTooLongIsTriedOnceASecond() {
        // When
        saysNothing(3, 2 * SECOND);
        // Then
        assertFalse(circuit.admits(3 * SECOND - 1));
        assertTrue(circuit.admits(3 * SECOND));
        assertFalse(circuit.admits(3 * SECOND));
        circuit.saidNothing(3 * SECOND, 4 * SECOND);
        assertFalse(circuit.admits(4 * SECOND - 1));
        assertTrue(circuit.admits(4 * SECOND));
    }

    @Test
    void itsFirstAnswerEndsThat() {
        // Given
        saysNothing(5, 2 * SECOND);
        assertTrue(circuit.admits(3 * SECOND));
        // When
        circuit.answered();
        // Then
        assertTrue(circuit.admits(3 * SECOND));
        assertTrue(circuit.admits(3 * SECOND));
    }
}
