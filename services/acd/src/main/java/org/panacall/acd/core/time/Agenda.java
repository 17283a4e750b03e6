// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.time;

import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** When something is due for whom: an index over deadlines that are state, one for each key. */
public final class Agenda<K extends Comparable<K>> {

    /** Something due. */
    record Entry<K>(Instant at, K key) {}

    private final NavigableMap<K, Instant> byKey = new TreeMap<>();
    private final NavigableSet<Entry<K>> byTime =
            new TreeSet<>(Comparator.comparing(Entry<K>::at).thenComparing(Entry::key));

    public void set(K key, Optional<Instant> deadline) {
        var before = byKey.remove(key);
        if (before != null) {
            byTime.remove(new Entry<>(before, key));
        }
        deadline.ifPresent(
                at -> {
                    byKey.put(key, at);
                    byTime.add(new Entry<>(at, key));
                });
    }

    /** The key that is due first, if its time has come. */
    public Optional<K> due(Instant now) {
        return byTime.isEmpty() || byTime.first().at().isAfter(now)
                ? Optional.empty()
                : Optional.of(byTime.first().key());
    }

    public Optional<Instant> next() {
        return byTime.isEmpty() ? Optional.empty() : Optional.of(byTime.first().at());
    }
}
