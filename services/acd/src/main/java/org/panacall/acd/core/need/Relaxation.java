// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.need;

import java.time.Duration;

/**
 * What a call that has waited for so long no longer insists on.
 *
 * @param skill of the need, or the family of needs ("language"), that it is about; "" for all
 */
public record Relaxation(Duration after, String skill, Change change) {

    /** What becomes of a need. */
    public sealed interface Change {

        /** So many levels less will do, but never less than 1. */
        record Lower(int levels) implements Change {

            public Lower {
                if (levels < 1) {
                    throw new IllegalArgumentException("a need is lowered by 1 at least");
                }
            }
        }

        /** Another skill will do instead. */
        record Widen(String skill) implements Change {}

        /** It is forgotten. */
        record Drop() implements Change {}
    }

    public Relaxation {
        if (after.isNegative()) {
            throw new IllegalArgumentException("a relaxation comes after a wait");
        }
    }
}
