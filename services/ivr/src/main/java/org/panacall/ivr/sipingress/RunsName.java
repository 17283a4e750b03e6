// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.sipingress;

import org.panacall.proto.call.v1.Controller;
import org.panacall.proto.call.v1.ControllerKind;

/**
 * As whom the calls of a shard of runs are controlled. Named for the shard and not for the process,
 * so that an heir controls the same calls by a newer epoch.
 *
 * @param reader our gRPC address, where we can be seen to be alive
 */
public record RunsName(String shard, long epoch, String reader) {

    /** Of whoever begins a shard; an heir's epoch is newer. */
    public static final long FIRST_EPOCH = 1;

    public Controller controller() {
        return Controller.newBuilder()
                .setKind(ControllerKind.CONTROLLER_KIND_IVR)
                .setInstance(shard)
                .build();
    }

    boolean isHeir() {
        return epoch != FIRST_EPOCH;
    }
}
