// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whose phones can be rung without acd.
 *
 * @param queues by id
 * @param people ids of those behind extensions
 */
public record Staff(Map<String, Group> queues, Map<String, String> people) {

    /** Of a tenant that we know too little of. */
    public static final Staff NOBODY = new Staff(Map.of(), Map.of());

    public Staff {
        queues = Map.copyOf(queues);
        people = Map.copyOf(people);
    }

    /**
     * The agents of a queue.
     *
     * @param extensions in the order of the configuration
     * @param ringFor how long one of them is rung; empty when the queue does not say
     */
    public record Group(List<String> extensions, Optional<Duration> ringFor) {

        public Group {
            extensions = List.copyOf(extensions);
        }
    }

    /** The agents of a queue, if it has any. */
    public Optional<Group> of(String queue) {
        return Optional.ofNullable(queues.get(queue)).filter(group -> !group.extensions.isEmpty());
    }

    /** Whose extension it is; empty text when it is nobody's. */
    public String person(String extension) {
        return people.getOrDefault(extension, "");
    }
}
