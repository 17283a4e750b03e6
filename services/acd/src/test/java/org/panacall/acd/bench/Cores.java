// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.bench;

import org.panacall.acd.RandomIds;
import org.panacall.acd.core.Acd;
import org.panacall.acd.core.id.IdSource;
import org.panacall.acd.core.plan.Limits;
import org.panacall.acd.core.plan.TenantPlan;

/** Cores as the service makes them, but for as many calls as a bench likes. */
public final class Cores {

    private static final int CALLS_MAX = 1_000_000;

    private static final IdSource IDS = new RandomIds();

    private Cores() {}

    /** One that nothing has happened to yet. */
    public static Acd empty(TenantPlan plan, long epoch) {
        var usual = Limits.usual();
        var limits = new Limits(CALLS_MAX, usual.rings(), usual.guards(), usual.overflows());
        return new Acd(plan, limits, IDS, new Acd.Leadership(epoch, "acd-" + epoch));
    }
}
