// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.plan;

import java.util.Optional;

/**
 * What an INVITE is to become.
 *
 * @param from who rings: E.164 with +, an extension, or empty text when withheld
 * @param to what was dialled: E.164 with + or an extension
 * @param carrier it came by; empty text for a phone
 */
public record Route(
        TenantPlan tenant,
        Destination destination,
        Optional<String> fallbackQueue,
        String from,
        String to,
        String carrier) {

    /** Kept in the call's record. */
    public String origin() {
        return carrier.isEmpty() ? "phone" : "carrier";
    }
}
