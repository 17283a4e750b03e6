// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.rules;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.acd.core.AcdCommand.SeenCall;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.LegId;

/** A call as a simulated sip-ingress holds it. */
public final class HeldCall {

    /** What a leg does. */
    public enum Leg {
        RINGING,
        ANSWERED,
        ENDED
    }

    public Optional<Extension> dialledBy = Optional.empty();
    public Optional<String> flow = Optional.empty();
    public final LegId first;
    public final String number;
    public final Map<LegId, Leg> legs = new TreeMap<>();
    public final Map<LegId, AgentId> agents = new TreeMap<>();
    public boolean joined;

    /** Its caller has heard that it may be recorded. */
    public boolean noticed;

    /** A flow has it, or had it: its caller wants something from then on. */
    public boolean beenWithFlow;

    /**
     * @param number of the caller
     */
    public HeldCall(LegId first, String number, Leg state) {
        this.first = first;
        this.number = number;
        legs.put(first, state);
    }

    public boolean over() {
        return legs.values().stream().allMatch(Leg.ENDED::equals);
    }

    public List<LegId> live() {
        return legs.keySet().stream().filter(leg -> legs.get(leg) != Leg.ENDED).toList();
    }

    public SeenCall seen(CallId id) {
        var seen = new TreeMap<LegId, Boolean>();
        live().forEach(leg -> seen.put(leg, legs.get(leg) == Leg.ANSWERED));
        var ours = flow.isEmpty() && dialledBy.isEmpty();
        return new SeenCall(id, ours, false, joined, seen, dialledBy);
    }
}
