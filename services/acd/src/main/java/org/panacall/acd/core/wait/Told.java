// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.wait;

import java.time.Instant;
import java.util.Optional;

/**
 * What a waiting caller has been told so far. A number once said never rises afterwards, and the
 * moment by which he was promised an answer is never put off: what would break that is not said.
 *
 * @param position the last one said; 0: none
 * @param until when he may expect to be answered by what was said
 */
public record Told(int position, Optional<SpokenWait> spoken, Optional<Instant> until) {

    public static final Told NOTHING = new Told(0, Optional.empty(), Optional.empty());

    /** Whether this place in line may be said. */
    public boolean allows(int next) {
        return next > 0 && (position == 0 || next <= position);
    }

    /** Whether this wait may be said: not when he is overdue, for one. */
    public boolean allows(SpokenWait next, Instant now) {
        var falls = spoken.isEmpty() || next.compareTo(spoken.get()) <= 0;
        return falls && until.map(promised -> keeps(promised, next, now)).orElse(true);
    }

    private static boolean keeps(Instant promised, SpokenWait next, Instant now) {
        return next.bounded() && !now.plus(next.most()).isAfter(promised.plus(next.roundness()));
    }

    public Told withPosition(int said) {
        return new Told(said, spoken, until);
    }

    public Told withWait(SpokenWait said, Instant now) {
        var end = Optional.of(now.plus(said.most())).filter(at -> said.bounded());
        var sooner = until.filter(at -> end.isEmpty() || at.isBefore(end.get())).or(() -> end);
        return new Told(position, Optional.of(said), sooner);
    }
}
