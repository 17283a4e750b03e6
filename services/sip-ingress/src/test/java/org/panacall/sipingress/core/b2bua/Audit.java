// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeMap;
import org.panacall.sipingress.core.call.CallEvent;
import org.panacall.sipingress.core.call.CallFact;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.EndReason;
import org.panacall.sipingress.core.leg.LegRole;

/** What must always hold of calls, checked after each turn. */
public final class Audit {

    private final List<CallFact> facts = new ArrayList<>();
    private final TreeMap<CallId, Long> sequences = new TreeMap<>();
    private final LinkedHashMap<LegId, CallId> legs = new LinkedHashMap<>();
    private final LinkedHashMap<LegId, EndReason> legEnds = new LinkedHashMap<>();
    private final TreeMap<CallId, EndReason> callEnds = new TreeMap<>();
    private final TreeMap<CallId, CallFact> stored = new TreeMap<>();

    public List<CallFact> facts() {
        return facts;
    }

    public List<CallEvent> events() {
        return facts.stream().map(CallFact::event).toList();
    }

    /** What an heir would find. */
    List<CallFact> storedCalls() {
        return List.copyOf(stored.values());
    }

    public EndReason endOf(CallId call) {
        return callEnds.get(call);
    }

    public List<EndReason> ends() {
        return List.copyOf(callEnds.values());
    }

    List<EndReason> legEnds() {
        return List.copyOf(legEnds.values());
    }

    void take(List<CallFact> fresh, SipIngress core) {
        fresh.forEach(this::take);
        for (var fact : fresh) {
            // Whatever was told of a call, its heir goes on behind it.
            var left = stored.get(fact.call());
            boolean over = callEnds.containsKey(fact.call());
            assertTrue(over || left.sequence() >= fact.sequence(), "told but not stored");
        }
        fresh.forEach(fact -> verifyRingsOnce(fact, core));
        for (var call : core.callsAfter(new CallId("_"))) {
            // The end of a call is the end of all its legs, in the same turn.
            if (call.end().isPresent()) assertTrue(call.isOver(), "a leg outlived its call");
            var ended = new LinkedHashSet<LegId>();
            call.legs().stream().filter(leg -> leg.isEnded()).forEach(leg -> ended.add(leg.id()));
            for (var leg : call.legs()) {
                for (var partner : call.partners(leg.id())) {
                    assertFalse(ended.contains(partner.id()), "a talk with an ended leg");
                }
            }
        }
    }

    /** A phone that we ring by ourselves has nothing else to do, as far as we know. */
    private static void verifyRingsOnce(CallFact fact, SipIngress core) {
        boolean ours =
                fact.event() instanceof CallEvent.LegStarted started
                        && started.role() == LegRole.AGENT
                        && started.leg().value().startsWith("leg_us");
        if (!ours) return;
        var rung = (CallEvent.LegStarted) fact.event();
        for (var call : core.callsAfter(new CallId("_"))) {
            for (var leg : call.legs()) {
                boolean busy = !leg.isEnded() && leg.party().equals(rung.party());
                assertFalse(busy && !leg.id().equals(rung.leg()), "a phone rings for two callers");
            }
        }
    }

    private void take(CallFact fact) {
        facts.add(fact);
        assertFalse(callEnds.containsKey(fact.call()), "an event after the call's end");
        long sequence = sequences.merge(fact.call(), 1L, Long::sum);
        assertEquals(sequence, fact.sequence(), "a gap in a call's events");
        switch (fact.event()) {
            case CallEvent.LegStarted started ->
                    assertEquals(null, legs.put(started.leg(), fact.call()), "a leg began twice");
            case CallEvent.LegFinished finished ->
                    assertEquals(
                            null,
                            legEnds.put(finished.leg(), finished.how().reason()),
                            "a leg ended twice");
            case CallEvent.CallStored(var call) -> {
                assertEquals(fact.sequence(), call.sequence(), "stored as it was not");
                stored.put(fact.call(), fact);
            }
            case CallEvent.CallFinished(var reason, var at) -> {
                stored.remove(fact.call());
                callEnds.put(fact.call(), reason);
                legs.forEach(
                        (leg, call) -> {
                            if (call.equals(fact.call())) {
                                assertTrue(legEnds.containsKey(leg), "a leg outlived its call");
                            }
                        });
            }
            default -> {
                // Says nothing about ends.
            }
        }
    }

    void verifyAllEnded() {
        assertEquals(legs.keySet().size(), legEnds.size(), "legs without an end");
        assertEquals(sequences.size(), callEnds.size(), "calls without an end");
    }
}
