// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panacall.proto.directory.v1.Configuration;
import org.panacall.proto.directory.v1.DirectoryServiceGrpc;
import org.panacall.proto.directory.v1.NoteConfigurationRequest;
import org.panacall.proto.directory.v1.NoteConfigurationResponse;
import org.panacall.proto.directory.v1.WatchConfigurationRequest;

/** Between a reader and a directory that are real gRPC peers. */
class ConfigurationSourceTest {

    private static final String TOKEN = "a-token-long-enough";

    private final LinkedBlockingQueue<WatchConfigurationRequest> watched =
            new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<NoteConfigurationRequest> noted = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Long> used = new LinkedBlockingQueue<>();
    private final Peers peers = new Peers(new ServiceToken(TOKEN), Duration.ofSeconds(10), 4);
    private Server server;

    @BeforeEach
    void start() throws IOException {
        var directory =
                new DirectoryServiceGrpc.DirectoryServiceImplBase() {
                    @Override
                    public void watchConfiguration(
                            WatchConfigurationRequest request,
                            StreamObserver<Configuration> answer) {
                        watched.add(request);
                        answer.onNext(Configuration.newBuilder().setVersion(7).build());
                    }

                    @Override
                    public void noteConfiguration(
                            NoteConfigurationRequest request,
                            StreamObserver<NoteConfigurationResponse> answer) {
                        noted.add(request);
                        answer.onNext(NoteConfigurationResponse.getDefaultInstance());
                        answer.onCompleted();
                    }
                };
        server =
                NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                        .intercept(new ServiceToken(TOKEN))
                        .addService(directory)
                        .build()
                        .start();
    }

    @AfterEach
    void stop() {
        peers.close();
        server.shutdownNow();
    }

    private ConfigurationSource source(String reader) {
        return new ConfigurationSource(peers, "127.0.0.1:" + server.getPort(), reader);
    }

    private static <T> T next(LinkedBlockingQueue<T> queue) throws InterruptedException {
        return queue.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void directoryIsToldWhichConfigurationIsInUse(@TempDir Path data) throws Exception {
        // When
        try (var reader = source("one").follow(data.resolve("kept"), this::use)) {
            // Then
            assertEquals("one", next(watched).getReaderId());
            var told = next(noted);
            assertEquals("one", told.getReaderId());
            assertEquals(7, told.getVersion());
            assertEquals(7, used.poll(), "told before it was in use");
            assertEquals(7, reader.last().orElseThrow().getVersion());
        }
    }

    @Test
    void directoryIsToldWhichConfigurationIsKnown(@TempDir Path data) throws Exception {
        // Given
        var known = Configuration.newBuilder().setVersion(5).build();
        Files.write(data.resolve("kept"), known.toByteArray());
        // When
        try (var reader = source("two").follow(data.resolve("kept"), this::use)) {
            // Then
            assertEquals(5, next(watched).getKnownVersion());
            assertEquals(5, next(used));
            assertEquals(7, next(used));
            assertEquals(7, reader.last().orElseThrow().getVersion());
        }
    }

    private void use(Configuration configuration) {
        used.add(configuration.getVersion());
    }
}
