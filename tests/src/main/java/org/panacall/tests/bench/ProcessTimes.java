// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.bench;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.panacall.launcher.Platform;

/**
 * CPU time that each process of a platform has had, its children included, and what of all that
 * went into the JVMs' compilers, in milliseconds.
 */
public record ProcessTimes(Map<String, Long> millis, long compilers) {

    /** USER_HZ, the same on every Linux that we run on. */
    private static final long MILLIS_A_TICK = 10;

    private static final int USER_TICKS = 11;
    private static final int LAST_TICKS = 14;

    public static ProcessTimes of(Platform platform) {
        var millis = new LinkedHashMap<String, Long>();
        long compilers = 0;
        for (var status : platform.status()) {
            millis.put(status.name(), ofTree(status.identity().pid()));
            compilers += compilers(status.identity().pid());
        }
        return new ProcessTimes(millis, compilers);
    }

    /** Of one process with its living children, and the dead ones that they collected. */
    public static long ofTree(long pid) {
        return ProcessHandle.of(pid)
                .map(
                        root ->
                                Stream.concat(Stream.of(root), root.descendants())
                                        .mapToLong(process -> own(process.pid()))
                                        .sum())
                .orElse(0L);
    }

    public ProcessTimes since(ProcessTimes before) {
        var spent = new LinkedHashMap<String, Long>();
        millis.forEach((name, now) -> spent.put(name, now - before.millis.getOrDefault(name, 0L)));
        return new ProcessTimes(spent, compilers - before.compilers);
    }

    public long total() {
        return millis.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Of one process, in milliseconds. */
    public static long own(long pid) {
        return millis(Path.of("/proc/" + pid));
    }

    private static long compilers(long pid) {
        long sum = 0;
        try (var threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (var thread : threads) {
                // As HotSpot calls them: "C1 CompilerThre", "C2 CompilerThre".
                if (Files.readString(thread.resolve("comm")).matches("(?s)C[12] Compiler.*")) {
                    sum += millis(thread);
                }
            }
        } catch (IOException | DirectoryIteratorException ended) {
            return sum;
        }
        return sum;
    }

    private static long millis(Path process) {
        try {
            var stat = Files.readString(process.resolve("stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = 0;
            for (int i = USER_TICKS; i <= LAST_TICKS; i++) {
                ticks += Long.parseLong(fields[i]);
            }
            return ticks * MILLIS_A_TICK;
        } catch (IOException ended) {
            return 0;
        }
    }
}
