// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.panacall.launcher.plan.PlatformSettings;
import org.panacall.launcher.supervisor.ChildStatus.Phase;

/** The commands behind {@code make run}, {@code up}, {@code down}, {@code status}, {@code logs}. */
public final class Launcher {

    private static final long STARTED = System.nanoTime();

    private final PlatformSettings settings;
    private final PrintStream out;

    private Launcher(PlatformSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try {
            var settings = PlatformSettings.of(System.getenv());
            var launcher = new Launcher(settings, System.out);
            System.exit(launcher.execute(arguments.length == 1 ? arguments[0] : ""));
        } catch (StartRefusal | IllegalArgumentException refusal) {
            System.err.println(refusal.getMessage());
            System.exit(1);
        }
    }

    private int execute(String command) throws IOException, InterruptedException {
        return switch (command) {
            case "run" -> run();
            case "up" -> new Background(settings, out).start();
            case "down" -> new Background(settings, out).stop();
            case "status" -> new StatusTable(settings.runDirectory()).print(out);
            case "logs" -> logs();
            default -> throw new StartRefusal("one of: run up down status logs");
        };
    }

    /** Runs the platform until the process is asked to end. */
    private int run() throws IOException, InterruptedException {
        var platform = Platform.start(settings, line -> out.println("  " + line));
        var record = new LauncherRecord(settings.runDirectory());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(platform, record), "end"));
        record.write(Phase.STARTING);
        try {
            platform.awaitReady();
        } catch (IllegalStateException late) {
            System.err.println(late.getMessage());
            return 1;
        }
        record.write(Phase.READY);
        out.println("  all are ready after %.1f s".formatted(secondsRunning()));
        out.println(Welcome.text(settings));
        // Signals end the process; nothing else does.
        new CountDownLatch(1).await();
        return 0;
    }

    private static double secondsRunning() {
        return (System.nanoTime() - STARTED) / 1e9;
    }

    private void end(Platform platform, LauncherRecord record) {
        out.println(
                platform.isTraining()
                        ? "Stopping, and keeping what makes the next start faster: some 20 s."
                        : "Stopping.");
        try {
            platform.close();
            record.write(Phase.STOPPED);
        } catch (IOException failure) {
            System.err.println("stopping: " + failure.getMessage());
        }
    }

    private int logs() throws IOException, InterruptedException {
        var directory = settings.runDirectory().resolve("log");
        if (!Files.isDirectory(directory)) {
            throw new StartRefusal("nothing has run here yet: no " + directory);
        }
        var command = new ArrayList<>(List.of("tail", "-n", "20", "-F"));
        try (var files = Files.newDirectoryStream(directory, "*.log")) {
            files.forEach(file -> command.add(file.toString()));
        }
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
