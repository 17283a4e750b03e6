// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.agent;

import java.time.Instant;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.SipIngress;

/**
 * Where an agent can be rung, and where he is without us.
 *
 * @param leases until when each of his devices is registered
 * @param mobile he has one; it counts whenever he wants calls
 * @param ownCalls calls that he dialled himself, which no queue and no order of ours brought
 */
public record Presence(
        NavigableMap<Extension, Instant> leases,
        boolean mobile,
        NavigableMap<CallId, OwnCall> ownCalls) {

    /** More of them would make him no busier. */
    private static final int OWN_CALLS_MAX = 8;

    /** Nowhere. */
    public static final Presence NONE =
            new Presence(Collections.emptyNavigableMap(), false, Collections.emptyNavigableMap());

    /**
     * A call of his own.
     *
     * @param sipIngress that holds it
     * @param since when we learnt of it
     */
    public record OwnCall(SipIngress sipIngress, Instant since) {}

    public Presence {
        leases = Collections.unmodifiableNavigableMap(new TreeMap<>(leases));
        ownCalls = Collections.unmodifiableNavigableMap(new TreeMap<>(ownCalls));
    }

    public boolean registered() {
        return !leases.isEmpty();
    }

    /** Whether there is something to ring. */
    public boolean reachable() {
        return registered() || mobile;
    }

    public boolean registered(Extension device) {
        return leases.containsKey(device);
    }

    /** The next lease to end. */
    Optional<Instant> nextLapse() {
        return leases.values().stream().min(Instant::compareTo);
    }

    /** A device is registered until then. */
    Presence with(Extension device, Instant until) {
        var more = new TreeMap<>(leases);
        more.put(device, until);
        return new Presence(more, mobile, ownCalls);
    }

    /** A device is gone. */
    Presence without(Extension device) {
        var fewer = new TreeMap<>(leases);
        fewer.remove(device);
        return new Presence(fewer, mobile, ownCalls);
    }

    Presence equipped(boolean withMobile) {
        return new Presence(leases, withMobile, ownCalls);
    }

    Presence with(CallId call, OwnCall own) {
        if (ownCalls.size() >= OWN_CALLS_MAX && !ownCalls.containsKey(call)) {
            return this;
        }
        var more = new TreeMap<>(ownCalls);
        more.put(call, own);
        return new Presence(leases, mobile, more);
    }

    Presence without(CallId call) {
        var fewer = new TreeMap<>(ownCalls);
        fewer.remove(call);
        return new Presence(leases, mobile, fewer);
    }
}
