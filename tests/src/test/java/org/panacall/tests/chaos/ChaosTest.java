// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.panacall.launcher.plan.PlatformSettings;
import org.panacall.launcher.plan.Ports;
import org.panacall.tests.journeys.ClinicExtension;

/** Rounds of {@code make chaos} in small: few calls, judged after seconds. */
@Order(Integer.MAX_VALUE)
@ExtendWith(ClinicExtension.Alone.class)
class ChaosTest {

    /** Away for long enough that sip-ingress rings agents by itself. */
    private static final Round.Lengths SMALL =
            new Round.Lengths(
                    8, Duration.ofSeconds(5), Duration.ofSeconds(25), Duration.ofSeconds(5));

    private static Arena arena;

    @BeforeAll
    static void prepare() {
        var settings =
                PlatformSettings.of(
                        Map.of(
                                "PANACALL_HOME",
                                "..",
                                "PANACALL_PORT_OFFSET",
                                "" + Ports.firstFree().offset(),
                                "PANACALL_REPLICAS",
                                Arena.REPLICAS,
                                "PANACALL_RUN_DIRECTORY",
                                Path.of("target/chaos-run").toAbsolutePath().toString()));
        arena = new Arena(settings, SMALL);
    }

    @AfterAll
    static void end() throws IOException {
        arena.close();
    }

    static Set<Fault> faults() {
        return Expected.faults();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void callsOutliveTheFault(Fault fault) throws IOException {
        // Given, When: the round does both.
        var outcome = arena.round(fault);
        // Then
        var missed = new EnumMap<Claim, String>(Claim.class);
        missed.putAll(outcome.broken());
        missed.keySet().retainAll(Expected.of(fault));
        assertEquals(Map.of(), missed, () -> "and in all: " + outcome.broken());
    }
}
