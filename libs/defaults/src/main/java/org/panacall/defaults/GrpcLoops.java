// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;

/**
 * The few threads that carry all gRPC of a process, calls that come and calls that go. What runs on
 * them must not block.
 */
@ApplicationScoped
public class GrpcLoops {

    private static final long GRACE_MS = 1_000;

    private final EventLoopGroup threads;

    @Inject
    public GrpcLoops(DefaultsConfig config) {
        this(config.grpc().threads());
    }

    /** For clients outside a container, such as tests and tools. */
    public GrpcLoops(int threads) {
        this.threads = new NioEventLoopGroup(threads, new DefaultThreadFactory("grpc", true));
    }

    EventLoopGroup threads() {
        return threads;
    }

    @PreDestroy
    void close() {
        threads.shutdownGracefully(0, GRACE_MS, TimeUnit.MILLISECONDS);
    }
}
