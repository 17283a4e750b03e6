// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.bench;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.panacall.acd.core.Acd;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.nats.KeptForm;

/** How long the core takes to decide, and what it keeps, as the tenant grows. */
final class Decisions {

    private static final int SWEEPS = 10;
    private static final double KILO = 1_000;

    private final PrintStream out;
    private final int commands;
    private final Map<BusyTenant.Size, Map<String, Latencies>> byKind = new LinkedHashMap<>();
    private final Map<BusyTenant.Size, Map<String, Latencies>> sweeps = new LinkedHashMap<>();
    private final Map<BusyTenant.Size, CoreAlone.Loss> losses = new LinkedHashMap<>();

    /**
     * @param commands that are measured of each size, after as many that are not
     */
    Decisions(PrintStream out, int commands) {
        this.out = out;
        this.commands = commands;
    }

    /** A row for each size, then what its rows are made of. */
    void run(List<BusyTenant.Size> sizes) {
        // So that the first row does not pay for the compiler.
        var warm = new CoreAlone(new BusyTenant(new BusyTenant.Size(200, 40, 400), 1));
        warm.fill();
        warm.run(commands);
        head();
        sizes.forEach(this::row);
        kinds();
        sweeps();
        losses();
    }

    private void losses() {
        out.printf(
                "%nA sip-ingress that held all calls is lost, in one turn"
                        + " (a message, ≤ 8 MB):%n%n");
        out.println("| tenant | ms | MB |\n|---|---|---|");
        losses.forEach(
                (size, loss) ->
                        out.printf(
                                Locale.ROOT,
                                "| %s | %.0f | %.1f |%n",
                                size,
                                loss.nanos() / KILO / KILO,
                                loss.bytes() / KILO / KILO));
    }

    private void head() {
        out.printf("%n### Decisions of the core%n%n");
        out.println(
                "| tenant | commands a CPU-second | mean µs | p50 | p99 | p99.9 | longest ms"
                        + " | collections meanwhile | heap a call, all included |");
        out.println("|---|---|---|---|---|---|---|---|---|");
        out.println("| *goal* | ≥ 100,000 | | | ≤ 1,000; the largest ≤ 5,000 | | | | |");
    }

    private void row(BusyTenant.Size size) {
        var core = new CoreAlone(new BusyTenant(size, 1));
        core.fill();
        core.run(commands);
        var heap = heap(size, core.acd().kept());
        var all = new Latencies();
        var collections = Heap.collections();
        var millis = Heap.collectionMillis();
        var cpu = Heap.threadNanos();
        byKind.put(size, core.measure(commands, all));
        cpu = Heap.threadNanos() - cpu;
        var times = all.micros(0.5, 0.99, 0.999);
        out.printf(
                Locale.ROOT,
                "| %s | %,.0f | %.1f | %.1f | **%.1f** | %.1f | %.1f | %d in %d ms | %s |%n",
                size,
                commands * 1e9 / cpu,
                all.meanMicros(),
                times[0],
                times[1],
                times[2],
                all.longestMicros() / KILO,
                Heap.collections() - collections,
                Heap.collectionMillis() - millis,
                heap);
        sweeps.put(size, sweep(core));
        losses.put(size, core.loseAll());
        out.flush();
    }

    /** Of all there is, shared out among the calls. */
    private static String heap(BusyTenant.Size size, Acd.Kept kept) {
        var all = Heap.of(size, KeptForm.write(kept));
        return "%.2f kB".formatted(all / KILO / kept.calls().size());
    }

    private static Map<String, Latencies> sweep(CoreAlone core) {
        var found = new TreeMap<String, Latencies>();
        var tenant = core.tenant();
        found.put("all registrations read", core.sweep(SWEEPS, tenant::everybodyRegisters));
        found.put("all calls listed", core.sweep(SWEEPS, tenant::everythingSeen));
        found.put(
                "configuration changed",
                core.sweep(SWEEPS, () -> new AcdCommand.ConfigureTenant(tenant.plan())));
        var held = new Latencies();
        for (int i = 0; i < SWEEPS; i++) {
            held.add(CoreAlone.timed(core.acd()::kept));
        }
        found.put("snapshot held", held);
        return found;
    }

    private void kinds() {
        out.printf("%np50 / p99 in µs by command:%n%n");
        table(
                byKind,
                times -> "%.1f / %.1f".formatted(times.micros(0.5)[0], times.micros(0.99)[0]));
    }

    private void sweeps() {
        out.printf("%nWhat is asked of all at once, median / longest in ms:%n%n");
        table(
                sweeps,
                times ->
                        "%.1f / %.1f"
                                .formatted(
                                        times.micros(0.5)[0] / KILO, times.longestMicros() / KILO));
    }

    private void table(
            Map<BusyTenant.Size, Map<String, Latencies>> cells, Function<Latencies, String> cell) {
        out.print("| |");
        cells.keySet().forEach(size -> out.printf(" %s |", size));
        out.printf("%n|---|%s%n", "---|".repeat(cells.size()));
        var first = cells.values().iterator().next();
        for (var name : first.keySet()) {
            out.printf("| %s |", name);
            cells.values().forEach(times -> out.printf(" %s |", cell.apply(times.get(name))));
            out.println();
        }
    }
}
