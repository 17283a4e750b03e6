// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.waiting;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.LegId;

/** Those who are called back: each is rung once at a time, for whichever queue. */
public final class SimulatedPatients {

    private final Map<LegId, String> dialled = new TreeMap<>();
    private final Predicate<LegId> rung;

    /**
     * @param rung whether one is rung or told something, and does not talk yet
     */
    public SimulatedPatients(Predicate<LegId> rung) {
        this.rung = rung;
    }

    /** A telephone outside is dialled. */
    public void dialled(CallId id, AcdEffect.NewLeg leg) {
        if (id.value().startsWith("call_leg") || id.value().startsWith("call_callback")) {
            dialled.keySet().removeIf(rung.negate());
            assertFalse(
                    dialled.containsValue(leg.party().value()),
                    "a patient is dialled twice at once");
            dialled.put(leg.leg(), leg.party().value());
        }
    }
}
