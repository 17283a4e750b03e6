// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panacall.simkit.Dice;
import org.panacall.simkit.Seeds;

/** Floods by seed on a platform of known capacity. */
class AdmissionSimulation {

    private static final Duration WHILE = Duration.ofSeconds(20);
    private static final Duration RECOVERY = Duration.ofSeconds(10);

    @Test
    void nobodyIsRefusedWhileThereIsCapacity() {
        Seeds.run(
                seed -> {
                    var platform = new BusyPlatform(new Dice(seed));
                    assertEquals(0, platform.ring(0.5, Duration.ofMinutes(2)).refused());
                    assertEquals(0, platform.ring(0.7, Duration.ofMinutes(2)).refused());
                });
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.0, 1.25, 2, 5, 10})
    void aFloodLeavesNineTenthsOfTheCapacityToCallsThatEndWell(double load) {
        Seeds.run(
                seed -> {
                    var platform = new BusyPlatform(new Dice(seed));
                    platform.ring(0.5, WHILE);
                    platform.ring(load, Duration.ofSeconds(5));
                    var flood = platform.ring(load, WHILE);
                    var told = load + " times: " + flood + ", window " + platform.window();
                    assertTrue(flood.goodput() >= 0.9, told);
                    assertTrue(flood.longestWait().compareTo(Duration.ofSeconds(2)) < 0, told);
                });
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.25, 10})
    void tenSecondsAfterAFloodAllIsNormal(double load) {
        Seeds.run(
                seed -> {
                    var platform = new BusyPlatform(new Dice(seed));
                    platform.ring(load, WHILE);
                    platform.ring(0.7, RECOVERY);
                    var after = platform.ring(0.7, WHILE);
                    assertEquals(0, after.refused());
                    assertTrue(
                            after.longestWait().compareTo(Duration.ofMillis(500)) < 0,
                            after.toString());
                });
    }
}
