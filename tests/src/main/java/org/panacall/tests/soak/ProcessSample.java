// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.panacall.launcher.supervisor.ChildStatus;
import org.panacall.launcher.supervisor.ProcessTable;
import org.panacall.tests.watch.Metrics;

/**
 * What one process, its children included, holds at a moment.
 *
 * @param rssBytes memory, pages shared with others counted whole
 * @param pssBytes memory, pages shared counted in parts
 * @param heapBytes used on the Java heap, garbage included; 0 for what is not Java
 */
record ProcessSample(
        String name,
        int processes,
        long rssBytes,
        long pssBytes,
        long heapBytes,
        int descriptors,
        int threads,
        int restarts) {

    static ProcessSample of(ChildStatus status) {
        long pid = status.identity().pid();
        var tree = tree(pid);
        return new ProcessSample(
                status.name(),
                tree.size(),
                tree.stream().mapToLong(one -> kilobytes(one, "VmRSS:") * 1024).sum(),
                ProcessTable.treeMemory(pid),
                (long) Metrics.of(status).sum("jvm_memory_used_bytes", "area=\"heap\"").orElse(0),
                tree.stream().mapToInt(ProcessSample::descriptors).sum(),
                tree.stream().mapToInt(one -> (int) kilobytes(one, "Threads:")).sum(),
                status.restarts());
    }

    static String csvHead() {
        return "second,name,processes,rss,pss,heap,descriptors,threads,restarts";
    }

    String csv(long second) {
        return Stream.of(
                        second,
                        name,
                        processes,
                        rssBytes,
                        pssBytes,
                        heapBytes,
                        descriptors,
                        threads,
                        restarts)
                .map(Object::toString)
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
    }

    private static List<Long> tree(long pid) {
        return ProcessHandle.of(pid)
                .map(root -> Stream.concat(Stream.of(root), root.descendants()))
                .orElse(Stream.of())
                .map(ProcessHandle::pid)
                .toList();
    }

    /** A number of /proc/PID/status; those of memory are in kB. */
    private static long kilobytes(long pid, String field) {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException ended) {
            return 0;
        }
    }

    private static int descriptors(long pid) {
        int open = 0;
        try (var files = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (var _ : files) {
                open++;
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException ended) {
            return open;
        }
        return open;
    }
}
