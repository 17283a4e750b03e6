// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The gRPC of a service, on a port of its own: every {@link ServerServiceDefinition} among the
 * beans is served. Handlers run on the threads of {@link GrpcLoops}, so they hand over and return.
 *
 * <p>Opens after all other observers of the start, so that the first call finds a whole service,
 * and closes after all others have ended.
 */
@ApplicationScoped
public class GrpcServer {

    private static final Logger LOG = Logger.getLogger(GrpcServer.class);
    private static final int LAST = Integer.MAX_VALUE;
    private static final long PING_MIN_SECONDS = 1;

    /** For answers under way; streams that are open are cut off afterwards. */
    private static final long GRACE_MS = 200;

    private final DefaultsConfig.GrpcConfig config;
    private final GrpcLoops loops;
    private final ServiceToken token;
    private final MeterRegistry registry;
    private final Instance<ServerServiceDefinition> contracts;
    private Optional<Server> server = Optional.empty();

    GrpcServer(
            DefaultsConfig config,
            GrpcLoops loops,
            ServiceToken token,
            MeterRegistry registry,
            @Any Instance<ServerServiceDefinition> contracts) {
        this.config = config.grpc();
        this.loops = loops;
        this.token = token;
        this.registry = registry;
        this.contracts = contracts;
    }

    void start(@Observes @Priority(LAST) StartupEvent started) throws IOException {
        if (contracts.isUnsatisfied()) {
            return;
        }
        var address = new InetSocketAddress(config.host(), config.port());
        // What is named first is called last: strangers are turned away before all else.
        var builder =
                NettyServerBuilder.forAddress(address)
                        .bossEventLoopGroup(loops.threads())
                        .workerEventLoopGroup(loops.threads())
                        .channelType(NioServerSocketChannel.class)
                        .directExecutor()
                        .permitKeepAliveTime(PING_MIN_SECONDS, TimeUnit.SECONDS)
                        .permitKeepAliveWithoutCalls(true)
                        .intercept(new Faults())
                        .intercept(new CallTimes(registry))
                        .intercept(token);
        contracts.forEach(builder::addService);
        server = Optional.of(builder.build().start());
        LOG.infof("gRPC on %s:%d", config.host(), port());
    }

    /** The real port, also when the system chose it; 0 when nothing is served. */
    public int port() {
        return server.map(Server::getPort).orElse(0);
    }

    void stop(@Observes @Priority(LAST) ShutdownEvent stopping) throws InterruptedException {
        if (server.isPresent()) {
            server.get().shutdown().awaitTermination(GRACE_MS, TimeUnit.MILLISECONDS);
            server.get().shutdownNow();
        }
    }
}
