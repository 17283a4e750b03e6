// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.floor;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.match.Candidate;

/** The calls of one queue: an index over the calls, kept by whoever keeps the calls. */
public final class Line {

    /** Those that hear the music, by arrival. */
    private final NavigableMap<Long, CallId> held = new TreeMap<>();

    /** The same by rank, but for those whose queue is gone. */
    private final NavigableSet<Waiter> ranked = new TreeSet<>();

    /** Those of them that nobody is being rung for. */
    private final NavigableSet<Waiter> notRung = new TreeSet<>();

    private final NavigableMap<Wish, NavigableSet<Waiter>> waiting = new TreeMap<>();
    private final NavigableMap<Wish, NavigableSet<Waiter>> hungry = new TreeMap<>();

    void hold(long arrival, CallId call) {
        held.put(arrival, call);
    }

    /** Another call may have inherited the place. */
    void letGo(long arrival, CallId call) {
        held.remove(arrival, call);
    }

    void rank(Stand stand) {
        ranked.add(stand.waiter());
        if (stand.waits()) {
            notRung.add(stand.waiter());
        }
    }

    void unrank(Stand stand) {
        ranked.remove(stand.waiter());
        notRung.remove(stand.waiter());
    }

    void add(Stand stand) {
        side(stand).computeIfAbsent(stand.wish(), wish -> new TreeSet<>()).add(stand.waiter());
    }

    void remove(Stand stand) {
        var side = side(stand);
        var same = side.get(stand.wish());
        same.remove(stand.waiter());
        if (same.isEmpty()) {
            side.remove(stand.wish());
        }
    }

    private NavigableMap<Wish, NavigableSet<Waiter>> side(Stand stand) {
        return stand.waits() ? waiting : hungry;
    }

    /** The first of those that he will do for. */
    Optional<Waiter> first(Candidate candidate) {
        Waiter first = null;
        for (var entry : waiting.entrySet()) {
            var head = entry.getValue().first();
            if ((first == null || head.compareTo(first) < 0) && entry.getKey().metBy(candidate)) {
                first = head;
            }
        }
        return Optional.ofNullable(first);
    }

    /**
     * The same, among those that ring already and could ring at more phones.
     *
     * @param admits whether a call may ring at his
     */
    Optional<Waiter> firstHungry(Candidate candidate, Predicate<Waiter> admits) {
        return hungry.entrySet().stream()
                .filter(entry -> entry.getKey().metBy(candidate))
                .flatMap(entry -> entry.getValue().stream().filter(admits).limit(1))
                .min(Comparator.naturalOrder());
    }

    /** Whether those before it in line want the same and wait as well. */
    boolean isHead(Stand stand) {
        return waiting.get(stand.wish()).first().equals(stand.waiter());
    }

    /** The call that has waited longest, being offered or not. */
    public Optional<CallId> eldest() {
        return Optional.ofNullable(held.firstEntry()).map(Map.Entry::getValue);
    }

    /** All calls that hear the music, in the order in which they came. */
    public List<CallId> held() {
        return List.copyOf(held.values());
    }

    /** Those that nobody is being rung for. */
    public int notRung() {
        return notRung.size();
    }

    /** How many of the latter rank before a call, of this queue or another. */
    int notRungBefore(Waiter other) {
        return notRung.headSet(other).size();
    }

    /** Counted from 1, those included for whom somebody is being rung. */
    int position(Waiter waiter) {
        return ranked.headSet(waiter).size() + 1;
    }

    /** Calls that hear the music, being offered or not. */
    public int size() {
        return held.size();
    }
}
