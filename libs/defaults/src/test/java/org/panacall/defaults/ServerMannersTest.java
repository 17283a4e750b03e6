// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.proto.directory.v1.CheckTokenRequest;
import org.panacall.proto.directory.v1.CheckTokenResponse;
import org.panacall.proto.directory.v1.DirectoryServiceGrpc;
import org.panacall.proto.directory.v1.DirectoryServiceGrpc.DirectoryServiceBlockingStub;
import org.panacall.simkit.Eventually;

/** What callers see of a method that fails, and what is measured of it. */
class ServerMannersTest {

    private static final ServiceToken TOKEN = new ServiceToken("a-token-for-this-test");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Peers peers = new Peers(TOKEN, Duration.ofSeconds(10), 1);
    private Server server;
    private DirectoryServiceBlockingStub directory;

    /** Does what the token says. */
    private static final class Service implements DirectoryServiceGrpc.AsyncService {
        @Override
        public void checkToken(
                CheckTokenRequest request, StreamObserver<CheckTokenResponse> caller) {
            switch (request.getToken()) {
                case "bad" -> throw new IllegalArgumentException("bad");
                case "full" -> {
                    var full = new CompletionException(new RejectedExecutionException("full"));
                    Reply.later(CompletableFuture.failedFuture(full), caller);
                }
                case "bug" -> caller.onError(new IllegalStateException("bug"));
                case "twice" -> {
                    Reply.now(CheckTokenResponse.getDefaultInstance(), caller);
                    throw new IllegalStateException("after the answer");
                }
                default -> Reply.now(CheckTokenResponse.getDefaultInstance(), caller);
            }
        }
    }

    @BeforeEach
    void start() throws IOException {
        server =
                NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                        .directExecutor()
                        .intercept(new Faults())
                        .intercept(new CallTimes(registry))
                        .addService(DirectoryServiceGrpc.bindService(new Service()))
                        .build()
                        .start();
        var channel = peers.channel("127.0.0.1:" + server.getPort());
        directory = DirectoryServiceGrpc.newBlockingStub(channel);
    }

    @AfterEach
    void stop() {
        peers.close();
        server.shutdownNow();
    }

    @Test
    void badInputIsTheCallersBug() {
        assertEquals(Status.Code.INVALID_ARGUMENT, failureOf("bad"));
    }

    @Test
    void whatIsFullCanBeTriedAgain() {
        assertEquals(Status.Code.RESOURCE_EXHAUSTED, failureOf("full"));
    }

    @Test
    void theRestIsOurs() {
        assertEquals(Status.Code.INTERNAL, failureOf("bug"));
    }

    @Test
    void anAnswerStandsWhateverFailsAfterIt() {
        // When
        var answer = ask("twice");
        // Then
        assertEquals(CheckTokenResponse.getDefaultInstance(), answer);
    }

    @Test
    void callsAreMeasuredByMethodAndStatus() {
        // When
        ask("good");
        failureOf("bad");
        // Then
        Eventually.isTrue("both are counted", () -> count("OK") == 1);
        Eventually.isTrue("both are counted", () -> count("INVALID_ARGUMENT") == 1);
    }

    private long count(String status) {
        var timers =
                registry.find("grpc.server.processing.duration")
                        .tags("method", "CheckToken", "statusCode", status)
                        .timers();
        return timers.stream().mapToLong(timer -> timer.count()).sum();
    }

    private CheckTokenResponse ask(String token) {
        return directory.checkToken(CheckTokenRequest.newBuilder().setToken(token).build());
    }

    private Status.Code failureOf(String token) {
        return assertThrows(StatusRuntimeException.class, () -> ask(token)).getStatus().getCode();
    }
}
