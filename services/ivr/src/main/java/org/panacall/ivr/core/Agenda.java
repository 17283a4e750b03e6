// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** When which run is due: an index over deadlines that are state, one a call. */
final class Agenda {

    private record Entry(Instant at, String call) {}

    private final TreeMap<String, Instant> byCall = new TreeMap<>();
    private final TreeSet<Entry> byTime =
            new TreeSet<>(Comparator.comparing(Entry::at).thenComparing(Entry::call));

    void set(String call, Instant at) {
        var before = byCall.put(call, at);
        if (!at.equals(before)) {
            if (before != null) {
                byTime.remove(new Entry(before, call));
            }
            byTime.add(new Entry(at, call));
        }
    }

    void remove(String call) {
        var before = byCall.remove(call);
        if (before != null) {
            byTime.remove(new Entry(before, call));
        }
    }

    /** Calls whose runs are due, by call. */
    List<String> due(Instant now) {
        return byTime.stream()
                .takeWhile(entry -> !entry.at().isAfter(now))
                .map(Entry::call)
                .sorted()
                .toList();
    }

    Optional<Instant> next() {
        return byTime.isEmpty() ? Optional.empty() : Optional.of(byTime.first().at());
    }
}
