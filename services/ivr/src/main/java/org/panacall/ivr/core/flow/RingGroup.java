// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.flow;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.panacall.ivr.core.id.FlowId;

/**
 * Several who ring for one caller.
 *
 * @param afterTalk flow that he goes into when the other hangs up first
 */
public record RingGroup(
        List<Step.Rung> members, Order order, Times times, Optional<FlowId> afterTalk) {

    /** Who rings when. */
    public enum Order {
        AT_ONCE,
        IN_TURN,
        ESCALATING
    }

    /** How long each of them rings, and all of them in sum. */
    public record Times(Duration each, Optional<Duration> longest) {}

    public RingGroup {
        members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("a ring group rings somebody");
        }
    }

    /** When nobody rings any more. */
    public Duration whole() {
        var stages = order == Order.AT_ONCE ? 1 : members.size();
        var all = times.each().multipliedBy(stages);
        return times.longest().filter(one -> one.compareTo(all) < 0).orElse(all);
    }
}
