// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.leg;

import java.time.Duration;
import java.util.Objects;
import org.panacall.sipingress.core.dialog.LegId;

/**
 * A leg to be originated.
 *
 * @param callerNumber shown to the party: E.164 with + or an extension
 * @param callerName shown to the party; may be empty
 * @param ringTimeout after it the leg is cancelled and ends as no-answer
 * @param agentId agent behind the leg; empty when there is none
 */
public record LegPlan(
        LegId leg,
        LegRole role,
        Target target,
        String callerNumber,
        String callerName,
        Duration ringTimeout,
        String agentId) {

    public LegPlan {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(target, "target");
        if (ringTimeout.isNegative() || ringTimeout.isZero()) {
            throw new IllegalArgumentException("the ring timeout must be positive");
        }
    }

    /** Whom the leg is to reach. */
    public sealed interface Target {

        /** What the party dialled would be: an extension, or a number with +. */
        String party();

        /** A registered device of the tenant. */
        record Extension(String party) implements Target {

            public Extension {
                if (!isOne(party)) throw new IllegalArgumentException("not an extension");
            }

            /** Whether a device can be called so. */
            public static boolean isOne(String party) {
                return party.matches("[0-9A-Za-z*#._-]{1,32}");
            }
        }

        /** A number of the telephone network, E.164 with +. */
        record Number(String party) implements Target {

            public Number {
                if (!party.matches("\\+[0-9]{3,15}")) {
                    throw new IllegalArgumentException("not an E.164 number with +");
                }
            }
        }
    }
}
