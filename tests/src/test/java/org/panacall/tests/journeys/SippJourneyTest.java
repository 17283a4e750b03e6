// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panacall.tests.demo.Clinic;

/** Many calls at once by a SIP peer that is not ours: sipp on the carrier's side. */
@ExtendWith(ClinicExtension.class)
class SippJourneyTest {

    private static final Duration CLEAN = Duration.ofSeconds(5);
    private static final Path SCENARIO = Path.of("sipp", "uac-answered-then-bye.xml");

    private record Load(int calls, int callsPerSecond) {}

    /** To the echo test, straight into a queue where nobody serves, and through the menu. */
    @ParameterizedTest
    @ValueSource(strings = {Clinic.ECHO_NUMBER, "74950000101", Clinic.MAIN_NUMBER})
    void sixtyCallsAreAllAnsweredAndLeaveNothingBehind(
            String number, Clinic clinic, @TempDir Path directory) throws Exception {
        // When
        int exit = sipp(clinic, directory, number, new Load(60, 12));
        // Then
        assertEquals(0, exit, () -> errors(directory));
        assertTrue(
                clinic.await("/calls", calls -> calls.path("items").isEmpty(), CLEAN).isPresent());
    }

    @Test
    void everyOneOfThemHasItsRecord(Clinic clinic, @TempDir Path directory) throws Exception {
        // Given
        var before = Instant.now();
        // When
        sipp(clinic, directory, "74950000101", new Load(30, 30));
        // Then: each record has its caller's leg, and both have an end.
        var path = "/reports/calls?limit=100&queue=registry&from=" + before;
        var found = clinic.await(path, page -> page.findValues("endReason").size() >= 60, CLEAN);
        assertTrue(found.isPresent(), () -> clinic.get(path).path("items").size() + " records");
        assertEquals(30, found.orElseThrow().path("items").size());
        for (var record : found.orElseThrow().path("items")) {
            var reason = record.path("endReason").path("reason").asText();
            assertEquals("caller-hung-up", reason, record::toString);
        }
    }

    private static int sipp(Clinic clinic, Path directory, String number, Load load)
            throws IOException, InterruptedException {
        var command =
                new ProcessBuilder(
                        "sipp",
                        "127.0.0.1:" + clinic.edge().getPort(),
                        "-sf",
                        SCENARIO.toAbsolutePath().toString(),
                        "-s",
                        number,
                        "-i",
                        "127.0.0.2",
                        "-mi",
                        "127.0.0.2",
                        "-m",
                        "" + load.calls,
                        "-r",
                        "" + load.callsPerSecond,
                        "-timeout",
                        "60",
                        "-timeout_error",
                        "-nostdin",
                        "-trace_err",
                        "-error_file",
                        directory.resolve("errors").toString());
        var process =
                command.directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("screen").toFile())
                        .start();
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return -1;
        }
        return process.exitValue();
    }

    private static String errors(Path directory) {
        try {
            var file = directory.resolve("errors");
            return Files.readString(Files.exists(file) ? file : directory.resolve("screen"));
        } catch (IOException gone) {
            return gone.toString();
        }
    }
}
