// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.rules;

import java.time.Instant;
import java.util.Optional;
import org.panacall.calendar.Calendar;

/** A calendar that remembers its last answer, which is good until the next change. */
public final class OpenHours {

    private final Optional<Calendar> calendar;
    private Instant from = Instant.MAX;
    private Instant until = Instant.MIN;
    private boolean open = true;

    /**
     * @param calendar empty: always open
     */
    public OpenHours(Optional<Calendar> calendar) {
        this.calendar = calendar;
    }

    public boolean open(Instant at) {
        look(at);
        return open;
    }

    /** The next moment at which it opens or closes. */
    public Optional<Instant> changesAfter(Instant at) {
        look(at);
        return Optional.of(until).filter(Instant.MAX::isAfter);
    }

    private void look(Instant at) {
        if (calendar.isPresent() && !at.isBefore(from) && at.isBefore(until)) {
            return;
        }
        from = at;
        until = calendar.flatMap(known -> known.changesAfter(at)).orElse(Instant.MAX);
        open = calendar.map(known -> known.open(at)).orElse(true);
    }
}
