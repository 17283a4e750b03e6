// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.run;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.IvrEvent.CallCameBack;
import org.panacall.ivr.core.IvrEvent.Fact;
import org.panacall.ivr.core.IvrEvent.FlowStarted;
import org.panacall.ivr.core.IvrEvent.RunResumed;
import org.panacall.ivr.core.IvrEvent.StepEntered;
import org.panacall.ivr.core.id.FlowId;

/**
 * What an heir must know of a run to go on with it.
 *
 * @param sequence number of its last event
 * @param visits how often it entered each step
 * @param resumed how often it was resumed
 */
public record Trace(
        Caller caller,
        Instant startedAt,
        long sequence,
        Situation situation,
        SortedMap<String, Integer> visits,
        int resumed) {

    public Trace {
        visits = Collections.unmodifiableSortedMap(new TreeMap<>(visits));
    }

    /** How it was at its beginning. */
    static Trace begun(Caller caller, FlowStarted started, Instant at) {
        var situation = Situation.of(started.flow(), started.version());
        return new Trace(caller, at, 1, situation, Collections.emptySortedMap(), 0);
    }

    /** The outermost flow. */
    public FlowId flow() {
        return situation.frames().getFirst().flow();
    }

    Trace after(Fact fact, long next) {
        var then = situation.after(fact);
        return switch (fact) {
            case StepEntered entered -> {
                var counted = new TreeMap<>(visits);
                counted.put(situation.key(entered.step()), entered.visit());
                yield new Trace(caller, startedAt, next, then, counted, resumed);
            }
            case RunResumed(var sipIngress) ->
                    new Trace(caller.at(sipIngress), startedAt, next, then, visits, resumed + 1);
            case CallCameBack(var bookmark, _) ->
                    new Trace(caller, startedAt, next, then, bookmark.visits(), bookmark.resumed());
            default -> new Trace(caller, startedAt, next, then, visits, resumed);
        };
    }
}
