// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.pipeline;

/**
 * Who a leg is.
 *
 * @param owner instance name of the sip-ingress that opened it and gets its notices
 */
public record LegIdentity(String legId, String callId, String tenantId, String owner) {

    private static final int LENGTH_MAX = 128;

    public LegIdentity {
        require("leg_id", legId);
        require("call_id", callId);
        require("tenant_id", tenantId);
        require("sip_ingress", owner);
    }

    private static void require(String name, String value) {
        if (value.isEmpty() || value.length() > LENGTH_MAX) {
            throw new IllegalArgumentException(name + " has 1 to " + LENGTH_MAX + " characters");
        }
    }
}
