// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.directory;

import io.grpc.Channel;
import io.grpc.stub.AbstractStub;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.panacall.defaults.Peers;
import org.panacall.desktop.DesktopConfig;

/** Stubs of what the directory serves. Each is for one question, which is given up in time. */
@ApplicationScoped
class DirectoryStubs {

    private final Peers peers;
    private final String address;
    private final Duration timeout;

    DirectoryStubs(Peers peers, DesktopConfig config) {
        this.peers = peers;
        address = config.directory().address();
        timeout = config.desktop().timeout();
    }

    /** With the usual patience. */
    <S extends AbstractStub<S>> S of(Function<Channel, S> service) {
        return of(service, timeout);
    }

    /** For what takes longer. */
    <S extends AbstractStub<S>> S of(Function<Channel, S> service, Duration patience) {
        return service.apply(peers.channel(address))
                .withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
