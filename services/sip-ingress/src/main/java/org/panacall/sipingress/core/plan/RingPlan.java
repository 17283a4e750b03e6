// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who of a group rings for a call, and when.
 *
 * @param members extensions, and numbers outside with +
 * @param afterTalk flow that follows when the other hangs up first; empty text: none
 */
public record RingPlan(List<String> members, Order order, Times times, String afterTalk) {

    private static final int MEMBERS_MAX = 10;

    /** Whose turn it is when. */
    public enum Order {
        AT_ONCE,
        IN_TURN,
        ESCALATING
    }

    /** How long one rings, and all of them in sum; as usual when empty. */
    public record Times(Optional<Duration> each, Optional<Duration> longest) {}

    public RingPlan {
        members = List.copyOf(members);
        if (members.isEmpty() || members.size() > MEMBERS_MAX) {
            throw new IllegalArgumentException("a ring group has 1 to 10 members");
        }
    }
}
