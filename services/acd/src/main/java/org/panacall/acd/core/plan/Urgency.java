// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.plan;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.panacall.acd.core.need.Asked;

/**
 * Which call comes first. There is one scale, how long a call has waited, and whatever is urgent
 * counts as older: so nothing overtakes for ever, and everybody's turn comes.
 *
 * @param weight how much older the queue's calls count against those of other queues
 * @param categories how much older calls of a category count within the queue
 */
public record Urgency(Duration weight, NavigableMap<String, Duration> categories) {

    /** By arrival alone. */
    public static final Urgency NONE = new Urgency(Duration.ZERO, Collections.emptyNavigableMap());

    public Urgency {
        categories = Collections.unmodifiableNavigableMap(new TreeMap<>(categories));
    }

    /** What a call counts as older for: what it asks for, and the most of its categories. */
    public Duration of(Asked asked) {
        var most =
                asked.categories().stream()
                        .filter(categories::containsKey)
                        .map(categories::get)
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO);
        return asked.priority().plus(most);
    }
}
