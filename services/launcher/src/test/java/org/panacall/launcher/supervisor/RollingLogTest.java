// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs keep what is newest and stay within their bound. */
class RollingLogTest {

    @TempDir Path directory;

    @Test
    void threeFilesAreKeptAndTheOldestGoes() throws IOException {
        // Given
        var file = directory.resolve("acd.log");

        // When
        try (var log = new RollingLog(file, 10)) {
            for (var line : "aaaaaaaa bbbbbbbb cccccccc dddddddd".split(" ")) {
                log.write(line.getBytes(StandardCharsets.US_ASCII), line.length());
            }
        }

        // Then
        assertEquals("dddddddd", Files.readString(file));
        assertEquals("cccccccc", Files.readString(directory.resolve("acd.log.1")));
        assertEquals("bbbbbbbb", Files.readString(directory.resolve("acd.log.2")));
        assertFalse(Files.exists(directory.resolve("acd.log.3")));
    }

    @Test
    void aNewWriterGoesOnWhereTheLastOneStopped() throws IOException {
        // Given
        var file = directory.resolve("acd.log");
        try (var log = new RollingLog(file, 100)) {
            log.write("first ".getBytes(StandardCharsets.US_ASCII), 6);
        }

        // When
        try (var log = new RollingLog(file, 100)) {
            log.write("second".getBytes(StandardCharsets.US_ASCII), 6);
        }

        // Then
        assertEquals("first second", Files.readString(file));
    }
}
