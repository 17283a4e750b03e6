// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.supervisor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.panacall.launcher.plan.ProcessPlan;
import org.panacall.launcher.supervisor.ChildStatus.Phase;

/**
 * Keeps processes alive: starts them in the order of their needs, watches their health, starts the
 * dead again, and ends all of them, those first that need others.
 *
 * <p>One thread decides and starts; probes run beside it. Its inbox is bounded by what can be under
 * way: one death and one probe a process, and one wish to stop.
 */
public final class Supervisor implements AutoCloseable {

    private static final long TURN_MS = 50;

    private final Map<String, Child> children = new LinkedHashMap<>();
    private final Map<String, ChildStatus> recorded = new HashMap<>();
    private final BlockingQueue<Consumer<Instant>> inbox = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Spawner spawner;
    private final Path stateDirectory;
    private final Consumer<String> news;
    private Thread thread;
    private boolean stopping;

    /** {@code news} hears one line per start, death and readiness, on the supervisor's thread. */
    public Supervisor(Path runDirectory, List<ProcessPlan> plans, Consumer<String> news) {
        this.spawner = new Spawner(runDirectory);
        this.stateDirectory = runDirectory.resolve("state");
        this.news = news;
        plans.forEach(plan -> children.put(plan.name(), new Child(plan)));
    }

    /** Where the output of each process goes, below a run directory. */
    public static Path logFile(Path runDirectory, String name) {
        return new Spawner(runDirectory).logFile(name);
    }

    /** Ends what a launcher that was killed has left running. */
    public static void killRemains(Path runDirectory) {
        new Spawner(runDirectory).killAllRemains();
    }

    public void start() {
        thread = Thread.ofPlatform().name("supervisor").start(this::run);
    }

    public List<ChildStatus> status() {
        return children.values().stream().map(Child::status).toList();
    }

    public boolean isReady() {
        return status().stream().allMatch(status -> status.phase() == Phase.READY);
    }

    /** Ends one process as {@code kill -9} would; it is started again. */
    public void kill(String name) {
        child(name).kill();
    }

    /** Ends one process as {@code kill -9} would; it stays away until {@link #letUp}. */
    public void holdDown(String name) {
        child(name).holdDown(true);
        child(name).kill();
    }

    /** Starts again what was held down. */
    public void letUp(String name) {
        child(name).holdDown(false);
    }

    /** Returns when every process has ended. */
    @Override
    public void close() {
        inbox.add(now -> stopping = true);
        try {
            ended.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Child child(String name) {
        var child = children.get(name);
        if (child == null) {
            throw new IllegalArgumentException("no process is called " + name);
        }
        return child;
    }

    private void run() {
        try {
            while (!stopping || children.values().stream().anyMatch(Child::hasProcess)) {
                var event = inbox.poll(TURN_MS, TimeUnit.MILLISECONDS);
                if (event != null) {
                    event.accept(now());
                }
                turn(now());
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("the supervisor is stopped by close()", interrupted);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            ended.countDown();
        }
    }

    private void turn(Instant now) throws IOException {
        for (var child : children.values()) {
            if (stopping) {
                stopWhenNotNeeded(child, now);
            } else if (child.isDueToStart(now) && needsAreMet(child)) {
                spawn(child, now);
            }
            if (child.isDueToProbe(now)) {
                probe(child);
            }
            record(child.status());
        }
    }

    private boolean needsAreMet(Child child) {
        return child.plan().after().stream().map(children::get).allMatch(Child::wasReady);
    }

    private void stopWhenNotNeeded(Child child, Instant now) throws IOException {
        if (child.hasProcess() && !child.isNeededBy(List.copyOf(children.values()))) {
            child.stop(now);
        }
    }

    private void spawn(Child child, Instant now) {
        try {
            var process = spawner.start(child.plan());
            child.started(process, now);
            process.onExit().thenRun(() -> inbox.add(later -> exited(child, process, later)));
        } catch (IOException cannotStart) {
            child.died(now);
            news.accept(child.plan().name() + " cannot be started: " + cannotStart.getMessage());
        }
    }

    private void exited(Child child, Process process, Instant now) {
        if (!child.isProcess(process)) {
            return;
        }
        spawner.killRemains(child.plan().name());
        if (stopping) {
            child.stopped();
            news.accept(child.plan().name() + " stopped");
        } else {
            child.died(now);
            news.accept(child.plan().name() + " ended with code " + process.exitValue());
        }
    }

    private void probe(Child child) {
        child.probeBegun();
        var process = child.process();
        Thread.ofVirtual()
                .start(
                        () -> {
                            boolean ready = child.plan().readiness().isReady();
                            inbox.add(now -> probed(child, process, ready, now));
                        });
    }

    private void probed(Child child, Process process, boolean ready, Instant now) {
        if (!child.isProcess(process)) {
            return;
        }
        var before = child.status().phase();
        child.probed(ready, now);
        var after = child.status().phase();
        if (before != after) {
            news.accept(child.plan().name() + (ready ? " is ready" : " does not answer well"));
        }
    }

    private void record(ChildStatus status) {
        if (status.equals(recorded.put(status.name(), status))) {
            return;
        }
        try {
            status.write(stateDirectory);
        } catch (IOException noRoom) {
            // A full disk must not end the supervision; only `make status` misses the change.
            news.accept(status.name() + ": its state could not be written: " + noRoom.getMessage());
        }
    }

    /** Time that a change of the wall clock does not touch. */
    private static Instant now() {
        return Instant.EPOCH.plus(Duration.ofNanos(System.nanoTime()));
    }
}
