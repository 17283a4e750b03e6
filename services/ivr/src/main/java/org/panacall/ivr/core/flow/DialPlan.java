// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.flow;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a caller may dial within a menu: extensions of people and queues, and the echo test. Codes
 * that act for a person, such as "*11", are not in it: a caller from outside is nobody's agent.
 */
public record DialPlan(SortedMap<String, Entry> entries, NameBook names) {

    /** Where an extension leads. */
    public sealed interface Entry {}

    /** To a person or queue. */
    public record Reach(Destination destination) implements Entry {}

    /** To the echo test. */
    public record Echo() implements Entry {}

    public DialPlan {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    /** One in which nobody is listed by name. */
    public DialPlan(SortedMap<String, Entry> entries) {
        this(entries, NameBook.EMPTY);
    }

    public Optional<Entry> entry(String extension) {
        return Optional.ofNullable(entries.get(extension));
    }

    /** Whether an extension begins with these keys and goes on. */
    public boolean goesOnFrom(String keys) {
        var longer = entries.tailMap(keys + '\0');
        return !longer.isEmpty() && longer.firstKey().startsWith(keys);
    }
}
