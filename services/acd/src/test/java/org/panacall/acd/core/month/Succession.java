// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.month;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.panacall.acd.core.Acd;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.id.CountedIds;
import org.panacall.acd.core.plan.Limits;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.nats.AcdCodec;
import org.panacall.acd.nats.KeptForm;
import org.panacall.engine.Turn;

/**
 * A tenant's leaders, one after the other, and a follower who knows nothing but the journal from
 * its first turn on: what he knows is what a replay of all of it would give.
 */
final class Succession {

    private static final int SNAPSHOT_EVERY = 2_000;

    private final CountedIds ids = new CountedIds();
    private final Acd follower;
    private final CRC32 digest = new CRC32();

    /** Turns since the snapshot, as a journal has them. */
    private final List<byte[]> tail = new ArrayList<>();

    private TenantPlan plan;
    private Acd leader;
    private byte[] snapshot;
    private long epoch = 1;
    private long events;

    Succession(TenantPlan plan) {
        this.plan = plan;
        leader = core();
        follower = core();
        snapshot = KeptForm.write(leader.kept());
    }

    Acd leader() {
        return leader;
    }

    int restarts() {
        return (int) epoch - 1;
    }

    long events() {
        return events;
    }

    /** Of everything that has been journaled: the same for the same history. */
    long digest() {
        return digest.getValue();
    }

    /** Leaders who begin from now on work by another plan. */
    void plan(TenantPlan next) {
        plan = next;
    }

    /** Journals a turn. */
    void keep(List<AcdEvent> turn) {
        if (turn.isEmpty()) {
            return;
        }
        var codec = new AcdCodec("clinic", epoch);
        var kept = new Turn<>(turn.getFirst().stamp().at(), turn);
        var bytes = codec.encode(kept);
        codec.decode(bytes).events().forEach(follower::apply);
        events += turn.size();
        digest.update(bytes);
        tail.add(bytes);
        if (tail.size() >= SNAPSHOT_EVERY) {
            snapshot = KeptForm.write(leader.kept());
            tail.clear();
        }
    }

    /** The leader dies; the next one reads the snapshot and the turns after it. */
    void restart() {
        var lived = leader.fingerprint();
        assertEquals(lived, follower.fingerprint(), "replay of all differs from what was lived");
        epoch++;
        leader = core();
        leader.restore(KeptForm.read(snapshot));
        var codec = new AcdCodec("clinic", epoch);
        tail.forEach(turn -> codec.decode(turn).events().forEach(leader::apply));
        assertEquals(lived, leader.fingerprint(), "snapshot and tail differ from what was lived");
    }

    private Acd core() {
        return new Acd(plan, Limits.usual(), ids, new Acd.Leadership(epoch, "acd-" + epoch));
    }
}
