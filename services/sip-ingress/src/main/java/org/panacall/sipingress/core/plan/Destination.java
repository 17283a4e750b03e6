// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.plan;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a call is to do. */
public sealed interface Destination {

    /** Word for the call's record: flow, queue or extension id; no number. */
    String target();

    /** Another service decides from then on. */
    sealed interface HandOver extends Destination {}

    /** A flow, at ivr. */
    record Flow(String target) implements HandOver {}

    /** A queue, at acd, with attributes for routing. */
    record Queue(String target, SortedMap<String, String> attributes) implements HandOver {

        public Queue {
            attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        }

        public Queue(String target) {
            this(target, new TreeMap<>(Map.of()));
        }
    }

    /** A person, at acd; {@code fallbackQueue} is empty text when there is none. */
    record Person(String target, String fallbackQueue) implements HandOver {}

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
