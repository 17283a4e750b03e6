// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.call;

import java.util.Optional;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.RecordingPlan;

/**
 * Two legs that talk with each other.
 *
 * @param afterTalk flow that the first goes into when the other hangs up first; empty text: none
 * @param record by what the talk is recorded, if it is
 */
public record LegPair(LegId one, LegId other, String afterTalk, Optional<RecordingPlan> record) {

    public LegPair(LegId one, LegId other) {
        this(one, other, "", Optional.empty());
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
