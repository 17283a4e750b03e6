// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.OptionalLong;
import org.panacall.launcher.Platform;
import org.panacall.launcher.supervisor.ChildStatus;
import org.panacall.launcher.supervisor.ChildStatus.Phase;

/** Does to a process what a fault says, and undoes what does not pass by itself. */
final class Strike {

    private static final Duration READY_WITHIN = Duration.ofMinutes(2);

    private final Platform platform;
    private final String victim;
    private final Fault.Deed deed;
    private final long at;
    private final int restarts;
    private long over;

    /** Strikes at once. */
    Strike(Platform platform, Fault fault, String victim) {
        this.platform = platform;
        this.victim = victim;
        deed = fault.deed();
        restarts = status().restarts();
        at = System.nanoTime();
        over = at;
        switch (deed) {
            case KILL, KILL_IDLE -> platform.kill(victim);
            case HOLD_DOWN -> platform.holdDown(victim);
            case FREEZE -> signal("STOP");
        }
    }

    /** By nanoTime. */
    long at() {
        return at;
    }

    /** When the process was let back, by nanoTime; when it was struck, if that was all. */
    long over() {
        return over;
    }

    /** Lets the process come back. */
    void end() {
        over = System.nanoTime();
        switch (deed) {
            case KILL, KILL_IDLE -> {}
            case HOLD_DOWN -> platform.letUp(victim);
            case FREEZE -> signal("CONT");
        }
    }

    /** Whether the fault lasts until {@link #end}. */
    boolean lasts() {
        return deed == Fault.Deed.HOLD_DOWN || deed == Fault.Deed.FREEZE;
    }

    /** From the fault until the process was ready again; empty when it is not in time. */
    OptionalLong awaitReadyMillis() {
        boolean ready = Pause.await(this::isBack, READY_WITHIN);
        return ready ? OptionalLong.of((System.nanoTime() - at) / 1_000_000) : OptionalLong.empty();
    }

    private boolean isBack() {
        var now = status();
        boolean restarted = deed == Fault.Deed.FREEZE || now.restarts() > restarts;
        return restarted && now.phase() == Phase.READY;
    }

    private ChildStatus status() {
        return platform.status().stream()
                .filter(one -> one.name().equals(victim))
                .findFirst()
                .orElseThrow();
    }

    private void signal(String name) {
        var pid = Long.toString(status().identity().pid());
        try {
            new ProcessBuilder("kill", "-s", name, pid).start().waitFor();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
