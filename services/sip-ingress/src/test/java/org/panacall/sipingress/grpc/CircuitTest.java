// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.grpc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CircuitTest {

    private static final long SECOND = 1_000_000_000;

    private final Circuit circuit = new Circuit();

    private void saysNothing(int times) {
        for (int i = 0; i < times; i++) circuit.saidNothing(0);
    }

    @Test
    void twoRequestsInVainAreNotEnough() {
        // When
        saysNothing(2);
        // Then
        assertTrue(circuit.admits(0));
        assertFalse(circuit.isOpen());
    }

    @Test
    void anAnswerBetweenThemBeginsTheCountAnew() {
        // When
        saysNothing(2);
        circuit.answered();
        saysNothing(2);
        // Then
        assertTrue(circuit.admits(0));
    }

    @Test
    void afterThreeItIsTriedOnceASecond() {
        // When
        saysNothing(3);
        // Then
        assertFalse(circuit.admits(SECOND - 1));
        assertTrue(circuit.admits(SECOND));
        assertFalse(circuit.admits(SECOND));
        circuit.saidNothing(SECOND);
        assertFalse(circuit.admits(2 * SECOND - 1));
        assertTrue(circuit.admits(2 * SECOND));
    }

    @Test
    void itsFirstAnswerEndsThat() {
        // Given
        saysNothing(5);
        assertTrue(circuit.admits(SECOND));
        // When
        circuit.answered();
        // Then
        assertTrue(circuit.admits(SECOND));
        assertTrue(circuit.admits(SECOND));
    }
}
