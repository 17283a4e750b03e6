// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.proto.directory.v1.CheckTokenRequest;
import org.panacall.proto.directory.v1.CheckTokenResponse;
import org.panacall.proto.directory.v1.DirectoryServiceGrpc;

/** Between real gRPC peers: who shows the token is served, anybody else is not. */
class PeersTest {

    private static final String TOKEN = "a-token-long-enough";

    private Server server;

    @BeforeEach
    void start() throws IOException {
        start(0);
    }

    private void start(int port) throws IOException {
        var service =
                new DirectoryServiceGrpc.DirectoryServiceImplBase() {
                    @Override
                    public void checkToken(
                            CheckTokenRequest request, StreamObserver<CheckTokenResponse> answer) {
                        answer.onNext(CheckTokenResponse.getDefaultInstance());
                        answer.onCompleted();
                    }
                };
        server =
                NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
                        .intercept(new ServiceToken(TOKEN))
                        .addService(service)
                        .build()
                        .start();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    private void callWith(String token) {
        var peers = new Peers(new ServiceToken(token), Duration.ofSeconds(10), 4);
        try {
            var channel = peers.channel("127.0.0.1:" + server.getPort());
            DirectoryServiceGrpc.newBlockingStub(channel)
                    .checkToken(CheckTokenRequest.getDefaultInstance());
        } finally {
            peers.close();
        }
    }

    @Test
    void aPeerWithTheTokenIsServed() {
        callWith(TOKEN);
    }

    @Test
    void aPeerWithAnotherTokenIsRefused() {
        var refusal =
                assertThrows(StatusRuntimeException.class, () -> callWith("another-long-token"));
        assertEquals(Status.Code.UNAUTHENTICATED, refusal.getStatus().getCode());
    }

    @Test
    void aPeerWithoutAnyIsRefused() {
        // Given
        var address = "127.0.0.1:" + server.getPort();
        var channel = ManagedChannelBuilder.forTarget("dns:///" + address).usePlaintext().build();
        var directory = DirectoryServiceGrpc.newBlockingStub(channel);
        // When
        var refusal =
                assertThrows(
                        StatusRuntimeException.class,
                        () -> directory.checkToken(CheckTokenRequest.getDefaultInstance()));
        channel.shutdownNow();
        // Then
        assertEquals(Status.Code.UNAUTHENTICATED, refusal.getStatus().getCode());
    }

    @Test
    void aTokenTooShortIsNoToken() {
        assertThrows(IllegalArgumentException.class, () -> new ServiceToken("short"));
    }

    @Test
    void peersAreBoundedAndTheirAddressesChecked() {
        // Given
        var peers = new Peers(new ServiceToken(TOKEN), Duration.ofSeconds(10), 1);
        peers.channel("127.0.0.1:1");
        // When, Then
        assertThrows(IllegalStateException.class, () -> peers.channel("127.0.0.1:2"));
        assertThrows(IllegalArgumentException.class, () -> peers.channel("no address"));
        assertEquals(2, Peers.addresses(" a:1, b:2 ,").size());
        peers.close();
    }

    @Test
    void aPeerThatComesBackIsReachedAtOnce() throws Exception {
        // Given: so many failures that gRPC itself would wait for long before the next attempt.
        var peers = new Peers(new ServiceToken(TOKEN), Duration.ofSeconds(10), 4);
        var address = "127.0.0.1:" + server.getPort();
        int port = server.getPort();
        server.shutdownNow().awaitTermination();
        long failures = System.nanoTime() + Duration.ofSeconds(4).toNanos();
        while (System.nanoTime() < failures) {
            assertThrows(StatusRuntimeException.class, () -> ask(peers, address));
            LockSupport.parkNanos(50_000_000);
        }
        // When
        start(port);
        // Then
        long limit = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        while (!reached(peers, address)) {
            assertTrue(System.nanoTime() < limit, "not reached within a second");
            LockSupport.parkNanos(50_000_000);
        }
        peers.close();
    }

    private static boolean reached(Peers peers, String address) {
        try {
            ask(peers, address);
            return true;
        } catch (StatusRuntimeException away) {
            return false;
        }
    }

    private static void ask(Peers peers, String address) {
        DirectoryServiceGrpc.newBlockingStub(peers.channel(address))
                .checkToken(CheckTokenRequest.getDefaultInstance());
    }
}
