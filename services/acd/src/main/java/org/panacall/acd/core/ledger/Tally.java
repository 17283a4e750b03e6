// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.ledger;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.panacall.acd.core.ledger.KeptLedger.Work;

/** What one agent did for a queue within its window. */
final class Tally {

    private final NavigableMap<Long, Work> steps = new TreeMap<>();
    private Work sum = Work.NONE;

    void add(Work more, When when) {
        steps.merge(when.step(), more, Work::plus);
        sum = sum.plus(more);
        while (!steps.isEmpty() && !when.remembers(steps.firstKey())) {
            sum = sum.minus(steps.pollFirstEntry().getValue());
        }
    }

    /** As of now, without a change to what is kept. */
    Work sum(When when) {
        if (steps.isEmpty() || when.remembers(steps.firstKey())) {
            return sum;
        }
        return steps.tailMap(when.forgotten(), false).values().stream()
                .reduce(Work.NONE, Work::plus);
    }

    boolean isForgotten(When when) {
        return steps.isEmpty() || !when.remembers(steps.lastKey());
    }

    NavigableMap<Long, Work> kept() {
        return Collections.unmodifiableNavigableMap(new TreeMap<>(steps));
    }

    static Tally of(NavigableMap<Long, Work> kept) {
        var tally = new Tally();
        tally.steps.putAll(kept);
        tally.sum = kept.values().stream().reduce(Work.NONE, Work::plus);
        return tally;
    }
}
