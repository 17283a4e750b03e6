// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.call;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.acd.core.id.CallId;

/** The calls of one queue by arrival: an index over the calls, kept by whoever keeps the calls. */
public final class Line {

    private final NavigableMap<Long, CallId> waiting = new TreeMap<>();
    private final NavigableMap<Long, CallId> held = new TreeMap<>();

    /** Puts a call where its state belongs. */
    public void put(QueuedCall call) {
        var arrival = call.place().arrival();
        var isWaiting = call.state() instanceof QueuedCall.State.Waiting;
        var isHeld = call.inLine();
        set(waiting, arrival, call.id(), isWaiting);
        set(held, arrival, call.id(), isHeld);
    }

    public void remove(QueuedCall call) {
        waiting.remove(call.place().arrival());
        held.remove(call.place().arrival());
    }

    private static void set(
            NavigableMap<Long, CallId> calls, long arrival, CallId call, boolean present) {
        if (present) {
            calls.put(arrival, call);
        } else {
            calls.remove(arrival);
        }
    }

    /** The arrival that is to be served next. */
    public Optional<Long> head() {
        return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.firstKey());
    }

    /** The call that has waited longest, being offered or not. */
    public Optional<CallId> eldest() {
        return Optional.ofNullable(held.firstEntry()).map(Map.Entry::getValue);
    }

    public CallId at(long arrival) {
        return waiting.get(arrival);
    }

    /** Calls that hear the music, being offered or not. */
    public int size() {
        return held.size();
    }
}
