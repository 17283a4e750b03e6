// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The SIP user agent of one shard: transactions and dialogs, but no idea of a call.
 *
 * <p>Owned by a single thread. Same ids, commands and times in, same outputs out: no clock,
 * randomness or I/O in here. Deadlines are state: call {@link #tick} when {@link #nextDeadline} has
 * come.
 */
public final class UserAgent {

    public UserAgent(UserAgentSettings settings, IdSource ids) {
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(ids, "ids");
    }

    /**
     * Carries out a command, or takes in a datagram; the outputs are in the order they happened.
     */
    public List<UserAgentOutput> handle(UserAgentCommand command, Instant now) {
        throw new UnsupportedOperationException();
    }

    /** Lets deadlines that have passed take effect: retransmissions, timeouts. */
    public List<UserAgentOutput> tick(Instant now) {
        throw new UnsupportedOperationException();
    }

    /** When the next {@link #tick} is due; empty when nothing is pending. */
    public Optional<Instant> nextDeadline() {
        throw new UnsupportedOperationException();
    }

    /** The state of an answered dialog, for the journal; empty when the leg is not answered. */
    public Optional<DialogState> export(LegId leg) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes over an answered dialog that a peer had; refused when the leg is known here already.
     */
    public boolean adopt(DialogState state) {
        throw new UnsupportedOperationException();
    }

    /** Legs at present, for metrics. */
    public int legs() {
        throw new UnsupportedOperationException();
    }

    /** Transactions at present, for metrics. */
    public int transactions() {
        throw new UnsupportedOperationException();
    }
}
