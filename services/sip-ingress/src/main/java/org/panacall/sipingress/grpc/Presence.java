// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.grpc;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.panacall.defaults.Peers;
import org.panacall.sipingress.IngressShard;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.command.IngressCommand;

/**
 * Notices when a controller's process goes away, by our own connection to it: a server is not told
 * of the death of those who read its streams.
 */
final class Presence {

    private static final int FOLLOWED_MAX = 256;
    private static final long PAUSE_NANOS = 250_000_000;

    private final Peers peers;
    private final IngressShard shard;
    private final ConcurrentHashMap<Controller, String> followed = new ConcurrentHashMap<>();

    Presence(Peers peers, IngressShard shard) {
        this.peers = peers;
        this.shard = shard;
    }

    /** The controller answered at this address: from now on it is there while the address is. */
    void follow(Controller controller, String address) {
        if (address.equals(followed.get(controller))) return;
        if (followed.size() >= FOLLOWED_MAX) followed.clear();
        followed.put(controller, address);
        look(controller, address, peers.channel(address));
    }

    private void look(Controller controller, String address, ManagedChannel channel) {
        // Another instance may have gone on in its name.
        if (!address.equals(followed.get(controller)) || channel.isShutdown()) return;
        var state = channel.getState(true);
        if (state != ConnectivityState.CONNECTING) {
            boolean there = state == ConnectivityState.READY;
            shard.send(new IngressCommand.WatchController(controller, there));
        }
        if (state == ConnectivityState.TRANSIENT_FAILURE) tryAgainSoon(channel);
        channel.notifyWhenStateChanged(state, () -> look(controller, address, channel));
    }

    /** gRPC by itself waits up to two minutes between attempts: too long for who comes back. */
    private static void tryAgainSoon(ManagedChannel channel) {
        Thread.ofVirtual()
                .start(
                        () -> {
                            LockSupport.parkNanos(PAUSE_NANOS);
                            channel.resetConnectBackoff();
                        });
    }
}
