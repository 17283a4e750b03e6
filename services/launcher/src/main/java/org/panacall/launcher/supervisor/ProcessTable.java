// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.supervisor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the kernel says of processes, under {@code /proc}. Those that end meanwhile are absent. */
public final class ProcessTable {

    /** Environment variable by which a process and its children are known to be ours. */
    static final String MARK = "PANACALL_SUPERVISED_AS";

    private static final Path PROC = Path.of("/proc");

    /** Fields of {@code stat} after the command's closing bracket; see proc(5). */
    private static final int STATE = 0;

    private static final int START_TIME = 19;
    private static final String ZOMBIE = "Z";

    private ProcessTable() {}

    /**
     * Clock ticks after boot at which a process began: with its pid, its identity. A zombie is none
     * any more; in a container it may stay for good, as nobody collects it.
     */
    public static Optional<String> startTime(long pid) {
        return read(PROC.resolve(Long.toString(pid)).resolve("stat"))
                .map(stat -> stat.substring(stat.lastIndexOf(')') + 2).split(" "))
                .filter(fields -> !fields[STATE].equals(ZOMBIE))
                .map(fields -> fields[START_TIME]);
    }

    /** Living processes that carry a mark which begins so; zombies have no environment left. */
    static List<ProcessHandle> marked(String markBegin) {
        var wanted = MARK + "=" + markBegin;
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> carries(process.pid(), wanted))
                .toList();
    }

    /** Memory of a process with all its children, as {@link #ownMemory} counts it. */
    public static long treeMemory(long pid) {
        return ProcessHandle.of(pid)
                .map(
                        process ->
                                Stream.concat(Stream.of(process), process.descendants())
                                        .mapToLong(one -> ownMemory(one.pid()))
                                        .sum())
                .orElse(0L);
    }

    /** The command line, arguments parted by blanks. */
    public static Optional<String> commandLine(long pid) {
        return read(PROC.resolve(Long.toString(pid)).resolve("cmdline"))
                .map(line -> line.replace('\0', ' ').strip());
    }

    /** Who holds a socket with one of these inodes, as far as we may look. */
    public static List<ProcessHandle> holders(List<String> inodes) {
        var links = inodes.stream().map(inode -> "socket:[" + inode + "]").toList();
        return ProcessHandle.allProcesses().filter(one -> holds(one.pid(), links)).toList();
    }

    private static boolean carries(long pid, String wanted) {
        return read(PROC.resolve(Long.toString(pid)).resolve("environ"))
                .map(environment -> ("\0" + environment).contains("\0" + wanted))
                .orElse(false);
    }

    private static boolean holds(long pid, List<String> links) {
        var open = new ArrayList<String>();
        try (var descriptors =
                Files.newDirectoryStream(PROC.resolve(Long.toString(pid)).resolve("fd"))) {
            for (var descriptor : descriptors) {
                open.add(Files.readSymbolicLink(descriptor).toString());
            }
        } catch (IOException endedOrForbidden) {
            // What could be read until now still counts.
            return open.stream().anyMatch(links::contains);
        }
        return open.stream().anyMatch(links::contains);
    }

    /** Memory of one process in bytes; pages shared are counted in parts. */
    public static long ownMemory(long pid) {
        return read(PROC.resolve(Long.toString(pid)).resolve("smaps_rollup"))
                .flatMap(text -> text.lines().filter(line -> line.startsWith("Pss:")).findFirst())
                .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .orElse(0L);
    }

    private static Optional<String> read(Path file) {
        try {
            var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        } catch (IOException endedOrForbidden) {
            return Optional.empty();
        }
    }
}
