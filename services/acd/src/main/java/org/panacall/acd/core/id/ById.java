// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.id;

import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is kept by id: found by hash, as happens at every event; all of it in the order of ids, as
 * happens seldom, so that replays and snapshots are the same however it came to be.
 */
public final class ById<K extends Comparable<K>, V> {

    private final Map<K, V> all = new LinkedHashMap<>();

    public Optional<V> find(K id) {
        return Optional.ofNullable(all.get(id));
    }

    /** What was there before; null when nothing was. */
    public V put(K id, V value) {
        return all.put(id, value);
    }

    public V computeIfAbsent(K id, Supplier<V> maker) {
        return all.computeIfAbsent(id, missing -> maker.get());
    }

    /** What was there; null when nothing was. */
    public V remove(K id) {
        return all.remove(id);
    }

    public List<K> ids() {
        return all.keySet().stream().sorted().toList();
    }

    /** A view; it is ordered, at the price of that, when it is gone through. */
    public AbstractCollection<V> values() {
        return new AbstractCollection<>() {

            @Override
            public Iterator<V> iterator() {
                return all.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(Map.Entry::getValue)
                        .toList()
                        .iterator();
            }

            @Override
            public int size() {
                return all.size();
            }
        };
    }
}
