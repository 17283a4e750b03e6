// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.time;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** When something is due for whom: an index over deadlines that are state, one for each key. */
public final class Agenda<K extends Comparable<K>> {

    /** Something due. */
    record Entry<K extends Comparable<K>>(Instant at, K key) implements Comparable<Entry<K>> {

        @Override
        public int compareTo(Entry<K> other) {
            int order = at.compareTo(other.at);
            return order != 0 ? order : key.compareTo(other.key);
        }
    }

    private final Map<K, Instant> byKey = new LinkedHashMap<>();
    private final NavigableSet<Entry<K>> byTime = new TreeSet<>();

    public void set(K key, Optional<Instant> deadline) {
        var next = deadline.orElse(null);
        var before = next == null ? byKey.remove(key) : byKey.put(key, next);
        if (Objects.equals(before, next)) {
            return;
        }
        if (before != null) {
            byTime.remove(new Entry<>(before, key));
        }
        if (next != null) {
            byTime.add(new Entry<>(next, key));
        }
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
