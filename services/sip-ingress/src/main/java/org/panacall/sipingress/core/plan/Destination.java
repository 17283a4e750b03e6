// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.plan;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a call is to do. */
public sealed interface Destination {

    /** Word for the call's record: flow, queue or extension id; no number. */
    String target();

    private static Optional<String> named(String queue) {
        return Optional.of(queue).filter(name -> !name.isEmpty());
    }

    /** Another service decides from then on. */
    sealed interface HandOver extends Destination {

        /** The queue that is meant for when it is not to be had. */
        default Optional<String> next() {
            return Optional.empty();
        }

        /** The way back that is meant for an outcome. */
        default Optional<Flow> backBy(String exit) {
            return Optional.empty();
        }
    }

    /** A flow, at ivr. */
    record Flow(String target, Entry entry) implements HandOver {

        /** At its beginning; when it is not to be had the number's fallback is next. */
        public Flow(String target) {
            this(target, Entry.FRONT);
        }

        @Override
        public Optional<String> next() {
            return named(entry.fallbackQueue());
        }
    }

    /**
     * How a call comes to a flow.
     *
     * @param back where it goes on; empty: at its beginning
     * @param exit of the step that handed the call over
     * @param fallbackQueue where the call goes when the flow is not to be had; empty text: where
     *     its number says
     * @param orEnd it ends then
     * @param fromQueue the queue from which it comes; empty: from none
     * @param variables of the flow, and what they hold at first
     */
    record Entry(
            Optional<WayBack> back,
            String exit,
            String fallbackQueue,
            boolean orEnd,
            String fromQueue,
            SortedMap<String, String> variables) {

        private static final int LETTERS_MAX = 4_000;

        public Entry {
            variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
            if (letters(variables) > LETTERS_MAX) {
                throw new IllegalArgumentException("variables have at most 4,000 letters");
            }
        }

        Entry(Optional<WayBack> back, String exit, String fallbackQueue, boolean orEnd) {
            this(back, exit, fallbackQueue, orEnd, "", Collections.emptySortedMap());
        }

        /** At the flow's beginning, with variables. */
        public static Entry with(SortedMap<String, String> variables) {
            return new Entry(Optional.empty(), "", "", false, "", variables);
        }

        private static int letters(Map<String, String> variables) {
            return variables.entrySet().stream()
                    .mapToInt(one -> one.getKey().length() + one.getValue().length())
                    .sum();
        }

        static final Entry FRONT = new Entry(Optional.empty(), "", "", false);

        /** At its beginning, out of a queue. */
        public static Entry from(String queue) {
            return new Entry(Optional.empty(), "", "", false, queue, Collections.emptySortedMap());
        }

        /** After a talk, when nobody is waited for any more. */
        public static final Entry AFTER_TALK = new Entry(Optional.empty(), "", "", true);
    }

    /** A queue, at acd, with attributes for routing. */
    record Queue(String target, SortedMap<String, String> attributes) implements HandOver {

        public Queue {
            attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        }

        public Queue(String target) {
            this(target, new TreeMap<>(Map.of()));
        }
    }

    /** Whoever is rung for a call may not take it. */
    sealed interface Rung extends HandOver {

        /** Empty text when there is none. */
        String fallbackQueue();

        Terms terms();

        @Override
        default Optional<String> next() {
            return named(fallbackQueue());
        }

        @Override
        default Optional<Flow> backBy(String exit) {
            return terms().back()
                    .filter(way -> way.exits().contains(exit))
                    .map(
                            way ->
                                    new Flow(
                                            way.flow(),
                                            new Entry(
                                                    Optional.of(way),
                                                    exit,
                                                    fallbackQueue(),
                                                    false)));
        }
    }

    /** A person, at acd; {@code fallbackQueue} is empty text when there is none. */
    record Person(String target, String fallbackQueue, Terms terms) implements Rung {

        public Person(String target, String fallbackQueue) {
            this(target, fallbackQueue, Terms.USUAL);
        }
    }

    /** A telephone outside, at acd, E.164 with +. */
    record Telephone(String number, String fallbackQueue, Terms terms) implements Rung {

        @Override
        public String target() {
            return "outside";
        }
    }

    /** Whoever of a group answers first, at acd. */
    record Group(RingPlan group, String fallbackQueue, Terms terms) implements Rung {

        @Override
        public String target() {
            return "ring-group";
        }
    }

    /**
     * How somebody is rung.
     *
     * @param ringTimeout as usual when empty
     * @param onlyExtension none of his other devices
     * @param back the call goes back to its flow when he does not take it
     */
    record Terms(Optional<Duration> ringTimeout, boolean onlyExtension, Optional<WayBack> back) {

        public static final Terms USUAL = new Terms(Optional.empty(), false, Optional.empty());
    }

    /**
     * How a call comes back to the flow that handed it over.
     *
     * @param bookmark nothing that we understand, in Base64
     * @param exits outcomes that bring it back
     */
    record WayBack(String flow, String bookmark, List<String> exits) {

        private static final int BOOKMARK_MAX = 22_000;
        private static final int EXITS_MAX = 8;

        public WayBack {
            exits = List.copyOf(exits);
            if (flow.isEmpty() || bookmark.length() > BOOKMARK_MAX || exits.size() > EXITS_MAX) {
                throw new IllegalArgumentException("a way back has a flow and at most 16 KiB");
            }
        }
    }

    /** The caller hears himself. */
    record Echo() implements Destination {

        @Override
        public String target() {
            return "echo";
        }
    }

    /** The caller, an agent at his phone, wants to be ready or not ready. */
    record AgentCode(boolean ready) implements Destination {

        @Override
        public String target() {
            return ready ? "ready" : "not-ready";
        }
    }

    /** A number of the telephone network, E.164 with +. */
    record Outside(String number) implements Destination {

        @Override
        public String target() {
            return "outside";
        }
    }
}
