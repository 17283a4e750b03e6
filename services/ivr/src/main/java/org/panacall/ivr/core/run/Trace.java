// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.run;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.StepId;

/**
 * What an heir must know of a run to go on with it.
 *
 * @param sequence number of its last event
 * @param step where it is; empty before the first step
 * @param visits how often it entered each step
 * @param resumed how often it was resumed
 */
public record Trace(
        Caller caller,
        FlowId flow,
        Instant startedAt,
        long sequence,
        Optional<StepId> step,
        SortedMap<String, Integer> visits,
        int resumed) {

    public Trace {
        visits = Collections.unmodifiableSortedMap(new TreeMap<>(visits));
    }

    /** How it was at its beginning. */
    static Trace begun(Caller caller, FlowId flow, Instant at) {
        return new Trace(caller, flow, at, 1, Optional.empty(), Collections.emptySortedMap(), 0);
    }

    Trace entered(StepId id, int visit, long next) {
        var counted = new TreeMap<>(visits);
        counted.put(id.value(), visit);
        return new Trace(caller, flow, startedAt, next, Optional.of(id), counted, resumed);
    }

    Trace resumedAt(String sipIngress, long next) {
        var moved = caller.at(sipIngress);
        return new Trace(moved, flow, startedAt, next, step, visits, resumed + 1);
    }

    Trace numbered(long next) {
        return new Trace(caller, flow, startedAt, next, step, visits, resumed);
    }
}
