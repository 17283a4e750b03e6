// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.panacall.launcher.Platform;
import org.panacall.tests.watch.Metrics;

/** What Java processes still hold after a full collection, asked for by jcmd. */
final class Heaps {

    private static final long PATIENCE_SECONDS = 20;

    private Heaps() {}

    /** By process, in bytes; those that do not answer are left out. */
    static Map<String, Long> afterCollection(Platform platform) {
        var used = new LinkedHashMap<String, Long>();
        for (var status : platform.status()) {
            if (collect(status.identity().pid(), Metrics.of(status))) {
                Metrics.of(status)
                        .sum("jvm_memory_used_bytes", "area=\"heap\"")
                        .ifPresent(bytes -> used.put(status.name(), (long) bytes));
            }
        }
        return used;
    }

    private static boolean collect(long pid, Metrics metrics) {
        if (metrics.sum("jvm_memory_used_bytes").orElse(0) == 0) {
            return false;
        }
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var command = new ProcessBuilder(jcmd, Long.toString(pid), "GC.run");
        command.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        command.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            var process = command.start();
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noJcmd) {
            return false;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
