// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.adoption;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OrphansTest {

    private static final String OTHERS = "sip:127.0.0.1:5080;pi=sip-ingress-1.a";

    private final Orphans orphans = new Orphans("sip-ingress-2.b");

    @Test
    void requestsOfAnotherHoldersDialogsAreLeftUnansweredForAWhile() {
        assertTrue(orphans.mayBecomeOurs(OTHERS, 1_000));
        assertTrue(orphans.mayBecomeOurs(OTHERS, 8_999));
        assertFalse(orphans.mayBecomeOurs(OTHERS, 9_000));
        assertFalse(orphans.mayBecomeOurs(OTHERS, 60_999));
        // Perhaps it was alive then, and is dead now.
        assertTrue(orphans.mayBecomeOurs(OTHERS, 61_000));
    }

    @Test
    void requestsThatNameUsOrNobodyAreNoOrphans() {
        assertFalse(orphans.mayBecomeOurs("sip:127.0.0.1:5080;pi=sip-ingress-2.b", 1_000));
        assertFalse(orphans.mayBecomeOurs("sip:127.0.0.1:5080", 1_000));
        assertFalse(orphans.mayBecomeOurs("not a URI", 1_000));
    }
}
