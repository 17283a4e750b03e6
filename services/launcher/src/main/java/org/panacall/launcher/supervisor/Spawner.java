// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.supervisor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.panacall.launcher.plan.ProcessPlan;

/**
 * Starts processes so that none outlives the launcher: each in a session of its own, where Ctrl-C
 * on the terminal does not reach it before the launcher asks, with a parent-death signal from the
 * kernel, and with a mark by which a later launcher finds what is left.
 *
 * <p>The parent-death signal is tied to the thread that starts the process, so only the
 * supervisor's thread, which lives as long as the launcher, may call {@link #start}.
 */
final class Spawner {

    private static final long LOG_BYTES_MAX = 10L * 1024 * 1024;
    private static final int CHUNK = 8192;

    private final Path runDirectory;

    Spawner(Path runDirectory) {
        this.runDirectory = runDirectory;
    }

    Process start(ProcessPlan plan) throws IOException {
        killRemains(plan.name());
        var invocation = plan.invocation();
        var command = new ArrayList<String>();
        command.add("setsid");
        command.addAll(invocation.asUser());
        // After the change of user, for that clears the parent-death signal.
        var signal = invocation.signals().launcherDied();
        command.addAll(List.of("setpriv", "--pdeathsig", signal, "--"));
        command.addAll(invocation.command());
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(invocation.directory().toFile());
        builder.environment().putAll(invocation.environment());
        builder.environment().put(ProcessTable.MARK, mark(plan.name()));
        var log = logFile(plan.name());
        Files.createDirectories(log.getParent());
        var process = builder.start();
        process.getOutputStream().close();
        Thread.ofPlatform()
                .name("log-" + plan.name())
                .daemon()
                .start(() -> pump(process.getInputStream(), log));
        return process;
    }

    Path logFile(String name) {
        return runDirectory.resolve("log").resolve(name + ".log");
    }

    /** Ends at once what is left of a process: the children of a dead parent, an old copy. */
    void killRemains(String name) {
        ProcessTable.marked(mark(name) + "\0").forEach(ProcessHandle::destroyForcibly);
    }

    /** Ends at once whatever a launcher of this run directory left behind when it was killed. */
    void killAllRemains() {
        ProcessTable.marked(mark("")).forEach(ProcessHandle::destroyForcibly);
    }

    private String mark(String name) {
        return runDirectory + "#" + name;
    }

    private static void pump(InputStream output, Path logFile) {
        var chunk = new byte[CHUNK];
        try (output;
                var log = new RollingLog(logFile, LOG_BYTES_MAX)) {
            for (int length = output.read(chunk); length >= 0; length = output.read(chunk)) {
                log.write(chunk, length);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("reading what a child prints", broken);
        }
    }
}
