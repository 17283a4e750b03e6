// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Channels to other services by address, one each, opened at first use and kept. Calls go to the
 * very instance that holds a call or leads a tenant, so there is no balancing in here.
 */
@ApplicationScoped
public class Peers {

    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9.-]{1,253}:[0-9]{1,5}");

    private final ConcurrentHashMap<String, ManagedChannel> channels = new ConcurrentHashMap<>();
    private final ServiceToken token;
    private final Duration keepAlive;
    private final int bound;

    @Inject
    public Peers(ServiceToken token, DefaultsConfig config) {
        this(token, config.peers().keepAlive(), config.peers().channels());
    }

    /** For clients outside a container, such as tests and tools. */
    public Peers(ServiceToken token, Duration keepAlive, int bound) {
        this.token = token;
        this.keepAlive = keepAlive;
        this.bound = bound;
    }

    /**
     * The channel to "host:port".
     *
     * @throws IllegalArgumentException when it is no address
     * @throws IllegalStateException when too many different peers were asked for
     */
    public ManagedChannel channel(String address) {
        var known = channels.get(address);
        if (known != null) {
            return known;
        }
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException("not a host:port: " + address);
        }
        if (channels.size() >= bound) {
            throw new IllegalStateException("more than " + bound + " peers; see panacall.peers");
        }
        return channels.computeIfAbsent(address, this::open);
    }

    /** The addresses of a comma separated setting, in its order. */
    public static List<String> addresses(String setting) {
        return Pattern.compile(",")
                .splitAsStream(setting)
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .toList();
    }

    private ManagedChannel open(String address) {
        return NettyChannelBuilder.forTarget("dns:///" + address)
                .usePlaintext()
                .intercept(token)
                .keepAliveTime(keepAlive.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(keepAlive.toMillis() / 2, TimeUnit.MILLISECONDS)
                .build();
    }

    @PreDestroy
    void close() {
        channels.values().forEach(ManagedChannel::shutdownNow);
    }
}
