// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.rules;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.acd.core.id.QueueId;

/**
 * How a call has overflowed so far.
 *
 * @param visits how often it came to each queue
 * @param steps actions that were tried
 * @param present the rule that is being followed
 * @param keptAt when its queue kept it after all: rules hold again only some time after
 */
public record Overflow(
        NavigableMap<QueueId, Integer> visits,
        int steps,
        Optional<Followed> present,
        Optional<Instant> keptAt) {

    /** It has stayed where it came. */
    public static final Overflow NONE =
            new Overflow(Collections.emptyNavigableMap(), 0, Optional.empty(), Optional.empty());

    /**
     * A rule that is being followed.
     *
     * @param rest what is to be tried when what is tried now comes to nothing
     * @param barred the call was not let in: when nothing succeeds it is told why
     */
    public record Followed(Why why, List<Action> rest, boolean barred) {

        public Followed {
            rest = List.copyOf(rest);
        }
    }

    public Overflow {
        visits = Collections.unmodifiableNavigableMap(new TreeMap<>(visits));
    }

    /** How often it came to a queue. */
    public int visits(QueueId queue) {
        return visits.getOrDefault(queue, 0);
    }

    /** It comes to a queue, whose rules count from now on. */
    public Overflow visited(QueueId queue) {
        var more = new TreeMap<>(visits);
        more.merge(queue, 1, Integer::sum);
        return new Overflow(more, steps, Optional.empty(), Optional.empty());
    }

    /** One action is tried, or done. */
    public Overflow tried(Followed followed) {
        return new Overflow(visits, steps + 1, Optional.of(followed), keptAt);
    }

    /** What is left of what is being followed; nothing new was tried. */
    public Overflow following(Followed followed) {
        return new Overflow(visits, steps, Optional.of(followed), keptAt);
    }

    /** Its queue has it, and no rule is being followed. */
    public Overflow kept(Optional<Instant> at) {
        return new Overflow(visits, steps, Optional.empty(), at);
    }
}
