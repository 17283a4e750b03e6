// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.flow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.panacall.ivr.core.id.Extension;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.QueueId;
import org.panacall.ivr.core.run.Bookmark;

/** To whom a run can hand its call. */
public sealed interface Destination {

    /** The queue or extension, for records. */
    String target();

    /** How somebody is rung there; empty: nobody is by name. */
    default Optional<Terms> terms() {
        return switch (this) {
            case ToQueue _ -> Optional.empty();
            case ToExtension person -> Optional.of(person.rung());
            case ToNumber number -> Optional.of(number.rung());
            case ToGroup group -> Optional.of(group.rung());
        };
    }

    /** A queue, with attributes for routing; their order is of no consequence. */
    record ToQueue(QueueId queue, Map<String, String> attributes) implements Destination {
        public ToQueue {
            attributes = Map.copyOf(attributes);
        }

        @Override
        public String target() {
            return queue.value();
        }
    }

    /** A person, and the queue for when he is not to be had. */
    record ToExtension(Extension extension, Optional<QueueId> fallback, Terms rung)
            implements Destination {

        public ToExtension(Extension extension, Optional<QueueId> fallback) {
            this(extension, fallback, Terms.USUAL);
        }

        @Override
        public String target() {
            return extension.value();
        }
    }

    /** A telephone outside, and the queue for when it is not to be had. */
    record ToNumber(String number, Optional<QueueId> fallback, Terms rung) implements Destination {
        @Override
        public String target() {
            return "outside";
        }
    }

    /** Whoever of several answers first, and the queue for when nobody does. */
    record ToGroup(RingGroup group, Optional<QueueId> fallback, Terms rung) implements Destination {
        @Override
        public String target() {
            return "ring-group";
        }
    }

    /**
     * Several who ring for one caller.
     *
     * @param afterTalk flow that he goes into when the other hangs up first
     */
    record RingGroup(
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

    /**
     * How somebody is rung.
     *
     * @param ringTimeout as usual when empty
     * @param onlyExtension none of his other devices
     * @param exits outcomes for which the call comes back
     * @param bookmark where the flow goes on then; empty: it is not to come back
     */
    record Terms(
            Optional<Duration> ringTimeout,
            boolean onlyExtension,
            List<String> exits,
            Optional<Bookmark> bookmark) {

        public static final Terms USUAL =
                new Terms(Optional.empty(), false, List.of(), Optional.empty());

        public Terms {
            exits = List.copyOf(exits);
        }
    }
}
