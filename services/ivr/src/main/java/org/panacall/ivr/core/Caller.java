// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core;

import org.panacall.ivr.core.id.CallId;
import org.panacall.ivr.core.id.LegId;
import org.panacall.ivr.core.id.TenantId;

/**
 * Who goes through a flow.
 *
 * @param numbers whom he rings from where; personal, never logged
 */
public record Caller(CallId call, LegId leg, TenantId tenant, Numbers numbers, Origin origin) {

    /** E.164 with "+" or extensions; the caller's is empty when withheld. */
    public record Numbers(String caller, String dialled) {
        @Override
        public String toString() {
            return "(masked)";
        }
    }

    /**
     * Where the run belongs.
     *
     * @param run unique, made outside; effects and plays are named after it
     * @param sipIngress gRPC address, "host:port", of the sip-ingress that holds the call
     * @param traceparent trace context of the call, W3C
     * @param fromQueue the queue from which the caller comes; empty: from none
     */
    public record Origin(String run, String sipIngress, String traceparent, String fromQueue) {

        /** Of who comes from no queue. */
        public Origin(String run, String sipIngress, String traceparent) {
            this(run, sipIngress, traceparent, "");
        }
    }

    /** The same, in another run. */
    public Caller in(String run) {
        var other = new Origin(run, origin.sipIngress(), origin.traceparent(), origin.fromQueue());
        return new Caller(call, leg, tenant, numbers, other);
    }

    /** The same, held by that sip-ingress. */
    public Caller at(String sipIngress) {
        var moved = new Origin(origin.run(), sipIngress, origin.traceparent(), origin.fromQueue());
        return new Caller(call, leg, tenant, numbers, moved);
    }
}
