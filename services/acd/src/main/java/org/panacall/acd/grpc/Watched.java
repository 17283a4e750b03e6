// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.grpc;

import org.panacall.acd.core.id.SipIngress;
import org.panacall.proto.call.v1.Controller;
import org.panacall.proto.call.v1.ControllerKind;

/** Words of acd in the contract of call control. */
public final class Watched {

    private Watched() {}

    /**
     * As whom we control a tenant's calls. Named for the tenant and not for the process, so that
     * the calls of a leader are those of the next one too; epochs tell them apart.
     */
    public static Controller controller(String tenant) {
        return Controller.newBuilder()
                .setKind(ControllerKind.CONTROLLER_KIND_ACD)
                .setInstance(tenant)
                .build();
    }

    /**
     * Whose calls we hear of.
     *
     * @param reader our gRPC address, where we can be seen to be alive
     */
    public record Source(String tenant, SipIngress sipIngress, String reader) {}
}
