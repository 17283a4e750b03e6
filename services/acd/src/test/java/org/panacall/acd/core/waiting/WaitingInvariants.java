// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.waiting;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.id.CallId;

/** What must hold of what callers are told while they wait. */
public final class WaitingInvariants {

    private final Map<CallId, Listening> heard = new TreeMap<>();

    /** What was said never rises, and no promise is put off by more than roundness. */
    public void listens(AcdEvent.ListeningChanged changed) {
        var next = changed.next();
        var before = heard.put(changed.call(), next);
        if (before == null) {
            return;
        }
        var told = before.told();
        assertTrue(
                told.position() == 0 || next.told().position() <= told.position(),
                () -> "a position rose: " + told + " to " + next.told());
        told.spoken()
                .ifPresent(
                        said ->
                                assertTrue(
                                        next.told().spoken().orElseThrow().compareTo(said) <= 0,
                                        "a wait rose"));
        told.until()
                .ifPresent(
                        until ->
                                assertFalse(
                                        next.told().until().orElseThrow().isAfter(until),
                                        "a promise was put off"));
    }

    /** The call is over. */
    public void released(CallId call) {
        heard.remove(call);
    }
}
