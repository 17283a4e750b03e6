// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.run;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.panacall.ivr.core.id.FlowId;

/**
 * Where a flow goes on should its call come back. It goes with the call, so that nobody keeps a run
 * for it meanwhile, and whichever instance is asked can go on.
 *
 * @param situation at the step that handed the call over
 * @param visits how often it entered each step
 * @param resumed how often the call came back, or its run was resumed: effects are numbered apart
 */
public record Bookmark(Situation situation, SortedMap<String, Integer> visits, int resumed) {

    /** Letters of all that is remembered; with more the call does not come back. */
    private static final int LETTERS_MAX = 4_000;

    public Bookmark {
        visits = Collections.unmodifiableSortedMap(new TreeMap<>(visits));
        if (situation.frames().isEmpty() || resumed < 0) {
            throw new IllegalArgumentException("a bookmark is in a flow");
        }
    }

    /** The outermost flow. */
    public FlowId flow() {
        return situation.frames().getFirst().flow();
    }

    /** Whether it is small enough to go with a call. */
    boolean isLight() {
        int variables =
                situation.frames().stream()
                        .flatMap(frame -> frame.variables().entrySet().stream())
                        .mapToInt(one -> one.getKey().length() + one.getValue().length())
                        .sum();
        int steps = visits.keySet().stream().mapToInt(String::length).sum();
        return variables + steps <= LETTERS_MAX;
    }
}
