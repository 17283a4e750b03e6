// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.call;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.panacall.acd.core.id.PartyNumber;

/**
 * Those who are rung for one call outside any queue, in stages; who answers first has it.
 *
 * @param members extensions of persons and numbers outside, in their order
 * @param afterTalk flow that the caller goes into when the other hangs up first
 */
public record Group(
        List<PartyNumber> members, Order order, Times times, Optional<String> afterTalk) {

    private static final int MEMBERS_MAX = 10;
    private static final Duration RING_MAX = Duration.ofMinutes(5);

    /** Who rings when. */
    public enum Order {
        /** All of them from the first. */
        AT_ONCE,
        /** One after another. */
        IN_TURN,
        /** One after another, and those before go on ringing. */
        ESCALATING
    }

    /**
     * How long they ring.
     *
     * @param stage each, before the next does
     * @param longest all of them in sum; as long as the stages take when empty
     */
    public record Times(Duration stage, Optional<Duration> longest) {

        public Times {
            if (!stage.isPositive() || longest.filter(time -> !time.isPositive()).isPresent()) {
                throw new IllegalArgumentException("a group rings longer than nothing");
            }
        }
    }

    public Group {
        members = List.copyOf(members);
        if (members.isEmpty() || members.size() > MEMBERS_MAX) {
            throw new IllegalArgumentException("a ring group has 1 to 10 members");
        }
        if (members.stream().anyMatch(member -> member.value().isEmpty())) {
            throw new IllegalArgumentException("a member is a person or a number");
        }
    }

    public int stages() {
        return order == Order.AT_ONCE ? 1 : members.size();
    }

    /** Whose turn it is in a stage, as places among the members. */
    public List<Integer> stage(int stage) {
        return order == Order.AT_ONCE
                ? IntStream.range(0, members.size()).boxed().toList()
                : List.of(stage);
    }

    /** When nobody rings any more, since the first did. */
    public Duration whole() {
        var stages = times.stage().multipliedBy(stages());
        var wanted = times.longest().filter(longest -> longest.compareTo(stages) < 0);
        var whole = wanted.orElse(stages);
        return whole.compareTo(RING_MAX) < 0 ? whole : RING_MAX;
    }

    /**
     * How long those ring whose turn comes when so much has passed; nothing when it is too late.
     */
    public Duration ringing(Duration passed) {
        var left = whole().minus(passed);
        return order == Order.ESCALATING || left.compareTo(times.stage()) < 0
                ? left
                : times.stage();
    }
}
