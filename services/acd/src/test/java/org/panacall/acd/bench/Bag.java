// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.panacall.simkit.Dice;

/** Things of which one is drawn by chance, all operations in constant time. */
final class Bag<T> {

    private final List<T> things = new ArrayList<>();
    private final Map<T, Integer> places = new HashMap<>();

    int size() {
        return things.size();
    }

    boolean contains(T thing) {
        return places.containsKey(thing);
    }

    void add(T thing) {
        if (!places.containsKey(thing)) {
            places.put(thing, things.size());
            things.add(thing);
        }
    }

    /** Takes it out; the last one moves to its place. */
    void remove(T thing) {
        var place = places.remove(thing);
        if (place != null) {
            var last = things.removeLast();
            if (place < things.size()) {
                things.set(place, last);
                places.put(last, place);
            }
        }
    }

    T draw(Dice dice) {
        return things.get(dice.below(things.size()));
    }

    List<T> all() {
        return things;
    }
}
