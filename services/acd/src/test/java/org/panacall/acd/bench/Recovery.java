// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.panacall.acd.core.Acd;
import org.panacall.acd.nats.AcdCodec;
import org.panacall.acd.nats.KeptForm;
import org.panacall.engine.nats.JetStreamJournal;
import org.panacall.engine.nats.KeyValueSnapshots;
import org.panacall.engine.nats.NatsLink;
import org.panacall.engine.nats.StreamSettings;
import org.panacall.engine.snapshot.Snapshots;
import org.panacall.simkit.Eventually;

/**
 * How long a new leader takes until its first turn is over: by the whole journal, and by a snapshot
 * and the turns after it.
 */
final class Recovery {

    private static final String BUCKET = "PANACALL_ACD_SNAPSHOTS";

    /** As the service takes them. */
    private static final int SNAPSHOT_EVERY = 2_000;

    private static final int UNDER_WAY = 16;
    private static final double MEGA = 1e6;

    private final PrintStream out;
    private final NatsLink link;
    private final int commands;

    Recovery(PrintStream out, NatsLink link, int commands) {
        this.out = out;
        this.link = link;
        this.commands = commands;
    }

    void run(List<BusyTenant.Size> sizes) {
        out.printf("%n### Recovery%n%n");
        out.println(
                "| tenant | journal: turns, events | whole journal, until the first turn is over"
                        + " | events/s | snapshot | snapshot and turns after it |");
        out.println("|---|---|---|---|---|---|");
        out.println("| *goal* | | | | | ≤ 3 s from kill to next offer, lease included |");
        for (int i = 0; i < sizes.size(); i++) {
            row("recovery-" + i, sizes.get(i));
        }
    }

    private void row(String shard, BusyTenant.Size size) {
        live(shard, size);
        var plan = new BusyTenant(size, 1).plan();
        var whole = journal(shard, 2);
        var wholeNanos = recover(() -> Cores.empty(plan, 2), whole, Snapshots.none(), size);
        var snapshots = snapshots(shard, 3, size);
        var held = snapshots.newest().orElseThrow().core().kept();
        var tail = journal(shard, 3);
        var tailNanos = recover(() -> Cores.empty(plan, 3), tail, snapshots, size);
        var written = CoreAlone.timed(() -> KeptForm.write(held));
        out.printf(
                Locale.ROOT,
                "| %s | %,d, %,d | %,.0f ms | %,.0f | %.1f MB, written in %,.0f ms"
                        + " | **%,.0f ms**, %,d turns |%n",
                size,
                whole.turns(),
                whole.events(),
                wholeNanos / MEGA,
                whole.events() * 1e9 / wholeNanos,
                KeptForm.write(held).length / MEGA,
                written / MEGA,
                tailNanos / MEGA,
                tail.turns());
        out.flush();
    }

    /** A leader's life, of which journal and snapshots remain. */
    private void live(String shard, BusyTenant.Size size) {
        var tenant = new BusyTenant(size, 1);
        var plan = tenant.plan();
        var snapshots = snapshots(shard, 1, size);
        try (var run =
                new EngineRun(tenant, () -> Cores.empty(plan, 1), journal(shard, 1), snapshots)) {
            run.fill();
            run.run(commands, UNDER_WAY);
            Eventually.isTrue("a snapshot", () -> snapshots(shard, 1, size).newest().isPresent());
        }
    }

    private long recover(
            Supplier<Acd> cores,
            CountingJournal journal,
            Snapshots<Acd> snapshots,
            BusyTenant.Size size) {
        var begun = System.nanoTime();
        try (var run = new EngineRun(new BusyTenant(size, 1), cores, journal, snapshots)) {
            run.awaitTurn();
            return System.nanoTime() - begun;
        }
    }

    private CountingJournal journal(String shard, long epoch) {
        var codec = new AcdCodec(shard, epoch);
        return new CountingJournal(
                new JetStreamJournal<>(link, StreamSettings.of("acd"), shard, codec));
    }

    private Snapshots<Acd> snapshots(String shard, long epoch, BusyTenant.Size size) {
        var plan = new BusyTenant(size, 1).plan();
        var form =
                new KeyValueSnapshots.Form<Acd>(
                        acd -> {
                            var kept = acd.kept();
                            return () -> KeptForm.write(kept);
                        },
                        bytes -> {
                            var acd = Cores.empty(plan, epoch);
                            acd.restore(KeptForm.read(bytes));
                            return acd;
                        });
        return new KeyValueSnapshots<>(link, BUCKET, shard, form, SNAPSHOT_EVERY);
    }
}
