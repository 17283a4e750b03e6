// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.pipeline;

import java.util.ArrayDeque;
import org.panacall.media.rtp.AddressTable;
import org.panacall.media.rtp.Remote;

/**
 * Whose packets come from which address. An address belongs to one leg: the one configured last
 * wins, and the earlier one is silent until configured anew. An address left behind is drained for
 * two seconds, so that its last packets don't count as a stranger's.
 *
 * <p>Owned by the media thread.
 */
final class Routes {

    private static final long DRAIN_NANOS = 2_000_000_000;

    private final AddressTable<Route> rtp = new AddressTable<>();
    private final AddressTable<Route> rtcp = new AddressTable<>();
    private final ArrayDeque<Route> drains = new ArrayDeque<>();

    /** One address. Without a leg it is being drained. */
    static final class Route {

        private final AddressTable<Route> table;
        private final long key;
        private Leg leg;
        private long drainedAt;

        private Route(AddressTable<Route> table, long key, Leg leg) {
            this.table = table;
            this.key = key;
            this.leg = leg;
        }

        Leg leg() {
            return leg;
        }
    }

    /** Null for a stranger. */
    Route ofRtp(long key) {
        return rtp.get(key);
    }

    /** Null for a stranger. */
    Route ofRtcp(long key) {
        return rtcp.get(key);
    }

    /** Gives the leg its addresses in place of those it had; the earlier owner or null. */
    Leg move(Leg leg, LegSettings from, LegSettings to, long now) {
        boolean had = from != null && from.rtp() != null;
        if (had && !to.hasRemote(from.rtp())) {
            leave(leg, from, now);
        } else if (had && !from.rtcp().equals(to.rtcp())) {
            drain(rtcp, from.rtcp(), leg, now);
        }
        if (to.rtp() == null) {
            return null;
        }
        put(rtcp, to.rtcp(), leg);
        return put(rtp, to.rtp(), leg);
    }

    /** The leg is no longer at its addresses. */
    void leave(Leg leg, LegSettings from, long now) {
        if (from != null && from.rtp() != null) {
            drain(rtp, from.rtp(), leg, now);
            drain(rtcp, from.rtcp(), leg, now);
        }
    }

    /** Forgets addresses that were drained for long enough. */
    void expire(long now) {
        while (!drains.isEmpty() && now - drains.peek().drainedAt >= DRAIN_NANOS) {
            var route = drains.poll();
            if (route.table.get(route.key) == route) {
                route.table.remove(route.key);
            }
        }
    }

    private static Leg put(AddressTable<Route> table, Remote remote, Leg leg) {
        var present = table.get(remote.key());
        if (present != null && present.leg == leg) {
            return null;
        }
        table.put(remote.key(), new Route(table, remote.key(), leg));
        return present == null ? null : present.leg;
    }

    private void drain(AddressTable<Route> table, Remote remote, Leg leg, long now) {
        var route = table.get(remote.key());
        if (route != null && route.leg == leg) {
            route.leg = null;
            route.drainedAt = now;
            drains.add(route);
        }
    }
}
