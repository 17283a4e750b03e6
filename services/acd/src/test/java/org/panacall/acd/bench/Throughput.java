// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.bench;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.panacall.acd.nats.AcdCodec;
import org.panacall.engine.nats.JetStreamJournal;
import org.panacall.engine.nats.NatsLink;
import org.panacall.engine.nats.StreamSettings;
import org.panacall.engine.snapshot.Snapshots;

/** Commands a second: the core alone, in its engine, and journaled to a real nats-server. */
final class Throughput {

    private static final String TENANT = "throughput";

    private final PrintStream out;
    private final BusyTenant.Size size;
    private final int commands;

    Throughput(PrintStream out, BusyTenant.Size size, int commands) {
        this.out = out;
        this.size = size;
        this.commands = commands;
    }

    void run(NatsLink link) {
        out.printf("%n### Throughput, %s%n%n", size);
        out.println(
                "| | commands under way | commands/s | goal | commands a CPU-second"
                        + " | commands a turn | answered after ms, p50 / p99 |");
        out.println("|---|---|---|---|---|---|---|");
        alone();
        engine("engine, turns written and forgotten", CountingJournal.forgetting(TENANT), 1_000);
        var journal =
                new CountingJournal(
                        new JetStreamJournal<>(
                                link, StreamSettings.of("acd"), TENANT, new AcdCodec(TENANT, 1)));
        engine("engine, journal on JetStream", journal, 1, 16, 256, 1_000);
    }

    private void alone() {
        var core = new CoreAlone(new BusyTenant(size, 1));
        core.fill();
        core.run(commands);
        var spent = Heap.threadNanos();
        var wall = CoreAlone.timed(() -> core.run(commands));
        spent = Heap.threadNanos() - spent;
        out.printf(
                Locale.ROOT,
                "| core alone, in memory | | %,.0f | ≥ 100,000 | %,.0f | | |%n",
                commands * 1e9 / wall,
                commands * 1e9 / spent);
        out.flush();
    }

    private void engine(String name, CountingJournal journal, int... windows) {
        var tenant = new BusyTenant(size, 1);
        var plan = tenant.plan();
        try (var run =
                new EngineRun(tenant, () -> Cores.empty(plan, 1), journal, Snapshots.none())) {
            run.fill();
            for (var window : windows) {
                row(name, run, journal, window);
            }
        }
    }

    private void row(String name, EngineRun run, CountingJournal journal, int window) {
        var some = Math.min(commands, window == 1 ? commands / 20 : commands);
        run.run(some, window);
        var turns = journal.turns();
        var cpu = processNanos();
        var begun = System.nanoTime();
        var answers = run.run(some, window);
        var wall = System.nanoTime() - begun;
        cpu = processNanos() - cpu;
        var times = answers.micros(0.5, 0.99);
        out.printf(
                Locale.ROOT,
                "| %s | %,d | **%,.0f** | %s | %,.0f | %.1f | %.1f / %.1f |%n",
                name,
                window,
                some * 1e9 / wall,
                name.contains("JetStream") ? "≥ 5,000" : "",
                some * 1e9 / cpu,
                (double) some / Math.max(1, journal.turns() - turns),
                times[0] / 1_000,
                times[1] / 1_000);
        out.flush();
    }

    /** CPU of this process, the load's own included. */
    private static long processNanos() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return ((com.sun.management.OperatingSystemMXBean) system).getProcessCpuTime();
    }
}
