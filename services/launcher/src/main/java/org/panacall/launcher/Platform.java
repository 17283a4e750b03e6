// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.panacall.launcher.plan.Passable;
import org.panacall.launcher.plan.PlatformSettings;
import org.panacall.launcher.plan.Ports;
import org.panacall.launcher.plan.ProcessPlan;
import org.panacall.launcher.plan.ProcessPlan.Signals;
import org.panacall.launcher.supervisor.ChildStatus;
import org.panacall.launcher.supervisor.ChildStatus.Phase;
import org.panacall.launcher.supervisor.PortOwners;
import org.panacall.launcher.supervisor.Supervisor;
import org.panacall.launcher.topology.Topology;

/**
 * A running copy of the whole platform on this machine. Tests start a second one beside a running
 * one, with a port offset and a run directory of their own.
 */
public final class Platform implements AutoCloseable {

    private static final Duration START_PATIENCE = Duration.ofMinutes(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    /** Who has died so often, within some seconds, will not come to life by waiting. */
    private static final int DEATHS_MAX = 6;

    private static final int LOG_LINES_SHOWN = 8;

    private final PlatformSettings settings;
    private final FileLock lock;
    private final Supervisor supervisor;
    private final boolean training;

    private Platform(
            PlatformSettings settings, FileLock lock, Supervisor supervisor, boolean training) {
        this.settings = settings;
        this.lock = lock;
        this.supervisor = supervisor;
        this.training = training;
    }

    /** Starts all processes and returns at once; see {@link #awaitReady()}. */
    public static Platform start(PlatformSettings settings, Consumer<String> news)
            throws IOException {
        Passable.create(settings.runDirectory());
        var lock = lock(settings.runDirectory());
        try {
            Supervisor.killRemains(settings.runDirectory());
            ChildStatus.clear(settings.runDirectory().resolve("state"));
            var plans = Topology.prepare(settings);
            checkPrograms(plans);
            checkPorts(plans);
            var supervisor = new Supervisor(settings.runDirectory(), plans, news);
            supervisor.start();
            boolean training =
                    plans.stream().anyMatch(plan -> plan.invocation().signals() == Signals.TRAINED);
            return new Platform(settings, lock, supervisor, training);
        } catch (IOException | RuntimeException failure) {
            lock.channel().close();
            throw failure;
        }
    }

    /** Starts all processes and returns when every one is ready. */
    public static Platform start(PlatformSettings settings) throws IOException {
        var platform = start(settings, line -> {});
        try {
            platform.awaitReady();
            return platform;
        } catch (RuntimeException failure) {
            platform.close();
            throw failure;
        }
    }

    /**
     * Returns when every process is ready; throws when that takes longer than 3 minutes, or sooner
     * when one keeps dying, with the end of its log.
     */
    public void awaitReady() {
        var deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!supervisor.isReady()) {
            if (System.nanoTime() > deadline || status().stream().anyMatch(Platform::isHopeless)) {
                throw new IllegalStateException("The platform does not start:\n" + notReady());
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    /** Whether a process writes a start-up cache when it ends, so that ending takes longer. */
    public boolean isTraining() {
        return training;
    }

    public Ports ports() {
        return settings.ports();
    }

    public List<ChildStatus> status() {
        return supervisor.status();
    }

    /** Ends a process as {@code kill -9} would, by a name of {@link #status}; it comes back. */
    public void kill(String name) {
        supervisor.kill(name);
    }

    /** Kills a process and keeps it away until {@link #letUp}, as an outage would. */
    public void holdDown(String name) {
        supervisor.holdDown(name);
    }

    /** Starts again what was held down. */
    public void letUp(String name) {
        supervisor.letUp(name);
    }

    /** Where all that a process prints goes; older parts have {@code .1} and {@code .2} added. */
    public Path log(String name) {
        return Supervisor.logFile(settings.runDirectory(), name);
    }

    /** Ends all processes and returns when they are gone. */
    @Override
    public void close() throws IOException {
        supervisor.close();
        lock.channel().close();
    }

    private static boolean isHopeless(ChildStatus status) {
        return status.phase() == Phase.DEAD && status.restarts() >= DEATHS_MAX;
    }

    private String notReady() {
        return status().stream()
                .filter(status -> status.phase() != Phase.READY && status.phase() != Phase.WAITING)
                .map(status -> status.name() + " is " + status.phase().title() + logEnd(status))
                .collect(Collectors.joining("\n"));
    }

    private String logEnd(ChildStatus status) {
        var log = log(status.name());
        try (var lines = Files.lines(log)) {
            var last = new ArrayDeque<String>();
            lines.forEach(
                    line -> {
                        last.add(line);
                        if (last.size() > LOG_LINES_SHOWN) {
                            last.remove();
                        }
                    });
            return ", see " + log + "\n    " + String.join("\n    ", last);
        } catch (IOException | UncheckedIOException unreadable) {
            return ", see " + log;
        }
    }

    private static FileLock lock(Path runDirectory) throws IOException {
        var channel =
                FileChannel.open(
                        runDirectory.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            var lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException sameJvm) {
            channel.close();
            throw new StartRefusal("this JVM runs a platform in " + runDirectory, sameJvm);
        }
        channel.close();
        throw new StartRefusal(
                "a platform runs in %s already: see `make status`, end it by `make down`"
                        .formatted(runDirectory));
    }

    private static void checkPrograms(List<ProcessPlan> plans) {
        var missing =
                plans.stream()
                        .flatMap(plan -> plan.invocation().command().stream())
                        .filter(argument -> argument.endsWith("quarkus-run.jar"))
                        .filter(jar -> Files.notExists(Path.of(jar)))
                        .distinct()
                        .toList();
        if (!missing.isEmpty()) {
            throw new StartRefusal(
                    "not built yet, run `make build`: " + String.join(", ", missing));
        }
    }

    private static void checkPorts(List<ProcessPlan> plans) {
        var taken =
                plans.stream()
                        .flatMap(
                                plan ->
                                        plan.ports().stream()
                                                .filter(port -> !port.isFree())
                                                .map(
                                                        port ->
                                                                "  port %s, for %s, is taken by %s"
                                                                        .formatted(
                                                                                port,
                                                                                plan.name(),
                                                                                PortOwners.describe(
                                                                                        port))))
                        .toList();
        if (!taken.isEmpty()) {
            throw new StartRefusal(
                    String.join("\n", taken)
                            + "\nEnd what holds them, or move the whole platform:"
                            + " PANACALL_PORT_OFFSET=100 make run");
        }
    }
}
