// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.call;

import java.time.Instant;
import java.util.Optional;
import org.panacall.sipingress.core.plan.Destination;

/** Who decides about a call. */
public sealed interface Control {

    /** Nobody yet: the call is being set up. */
    record Nobody() implements Control {}

    /** We, as the dial plan or a fallback says. */
    record Ours(Task task, Optional<Instant> until) implements Control {}

    /** We asked a service to take over. */
    record Asked(Destination.HandOver target, long request, Instant until) implements Control {}

    /**
     * acd is away: the caller hears music until it takes him or an agent answers, at most until
     * then.
     */
    record Kept(Destination.HandOver target, Instant until) implements Control {}

    /** A service; {@code target} is what it was asked for, empty when it made the call itself. */
    record Theirs(Controller controller, Optional<Destination.HandOver> target, Instant since)
            implements Control {}

    /** What we do by ourselves. */
    enum Task {
        ECHO,
        AGENT_CODE,
        THROUGH,
        APOLOGY,
        RING_GROUP
    }
}
