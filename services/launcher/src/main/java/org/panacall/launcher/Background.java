// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.panacall.launcher.plan.Passable;
import org.panacall.launcher.plan.PlatformSettings;
import org.panacall.launcher.supervisor.ChildStatus.Phase;
import org.panacall.launcher.supervisor.Supervisor;

/** Runs the launcher as a process of its own, in the background, and ends it. */
final class Background {

    private static final long LOOK_EVERY_MS = 100;
    private static final long END_PATIENCE_SECONDS = 150;

    private final PlatformSettings settings;
    private final LauncherRecord record;
    private final PrintStream out;

    Background(PlatformSettings settings, PrintStream out) {
        this.settings = settings;
        this.record = new LauncherRecord(settings.runDirectory());
        this.out = out;
    }

    /** Returns when the platform is ready, or with 1 when it could not start. */
    int start() throws IOException, InterruptedException {
        if (record.living().isPresent()) {
            throw new StartRefusal("runs already: see `make status`, end it by `make down`");
        }
        var log = settings.runDirectory().resolve("log/launcher.log");
        Passable.create(settings.runDirectory());
        Files.createDirectories(log.getParent());
        Files.deleteIfExists(log);
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classPath = System.getProperty("java.class.path");
        var command =
                List.of(
                        "setsid",
                        java,
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-ea",
                        "-cp",
                        classPath,
                        Launcher.class.getName(),
                        "run");
        var process =
                new ProcessBuilder(command)
                        .redirectInput(new File("/dev/null"))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try (var printed = new RandomAccessFile(log.toFile(), "r")) {
            while (!isReady(process.pid())) {
                boolean ended = process.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
                copy(printed);
                if (ended) {
                    return 1;
                }
            }
            copy(printed);
        }
        return 0;
    }

    /** Returns when nothing of the platform runs any more. */
    int stop() throws IOException {
        var living = record.living();
        if (living.isEmpty()) {
            Supervisor.killRemains(settings.runDirectory());
            out.println("Nothing runs in " + settings.runDirectory() + ".");
            return 0;
        }
        var launcher = living.get().identity();
        ProcessHandle.of(launcher.pid()).ifPresent(ProcessHandle::destroy);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_PATIENCE_SECONDS);
        while (launcher.isAlive()) {
            if (System.nanoTime() > deadline) {
                ProcessHandle.of(launcher.pid()).ifPresent(ProcessHandle::destroyForcibly);
                out.println("The launcher did not end in time and was killed.");
                break;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MS));
        }
        Supervisor.killRemains(settings.runDirectory());
        out.println("Stopped.");
        return 0;
    }

    private boolean isReady(long pid) throws IOException {
        return record.living()
                .filter(status -> status.identity().pid() == pid && status.phase() == Phase.READY)
                .isPresent();
    }

    private void copy(RandomAccessFile printed) throws IOException {
        var fresh = new byte[(int) (printed.length() - printed.getFilePointer())];
        printed.readFully(fresh);
        out.write(fresh);
        out.flush();
    }
}
