// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitTest {

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Circuit circuit = new Circuit(3, PAUSE);

    private void fail(int times, long now) {
        for (int time = 0; time < times; time++) {
            circuit.failed(now);
        }
    }

    @Test
    void aServerThatKeepsFailingIsPassedOver() {
        fail(2, 0);
        assertTrue(circuit.admits(1));
        assertFalse(circuit.isOpen());
        fail(1, 1);
        assertFalse(circuit.admits(2));
        assertTrue(circuit.isOpen());
    }

    @Test
    void oneRequestInAWhileTriesIt() {
        fail(3, 0);
        assertTrue(circuit.admits(PAUSE.toNanos()));
        assertFalse(circuit.admits(PAUSE.toNanos() + 1));
        fail(1, PAUSE.toNanos() + 2);
        assertFalse(circuit.admits(PAUSE.toNanos() + 3));
        assertTrue(circuit.admits(2 * PAUSE.toNanos()));
    }

    @Test
    void anAnswerEndsIt() {
        fail(3, 0);
        circuit.answered();
        assertFalse(circuit.isOpen());
        assertTrue(circuit.admits(1));
        fail(2, 1);
        assertTrue(circuit.admits(2));
    }
}
