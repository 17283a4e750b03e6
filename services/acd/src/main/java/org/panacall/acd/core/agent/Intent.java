// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.agent;

/**
 * What an agent says of himself, whatever his phone and his calls say.
 *
 * @param reason why not ready, of the tenant's list; "" for none, and when ready
 */
public record Intent(boolean ready, String reason) {

    /** Wants calls. */
    public static final Intent READY = new Intent(true, "");

    /** Has said nothing yet. */
    public static final Intent SILENT = new Intent(false, "");

    private static final int REASON_MAX = 64;

    public Intent {
        if (reason.length() > REASON_MAX) {
            throw new IllegalArgumentException("a reason must have at most 64 characters");
        }
    }
}
