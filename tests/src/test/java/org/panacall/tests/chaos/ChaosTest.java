// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.panacall.tests.journeys.ArenaExtension;

/** Rounds of {@code make chaos} in small: few calls, judged after seconds. */
@Order(Integer.MAX_VALUE)
@ExtendWith(ArenaExtension.class)
class ChaosTest {

    static Set<Fault> faults() {
        return Expected.faults();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void callsOutliveTheFault(Fault fault, Arena arena) throws IOException {
        // Given, When: the round does both.
        var outcome = arena.round(fault);
        // Then
        var missed = new EnumMap<Claim, String>(Claim.class);
        missed.putAll(outcome.broken());
        missed.keySet().retainAll(Expected.of(fault));
        assertEquals(Map.of(), missed, () -> "and in all: " + outcome.broken());
    }
}
