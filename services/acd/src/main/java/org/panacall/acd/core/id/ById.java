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

    /** The ids in order; null when one came or went since somebody asked. */
    private List<K> ordered;

    public Optional<V> find(K id) {
        return Optional.ofNullable(all.get(id));
    }

    /** What was there before; null when nothing was. */
    public V put(K id, V value) {
        var before = all.put(id, value);
        ordered = before == null ? null : ordered;
        return before;
    }

    public V computeIfAbsent(K id, Supplier<V> maker) {
        return all.computeIfAbsent(
                id,
                missing -> {
                    ordered = null;
                    return maker.get();
                });
    }

    /** What was there; null when nothing was. */
    public V remove(K id) {
        var before = all.remove(id);
        ordered = before == null ? ordered : null;
        return before;
    }

    public List<K> ids() {
        if (ordered == null) {
            ordered = all.keySet().stream().sorted().toList();
        }
        return ordered;
    }

    /** A view, ordered when it is gone through. */
    public AbstractCollection<V> values() {
        return new AbstractCollection<>() {

            @Override
            public Iterator<V> iterator() {
                return ids().stream().map(all::get).toList().iterator();
            }

            @Override
            public int size() {
                return all.size();
            }
        };
    }
}
