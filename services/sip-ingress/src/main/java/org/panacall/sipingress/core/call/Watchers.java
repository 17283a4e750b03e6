// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.call;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Which controllers listen to our notices. One that has been away for the whole grace has lost its
 * calls. Bounded to 256 instances; the one heard of longest ago is forgotten.
 */
public final class Watchers {

    private static final int SIZE_MAX = 256;

    private final Duration grace;
    private final LinkedHashMap<Controller, Optional<Instant>> awaySince = new LinkedHashMap<>();

    public Watchers(Duration grace) {
        this.grace = grace;
    }

    /** It listens. */
    public void came(Controller controller) {
        put(controller, Optional.empty());
    }

    /** It listens no longer. Being told so again makes it no younger. */
    public void went(Controller controller, Instant now) {
        var before = awaySince.getOrDefault(controller, Optional.empty());
        put(controller, Optional.of(before.orElse(now)));
    }

    /** When a call that it took then is to be taken from it; empty while it listens. */
    public Optional<Instant> lostAt(Controller controller, Instant taken) {
        var away = awaySince.getOrDefault(controller, Optional.of(taken));
        return away.map(since -> (since.isAfter(taken) ? since : taken).plus(grace));
    }

    private void put(Controller controller, Optional<Instant> away) {
        awaySince.remove(controller);
        if (awaySince.size() == SIZE_MAX) awaySince.pollFirstEntry();
        awaySince.put(controller, away);
    }
}
