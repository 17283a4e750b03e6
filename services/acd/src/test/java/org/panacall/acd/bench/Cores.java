// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.bench;

import org.panacall.acd.core.Acd;
import org.panacall.acd.core.id.CallbackId;
import org.panacall.acd.core.id.IdSource;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.OfferId;
import org.panacall.acd.core.id.PlayId;
import org.panacall.acd.core.plan.Limits;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.engine.id.Ids;

/** Cores as the service makes them, but for as many calls as a bench likes. */
public final class Cores {

    private static final int CALLS_MAX = 1_000_000;

    private static final IdSource IDS =
            new IdSource() {
                @Override
                public OfferId offer() {
                    return new OfferId(Ids.next("offer"));
                }

                @Override
                public LegId leg() {
                    return new LegId(Ids.next("leg"));
                }

                @Override
                public PlayId play() {
                    return new PlayId(Ids.next("play"));
                }

                @Override
                public CallbackId callback() {
                    return new CallbackId(Ids.next("callback"));
                }
            };

    private Cores() {}

    /** One that nothing has happened to yet. */
    public static Acd empty(TenantPlan plan, long epoch) {
        var usual = Limits.usual();
        var limits = new Limits(CALLS_MAX, usual.rings(), usual.guards(), usual.overflows());
        return new Acd(plan, limits, IDS, new Acd.Leadership(epoch, "acd-" + epoch));
    }
}
