// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.mix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Who hears whom in a bridge, whole. A pair that is not named is silent; a leg may hear itself,
 * which is an echo. Of a pair named twice the later cell counts.
 */
public final class Matrix {

    /** From so many speakers on the sum of all is made once. */
    private static final int TOTAL_FROM = 4;

    private final Map<String, Map<String, Integer>> gainsByListener = new LinkedHashMap<>();
    private final Set<String> speakers = new LinkedHashSet<>();
    private final Set<String> legs = new LinkedHashSet<>();

    /** One pair. */
    public record Cell(String listener, String speaker, int gain) {}

    public Matrix(List<Cell> cells) {
        for (var cell : cells) {
            gainsByListener
                    .computeIfAbsent(cell.listener(), any -> new LinkedHashMap<>())
                    .put(cell.speaker(), cell.gain());
            speakers.add(cell.speaker());
            legs.add(cell.listener());
            legs.add(cell.speaker());
        }
    }

    /** Every leg named, in order of naming. */
    public Set<String> legs() {
        return legs;
    }

    /** The rows, by listener. */
    public Map<String, Hearing> hearings(Function<String, Frame> frameOf) {
        var all = frames(speakers, frameOf);
        var total = speakers.size() >= TOTAL_FROM ? new Total(all) : null;
        var rows = new LinkedHashMap<String, Hearing>();
        gainsByListener.forEach(
                (listener, gains) -> {
                    var heard = frames(gains.keySet(), frameOf);
                    var factors = gains.values().stream().mapToInt(gain -> gain).toArray();
                    boolean plain = total != null && hearsAllOthers(listener, gains);
                    boolean part = speakers.contains(listener);
                    var own = plain && part ? frameOf.apply(listener) : null;
                    rows.put(listener, new Hearing(heard, factors, plain ? total : null, own));
                });
        return rows;
    }

    /**
     * Whom a speaker talks with, for what is meant for one: the only other leg that hears it, or of
     * several (a supervisor listens too) the only one that it hears as well; null when none is.
     */
    public String partnerOf(String speaker) {
        var listeners = new ArrayList<>(legs);
        listeners.removeIf(leg -> leg.equals(speaker) || !hears(leg, speaker));
        if (listeners.size() > 1) {
            listeners.removeIf(leg -> !hears(speaker, leg));
        }
        return listeners.size() == 1 ? listeners.getFirst() : null;
    }

    /**
     * The leg that alone hears a speaker, as it is, and hears nobody else; null when there is none.
     */
    public String onlyListenerOf(String speaker) {
        String only = null;
        for (var row : gainsByListener.entrySet()) {
            var gain = row.getValue().get(speaker);
            if (gain != null) {
                if (only != null || row.getValue().size() > 1 || gain != Gain.UNITY) {
                    return null;
                }
                only = row.getKey();
            }
        }
        return only;
    }

    /** Whether one of them hears the other. */
    public boolean hears(String listener, String speaker) {
        return gainsByListener.getOrDefault(listener, Map.of()).containsKey(speaker);
    }

    private boolean hearsAllOthers(String listener, Map<String, Integer> gains) {
        var others = new ArrayList<>(speakers);
        others.remove(listener);
        return gains.size() == others.size()
                && gains.keySet().containsAll(others)
                && gains.values().stream().allMatch(gain -> gain == Gain.UNITY);
    }

    private static Frame[] frames(Set<String> legs, Function<String, Frame> frameOf) {
        return legs.stream().map(frameOf).toArray(Frame[]::new);
    }
}
