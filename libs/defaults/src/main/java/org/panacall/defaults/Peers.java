// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.socket.nio.NioSocketChannel;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Channels to other services by address, one each, opened at first use and kept. Calls go to the
 * very instance that holds a call or leads a tenant, so there is no balancing in here.
 */
@ApplicationScoped
public class Peers {

    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9.-]{1,253}:[0-9]{1,5}");

    private static final long RETRY_NANOS = Duration.ofMillis(250).toNanos();

    private final ConcurrentHashMap<String, Peer> peers = new ConcurrentHashMap<>();
    private final GrpcLoops loops;
    private final ServiceToken token;
    private final Duration keepAlive;
    private final int bound;

    @Inject
    public Peers(ServiceToken token, DefaultsConfig config, GrpcLoops loops) {
        this(token, config.peers().keepAlive(), config.peers().channels(), loops);
    }

    /** For clients outside a container, such as tests and tools. */
    public Peers(ServiceToken token, Duration keepAlive, int bound) {
        this(token, keepAlive, bound, new GrpcLoops(1));
    }

    private Peers(ServiceToken token, Duration keepAlive, int bound, GrpcLoops loops) {
        this.loops = loops;
        this.token = token;
        this.keepAlive = keepAlive;
        this.bound = bound;
    }

    /** A channel, and when its wait before the next attempt to connect was last cut short. */
    private record Peer(ManagedChannel channel, AtomicLong retriedNanos) {

        /**
         * gRPC waits longer and longer before it tries a dead peer again, up to two minutes. A peer
         * that was restarted is there within seconds, so whoever asks for it has it tried now.
         */
        ManagedChannel awake() {
            long now = System.nanoTime();
            long before = retriedNanos.get();
            if (now - before > RETRY_NANOS
                    && channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE
                    && retriedNanos.compareAndSet(before, now)) {
                channel.resetConnectBackoff();
            }
            return channel;
        }
    }

    /**
     * The channel to "host:port".
     *
     * @throws IllegalArgumentException when it is no address
     * @throws IllegalStateException when too many different peers were asked for
     */
    public ManagedChannel channel(String address) {
        var known = peers.get(address);
        if (known != null) {
            return known.awake();
        }
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException("not a host:port: " + address);
        }
        if (peers.size() >= bound) {
            throw new IllegalStateException("more than " + bound + " peers; see panacall.peers");
        }
        return peers.computeIfAbsent(address, this::open).channel();
    }

    /** The addresses of a comma separated setting, in its order. */
    public static List<String> addresses(String setting) {
        return Pattern.compile(",")
                .splitAsStream(setting)
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .toList();
    }

    private Peer open(String address) {
        var channel =
                NettyChannelBuilder.forTarget("dns:///" + address)
                        .eventLoopGroup(loops.threads())
                        .channelType(NioSocketChannel.class)
                        .usePlaintext()
                        .intercept(token)
                        .keepAliveTime(keepAlive.toMillis(), TimeUnit.MILLISECONDS)
                        .keepAliveTimeout(keepAlive.toMillis() / 2, TimeUnit.MILLISECONDS)
                        .build();
        return new Peer(channel, new AtomicLong(System.nanoTime()));
    }

    @PreDestroy
    void close() {
        peers.values().forEach(peer -> peer.channel().shutdownNow());
    }
}
