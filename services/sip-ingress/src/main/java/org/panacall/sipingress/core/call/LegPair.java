// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.call;

import org.panacall.sipingress.core.dialog.LegId;

/**
 * Two legs that talk with each other.
 *
 * @param afterTalk flow that the first goes into when the other hangs up first; empty text: none
 */
public record LegPair(LegId one, LegId other, String afterTalk) {

    public LegPair(LegId one, LegId other) {
        this(one, other, "");
    }

    public LegPair {
        if (one.equals(other)) {
            throw new IllegalArgumentException("a leg cannot be joined with itself");
        }
    }

    public boolean has(LegId leg) {
        return one.equals(leg) || other.equals(leg);
    }
}
