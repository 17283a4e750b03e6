// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.fallback;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.dialog.LegId;

/**
 * The callers of one tenant who are kept while acd is away, in the order of their arrival.
 *
 * <p>The first one is asked for, again and again, which is all that an absent acd has to bear. Once
 * it takes him, two more are asked for with each yes, in their order, until nobody is left. Phones
 * of the ring group ring for those at the head as well.
 */
public final class Line {

    private static final int ASKED_MAX = 16;

    private final TreeSet<Place> places =
            new TreeSet<>(Comparator.comparing(Place::since).thenComparing(Place::call));
    private final LinkedHashMap<CallId, Place> byCall = new LinkedHashMap<>();
    private final LinkedHashMap<CallId, Instant> asked = new LinkedHashMap<>();
    private final LinkedHashMap<CallId, Ringing> ringing = new LinkedHashMap<>();
    private final LinkedHashMap<CallId, TreeSet<String>> rung = new LinkedHashMap<>();
    private int askedMost = 1;
    private final Instant ringsFrom;
    private Instant askAt;
    private Optional<Instant> ringAt;

    private record Place(Instant since, CallId call) {}

    /** The leg that rings for a caller, and whose phone it is. */
    public record Ringing(LegId leg, String extension) {}

    /** An empty line. */
    Line(Start start) {
        askAt = start.askAt;
        ringsFrom = start.ringsFrom;
        ringAt = Optional.of(ringsFrom);
    }

    /**
     * How a line begins.
     *
     * @param askAt when acd is asked for its first caller
     * @param ringsFrom when the ring group begins, so that acd has had some time before
     */
    public record Start(Instant askAt, Instant ringsFrom) {}

    /** Somebody joins, at the place that his arrival gives him; a second time changes nothing. */
    void join(CallId call, Instant since, Instant now) {
        var place = new Place(since, call);
        if (byCall.putIfAbsent(call, place) != null) return;
        places.add(place);
        lookForPhones(now);
    }

    /** Somebody is taken, served, or gone. */
    public void leave(CallId call) {
        var place = byCall.remove(call);
        if (place != null) places.remove(place);
        asked.remove(call);
        ringing.remove(call);
        rung.remove(call);
    }

    public boolean has(CallId call) {
        return byCall.containsKey(call);
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    int size() {
        return places.size();
    }

    /** Everybody, the first one first. */
    public List<CallId> inOrder() {
        return places.stream().map(Place::call).toList();
    }

    // Asking acd.

    /** The next caller to be asked for, if it is time. */
    public Optional<CallId> toBeAsked(Instant now) {
        asked.values().removeIf(until -> !until.isAfter(now));
        if (asked.size() >= askedMost || askAt.isAfter(now)) return Optional.empty();
        return places.stream()
                .map(Place::call)
                .filter(call -> !asked.containsKey(call))
                .findFirst();
    }

    /** A caller is asked for; an answer that does not come until then is none. */
    public void asks(CallId call, Instant until) {
        asked.put(call, until);
    }

    /** acd said yes or no: it is there. */
    public void answered(CallId call, Instant now) {
        if (asked.remove(call) != null) askedMost = Math.min(ASKED_MAX, askedMost + 1);
        askAt = now;
    }

    /** acd did not answer. */
    public void inVain(CallId call, Instant next) {
        if (asked.remove(call) == null) return;
        askedMost = 1;
        askAt = next;
    }

    // Ringing phones.

    public Optional<Ringing> ringing(CallId call) {
        return Optional.ofNullable(ringing.get(call));
    }

    public void rings(CallId call, Ringing phone) {
        ringing.put(call, phone);
        rung.computeIfAbsent(call, first -> new TreeSet<>()).add(phone.extension());
    }

    /** Whether a phone has rung for a caller since he stands here. */
    public boolean hasRung(CallId call, String extension) {
        return rung.containsKey(call) && rung.get(call).contains(extension);
    }

    public void hushed(CallId call) {
        ringing.remove(call);
    }

    /** Whether it is time to look for free phones. */
    public boolean looksForPhones(Instant now) {
        return ringAt.filter(at -> !at.isAfter(now)).isPresent();
    }

    /** When to look for free phones again. */
    public void lookForPhones(Instant at) {
        ringAt = Optional.of(at.isAfter(ringsFrom) ? at : ringsFrom);
    }

    /** When something is to be done without anything having happened. */
    Optional<Instant> due() {
        if (places.isEmpty()) return Optional.empty();
        var ask =
                asked.size() < askedMost && asked.size() < places.size()
                        ? Optional.of(askAt)
                        : asked.values().stream().min(Comparator.naturalOrder());
        return Stream.of(ask, ringAt).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }
}
