// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.bench;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import org.panacall.acd.core.Acd;
import org.panacall.acd.nats.KeptForm;

/** What this machine holds and spends: heap, its collector's pauses, CPU. */
final class Heap {

    private Heap() {}

    /** Bytes that are reachable. */
    static long retained() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Bytes of a core that was restored so, with its tenant's configuration. */
    static long of(BusyTenant.Size size, byte[] kept) {
        // What a first one leaves behind in caches, or drives out of them, is not the core's.
        restored(size, kept);
        var before = retained();
        var acd = restored(size, kept);
        var after = retained();
        // Neither the core nor the bytes may be collected before that.
        Reference.reachabilityFence(acd);
        Reference.reachabilityFence(kept);
        return after - before;
    }

    private static Acd restored(BusyTenant.Size size, byte[] kept) {
        var acd = Cores.empty(new BusyTenant(size, 1).plan(), 1);
        acd.restore(KeptForm.read(kept));
        return acd;
    }

    /** CPU of the caller's thread since its start. */
    static long threadNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Milliseconds of all collections since the start. */
    static long collectionMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }
}
