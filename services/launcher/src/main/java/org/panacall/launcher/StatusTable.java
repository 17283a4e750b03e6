// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.panacall.launcher.supervisor.ChildStatus;
import org.panacall.launcher.supervisor.ChildStatus.Phase;
import org.panacall.launcher.supervisor.ProcessTable;

/** What {@code make status} prints: one line a process, and whether all is well. */
final class StatusTable {

    private static final String ROW = "%-14s %8s %9s %9s %8s  %-42s %s%n";
    private static final long MEGABYTE = 1024 * 1024;

    /** What all JVMs of an idle platform may take together. */
    private static final long JVMS_GOAL_MB = 2560;

    private final Path runDirectory;

    StatusTable(Path runDirectory) {
        this.runDirectory = runDirectory;
    }

    /** Returns 0 when every process is ready, else 1. */
    int print(PrintStream out) throws IOException {
        if (new LauncherRecord(runDirectory).living().isEmpty()) {
            out.println(
                    "Nothing runs in " + runDirectory + ". Start it by `make run` or `make up`.");
            return 1;
        }
        boolean allReady = true;
        long memorySum = 0;
        long memoryOfJvms = 0;
        out.printf(ROW, "name", "pid", "health", "restarts", "memory", "ports", "health page");
        for (var status : all()) {
            boolean alive = status.identity().isAlive();
            long memory = alive ? memory(status) : 0;
            var health = alive ? status.phase().title() : Phase.DEAD.title();
            allReady &= alive && status.phase() == Phase.READY;
            memorySum += memory;
            memoryOfJvms += isJvm(status) ? memory : 0;
            out.printf(
                    ROW,
                    status.name(),
                    alive ? status.identity().pid() : "-",
                    health,
                    status.restarts(),
                    memory / MEGABYTE + " MB",
                    status.ports(),
                    status.health());
        }
        out.printf(
                "Memory (proportional set size): %d MB all, %d MB of it JVMs; goal %d MB%n",
                memorySum / MEGABYTE, memoryOfJvms / MEGABYTE, JVMS_GOAL_MB);
        return allReady ? 0 : 1;
    }

    private static boolean isJvm(ChildStatus status) {
        return ProcessTable.commandLine(status.identity().pid())
                .filter(line -> line.split(" ", 2)[0].endsWith("/bin/java"))
                .isPresent();
    }

    /** The launcher's children have lines of their own. */
    private static long memory(ChildStatus status) {
        long pid = status.identity().pid();
        return status.name().equals(LauncherRecord.NAME)
                ? ProcessTable.ownMemory(pid)
                : ProcessTable.treeMemory(pid);
    }

    private List<ChildStatus> all() throws IOException {
        var all = new ArrayList<ChildStatus>();
        var directory = runDirectory.resolve("state");
        try (var files = Files.newDirectoryStream(directory, "*.properties")) {
            for (var file : files) {
                var name = file.getFileName().toString().replaceFirst("\\.properties$", "");
                ChildStatus.read(directory, name).ifPresent(all::add);
            }
        }
        all.sort((one, other) -> one.name().compareTo(other.name()));
        return all;
    }
}
