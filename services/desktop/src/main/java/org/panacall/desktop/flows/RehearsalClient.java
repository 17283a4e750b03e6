// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.flows;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.panacall.defaults.Peers;
import org.panacall.desktop.DesktopConfig;
import org.panacall.proto.ivr.v1.RehearsalServiceGrpc;
import org.panacall.proto.ivr.v1.RehearseRequest;
import org.panacall.proto.ivr.v1.RehearseResponse;

/** Asks the first ivr that is there to go through a flow. Blocks. */
@ApplicationScoped
class RehearsalClient {

    private final Peers peers;
    private final List<String> instances;
    private final Duration timeout;

    RehearsalClient(Peers peers, DesktopConfig config) {
        this.peers = peers;
        instances = Peers.addresses(config.ivr().addresses());
        timeout = config.desktop().timeout();
    }

    RehearseResponse rehearse(RehearseRequest request) {
        var fault = Status.UNAVAILABLE.withDescription("no ivr").asRuntimeException();
        for (var address : instances) {
            try {
                return RehearsalServiceGrpc.newBlockingStub(peers.channel(address))
                        .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
                        .rehearse(request);
            } catch (StatusRuntimeException away) {
                if (away.getStatus().getCode() != Status.Code.UNAVAILABLE) {
                    throw away;
                }
                fault = away;
            }
        }
        throw fault;
    }
}
