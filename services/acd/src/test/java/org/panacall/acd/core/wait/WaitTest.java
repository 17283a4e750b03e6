// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.wait;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How true forecasts are, on simulated days; `make bench-wait` prints the whole table. */
class WaitTest {

    private static final int DAYS = 30;
    private static final long SEED = 7;

    @ParameterizedTest
    @CsvSource({"5, 0.70", "20, 0.60", "50, 0.45"})
    void theErrorIsAFractionOfThatOfAsterisksFormula(int agents, double most) {
        // Given
        var workload = Workload.single(agents);

        // When
        var trial = new Trial(workload, DAYS, SEED);

        // Then
        assertTrue(trial.ofAsterisk() <= most, () -> "of Asterisk's: " + trial.ofAsterisk());
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 20, 50})
    void whatIsLearntIsAsGoodAsKnowingTheLawsOfTheWorld(int agents) {
        // Given
        var workload = Workload.single(agents);

        // When
        var trial = new Trial(workload, DAYS, SEED);

        // Then
        assertTrue(trial.ofOracle() <= 1.05, () -> "of the oracle's: " + trial.ofOracle());
        var bias = trial.ours().bias() / trial.ours().rootMeanSquare();
        assertTrue(Math.abs(bias) < 0.1, () -> "bias of " + trial.ours().bias() + " s");
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 20, 50})
    void nineOfTenCallersAreAnsweredByTheLikelyTime(int agents) {
        // Given
        var workload = Workload.single(agents);

        // When
        var trial = new Trial(workload, DAYS, SEED);

        // Then
        assertEquals(0.90, trial.coverage(), 0.02);
    }

    @Test
    void agentsOfSeveralQueuesAreCountedForTheCallsThatAreOldest() {
        // Given
        var workload = Workload.shared();

        // When
        var trial = new Trial(workload, DAYS, SEED);

        // Then
        assertTrue(trial.ofAsterisk() <= 0.65, () -> "of Asterisk's: " + trial.ofAsterisk());
        assertTrue(trial.ofOracle() <= 0.5, () -> "of an equal division: " + trial.ofOracle());
        assertEquals(0.90, trial.coverage(), 0.02);
    }

    @Test
    void callersWhoWillBeOvertakenAreToldOfALongerWait() {
        // Given
        var workload = Workload.urgent(20);

        // When
        var trial = new Trial(workload, DAYS, SEED);

        // Then
        assertTrue(trial.ofAsterisk() <= 0.60, () -> "of Asterisk's: " + trial.ofAsterisk());
        assertTrue(trial.ofOracle() <= 1, () -> "of who ignores it: " + trial.ofOracle());
        assertEquals(0.90, trial.coverage(), 0.02);
    }
}
