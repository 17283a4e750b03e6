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
        var isHeld = isWaiting || !call.offers().isEmpty();
        set(waiting, arrival, call.id(), isWaiting);
        set(held, arrival, call.id(), isHeld);
    }

    public void remove(QueuedCall call) {
        waiting.remove(call.place().arrival(), call.id());
        held.remove(call.place().arrival(), call.id());
    }

    private static void set(
            NavigableMap<Long, CallId> calls, long arrival, CallId call, boolean present) {
        if (present) {
            calls.put(arrival, call);
        } else {
            // Another call may have inherited the place.
            calls.remove(arrival, call);
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

    /** Calls that nobody is being rung for. */
    public int waiting() {
        return waiting.size();
    }

    /** Those of them that came earlier. */
    public int before(long arrival) {
        return waiting.headMap(arrival).size();
    }

    /** Counted from 1, those included for whom somebody is being rung. */
    public int position(QueuedCall call) {
        return held.headMap(call.place().arrival()).size() + 1;
    }

    /** Calls that hear the music, being offered or not. */
    public int size() {
        return held.size();
    }
}
