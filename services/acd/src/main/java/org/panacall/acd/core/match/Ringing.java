// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.match;

import java.time.Duration;

/** How many phones ring for a call. */
public sealed interface Ringing {

    /** One after another. */
    record One() implements Ringing {}

    /** All who are free, up to a bound. */
    record All(int most) implements Ringing {

        public All {
            if (most < 1) {
                throw new IllegalArgumentException("one phone at least must ring");
            }
        }
    }

    /** One more every so often, up to a bound; those that ring go on ringing. */
    record Growing(Duration step, int most) implements Ringing {

        public Growing {
            if (most < 1 || step.isNegative() || step.isZero()) {
                throw new IllegalArgumentException("one phone at least must ring, and for a while");
            }
        }
    }
}
