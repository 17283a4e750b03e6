// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.anchor;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Counts a call's moves to other media nodes that follow each other soon. */
public final class Moves {

    private Optional<Instant> last = Optional.empty();
    private int row;

    /** One more: the how manieth in a row, each soon after the one before. */
    public int count(Instant now, Duration soon) {
        boolean again = last.filter(before -> before.plus(soon).isAfter(now)).isPresent();
        row = again ? row + 1 : 1;
        last = Optional.of(now);
        return row;
    }
}
