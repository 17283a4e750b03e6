// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.leg;

import java.time.Instant;
import java.util.Optional;

/**
 * Our re-INVITE of one leg: at most one at a time, once more when the address has changed while it
 * was under way, and again after a pause when it was refused.
 *
 * <p>Owned by its call's thread.
 */
public final class Reoffer {

    private static final int TRIES_MAX = 5;

    private boolean pending;
    private boolean wanted;
    private int refusals;
    private Optional<Instant> retryAt = Optional.empty();

    /** Whether it may be sent now; otherwise it follows the one under way. */
    public boolean begin() {
        retryAt = Optional.empty();
        wanted = pending;
        if (pending) return false;
        pending = true;
        return true;
    }

    /** The leg cannot be re-INVITEd yet, but has to be once it is answered. */
    public void want() {
        wanted = true;
    }

    /** Something has been said to the party that is not true any more. */
    public boolean isWanted() {
        return wanted;
    }

    /** Sent and not answered, or to be sent again. */
    public boolean isOpen() {
        return pending || retryAt.isPresent();
    }

    /** The party agreed, or need not be asked any more. */
    public void accepted() {
        pending = false;
        retryAt = Optional.empty();
        refusals = 0;
    }

    /** The party refused: false when it need not be asked again. */
    public boolean refused(Instant nextTry) {
        pending = false;
        boolean again = ++refusals < TRIES_MAX;
        retryAt = again ? Optional.of(nextTry) : Optional.empty();
        if (!again) refusals = 0;
        return again;
    }

    public Optional<Instant> retryAt() {
        return retryAt;
    }
}
