// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.supervisor;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.panacall.launcher.plan.ProcessPlan;
import org.panacall.launcher.supervisor.ChildStatus.Identity;
import org.panacall.launcher.supervisor.ChildStatus.Phase;

/**
 * One supervised process through all its lives. Only the supervisor's thread touches it, but for
 * {@link #kill}, {@link #holdDown} and {@link #status}.
 */
final class Child {

    private static final Duration PROBE_STARTING = Duration.ofMillis(250);
    private static final Duration PROBE_READY = Duration.ofSeconds(5);

    private final ProcessPlan plan;
    private final Backoff backoff = new Backoff();
    private Phase phase = Phase.WAITING;
    private Instant startedAt = Instant.MIN;
    private Instant restartAt = Instant.MIN;
    private Instant probeAt = Instant.MIN;
    private Instant killAt = Instant.MAX;
    private boolean probing;
    private boolean wasReady;
    private int restarts;
    private String startTime = "";
    private volatile boolean heldDown;
    private volatile Process process;
    private volatile ChildStatus status;

    Child(ProcessPlan plan) {
        this.plan = plan;
        publish();
    }

    ProcessPlan plan() {
        return plan;
    }

    ChildStatus status() {
        return status;
    }

    /** Whether it has been ready at least once, so that those which need it may start. */
    boolean wasReady() {
        return wasReady;
    }

    boolean isDueToStart(Instant now) {
        return !heldDown
                && (phase == Phase.WAITING || phase == Phase.DEAD && !now.isBefore(restartAt));
    }

    boolean isDueToProbe(Instant now) {
        return hasProcess() && killAt == Instant.MAX && !probing && !now.isBefore(probeAt);
    }

    boolean hasProcess() {
        return process != null;
    }

    boolean isProcess(Process asked) {
        return process == asked;
    }

    Process process() {
        return process;
    }

    void started(Process fresh, Instant now) {
        process = fresh;
        startedAt = now;
        startTime = ProcessTable.startTime(fresh.pid()).orElse("");
        probeAt = now.plus(PROBE_STARTING);
        probing = false;
        enter(Phase.STARTING);
    }

    void probeBegun() {
        probing = true;
    }

    void probed(boolean ready, Instant now) {
        probing = false;
        wasReady |= ready;
        probeAt = now.plus(ready ? PROBE_READY : PROBE_STARTING);
        if (ready) {
            enter(Phase.READY);
        } else if (phase == Phase.READY) {
            enter(Phase.FAILING);
        }
    }

    /** It has died, or could not be started at all, and nobody asked for that. */
    void died(Instant now) {
        process = null;
        restarts++;
        restartAt = backoff.restartAt(startedAt, now);
        enter(Phase.DEAD);
    }

    void stopped() {
        process = null;
        enter(Phase.STOPPED);
    }

    /** Asks the process to end, once; what does not end in time is killed. */
    void stop(Instant now) throws IOException {
        if (killAt != Instant.MAX) {
            if (now.isAfter(killAt)) {
                kill();
            }
            return;
        }
        var signals = plan.invocation().signals();
        killAt = now.plus(signals.patience());
        var signal = signals.stop();
        if (signal.equals("TERM")) {
            // Not Process.destroy, which would also close what its last words come through.
            process.toHandle().destroy();
        } else {
            new ProcessBuilder("kill", "-s", signal, Long.toString(process.pid())).start();
        }
    }

    /** Ends the process and its children at once. Any thread. */
    void kill() {
        var victim = process;
        if (victim != null) {
            var descendants = victim.descendants().toList();
            victim.toHandle().destroyForcibly();
            descendants.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** Whether it stays away once it has died, until it may come back. Any thread. */
    void holdDown(boolean held) {
        heldDown = held;
    }

    boolean isNeededBy(List<Child> others) {
        return others.stream()
                .anyMatch(other -> other.hasProcess() && other.plan.after().contains(plan.name()));
    }

    private void enter(Phase next) {
        phase = next;
        publish();
    }

    private void publish() {
        var current = process;
        var identity = new Identity(plan.name(), current == null ? 0 : current.pid(), startTime);
        var ports = plan.ports().stream().map(Object::toString).collect(Collectors.joining(" "));
        status = new ChildStatus(identity, phase, restarts, ports, plan.readiness().toString());
    }
}
