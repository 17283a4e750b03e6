// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.panacall.launcher.Platform;

/** A small flood on a platform of its own: whatever its speed, nobody is left without an answer. */
class FloodTest {

    private static final int AGENTS = 40;
    private static final int TALKS = 3;
    private static final int TRIES_MAX = 15;

    private static Platform platform() throws IOException {
        var run = Path.of("target/flood-run").toAbsolutePath();
        return CallsBench.start(
                Map.of(
                        "PANACALL_HOME",
                        "..",
                        "PANACALL_RUN_DIRECTORY",
                        run.toString(),
                        "PANACALL_SEED_FILE",
                        run.resolve("seed/bench.yaml").toString()),
                AGENTS);
    }

    @Test
    @Timeout(300)
    void everyInviteOfAFloodIsAnsweredAndEveryCallEndsByItsBye() throws IOException {
        try (var platform = platform();
                var load =
                        new CallLoad(
                                platform.ports().sip(),
                                BenchClinic.NUMBER,
                                new CallLoad.Lengths(CallsBench.PROMPT, Duration.ofSeconds(1)),
                                false)) {
            // Given
            load.register(AGENTS);
            assertEquals(0, load.atRate(2, new CallLoad.Window(0, 3), () -> 0).failed());
            load.hold(TALKS);

            // When
            var flood = load.atRate(150, new CallLoad.Window(0, 4), () -> 0);

            // Then
            assertEquals(600, flood.started);
            assertTrue(
                    Set.of("503").containsAll(flood.failures.keySet()), flood.failures::toString);
            assertTrue(servesAgain(load), "no good calls after the flood");
            assertEquals(0, load.release(), "talks were lost");
        }
    }

    private static boolean servesAgain(CallLoad load) throws IOException {
        for (int i = 0; i < TRIES_MAX; i++) {
            if (load.atRate(2, new CallLoad.Window(0, 3), () -> 0).failed() == 0) return true;
        }
        return false;
    }
}
