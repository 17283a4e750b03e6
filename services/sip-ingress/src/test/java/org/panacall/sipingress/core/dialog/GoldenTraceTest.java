// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What goes on the wire, in order: every trace in tests/sip is played on virtual time. */
class GoldenTraceTest {

    private static final Path TRACES = Path.of("../../tests/sip");

    @TestFactory
    Stream<DynamicTest> everyTraceIsPlayedAsItIsWritten() throws IOException {
        return traces().stream()
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        file.getFileName().toString(),
                                        () -> new TraceRun().play(TraceLine.read(file))));
    }

    @Test
    void theTracesAreThere() throws IOException {
        assertFalse(traces().isEmpty());
    }

    private static List<Path> traces() throws IOException {
        try (var files = Files.list(TRACES)) {
            return files.filter(file -> file.toString().endsWith(".sip")).sorted().toList();
        }
    }
}
