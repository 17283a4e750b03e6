// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.topology;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A program that is run to its end; what it printed is in the exception when it fails. */
final class Execution {

    private Execution() {}

    static void of(List<String> command, Path directory, Map<String, String> environment)
            throws IOException {
        fed(InputStream.nullInputStream(), command, directory, environment);
    }

    static void fed(
            InputStream input,
            List<String> command,
            Path directory,
            Map<String, String> environment)
            throws IOException {
        var printed = Files.createTempFile("panacall-", ".log");
        try {
            var builder = new ProcessBuilder(command).directory(directory.toFile());
            builder.environment().putAll(environment);
            builder.redirectErrorStream(true).redirectOutput(printed.toFile());
            var process = builder.start();
            try (var stdin = process.getOutputStream()) {
                input.transferTo(stdin);
            }
            int code = process.onExit().join().exitValue();
            if (code != 0) {
                throw new IOException(
                        "%s ended with code %d: %s"
                                .formatted(command.getFirst(), code, Files.readString(printed)));
            }
        } finally {
            Files.delete(printed);
        }
    }
}
