// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.effect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.panacall.simkit.Eventually;

class LanesTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Integer> done = new CopyOnWriteArrayList<>();

    @Test
    void tasksOfOneKeyRunInOrderAndAFailureDoesNotStopTheLane() {
        // Given
        var lanes = new Lanes("test", 1_000, registry);

        lanes.submit(
                "call",
                () -> {
                    throw new IllegalStateException("on purpose");
                });

        // When
        for (int number = 0; number < 500; number++) {
            var task = number;
            lanes.submit("call", () -> done.add(task));
        }

        // Then
        Eventually.isTrue("all done", () -> done.size() == 500);
        assertEquals(IntStream.range(0, 500).boxed().toList(), done);
    }

    @Test
    void oneBlockedKeyHoldsNoOtherUp() {
        // Given
        var lanes = new Lanes("test", 10, registry);
        var gate = new CountDownLatch(1);
        lanes.submit("blocked", () -> await(gate));

        // When
        lanes.submit("free", () -> done.add(1));

        // Then
        Eventually.isTrue("the other is done", () -> done.equals(List.of(1)));
        gate.countDown();
    }

    @Test
    void oneTaskMoreThanThereIsRoomForIsRefused() {
        // Given
        var lanes = new Lanes("test", 1, registry);
        var gate = new CountDownLatch(1);
        assertTrue(lanes.submit("one", () -> await(gate)));

        // When
        var taken = lanes.submit("two", () -> done.add(2));

        // Then
        assertFalse(taken);
        gate.countDown();
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
