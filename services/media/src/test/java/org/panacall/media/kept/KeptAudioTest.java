// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.kept;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.defaults.Peers;
import org.panacall.defaults.ServiceToken;
import org.panacall.media.MediaConfig;
import org.panacall.media.play.Clip;
import org.panacall.media.prompt.WavFile;
import org.panacall.proto.recordings.v1.FetchAudioRequest;
import org.panacall.proto.recordings.v1.FetchAudioResponse;
import org.panacall.proto.recordings.v1.RecordingUnknown;
import org.panacall.proto.recordings.v1.RecordingsServiceGrpc;

/** Recordings that come by gRPC from a real port. */
class KeptAudioTest {

    private static final int SECOND = 8_000;

    @TempDir Path data;

    private final List<FetchAudioRequest> asked = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private Server server;

    private static Clip clip(int samples) {
        var all = new short[samples];
        for (int i = 0; i < samples; i++) {
            all[i] = (short) (i % 3_001 - 1_500);
        }
        return new Clip(all);
    }

    /** Has three seconds under each name that it does not refuse. */
    private final class Recordings extends RecordingsServiceGrpc.RecordingsServiceImplBase {
        @Override
        public void fetchAudio(
                FetchAudioRequest request, StreamObserver<FetchAudioResponse> caller) {
            asked.add(request);
            var wave = WavFile.write(clip(3 * SECOND));
            switch (request.getRecordingId()) {
                case "unknown" -> caller.onNext(unknown());
                case "broken" -> {
                    send(wave, 20_000, wave.length, caller);
                    caller.onError(Status.INTERNAL.asRuntimeException());
                    return;
                }
                case "silent" -> {
                    return;
                }
                case "endless" -> send(wave, wave.length, wave.length - 1, caller);
                default -> send(wave, wave.length, wave.length, caller);
            }
            caller.onCompleted();
        }

        private static FetchAudioResponse unknown() {
            return FetchAudioResponse.newBuilder()
                    .setRecordingUnknown(RecordingUnknown.getDefaultInstance())
                    .build();
        }

        private static void send(
                byte[] wave, int length, long size, StreamObserver<FetchAudioResponse> caller) {
            caller.onNext(FetchAudioResponse.newBuilder().setSize(size).build());
            for (int at = 0; at < length; at += 9_999) {
                int count = Math.min(9_999, length - at);
                caller.onNext(
                        FetchAudioResponse.newBuilder()
                                .setAudio(ByteString.copyFrom(wave, at, count))
                                .build());
            }
        }
    }

    @BeforeEach
    void listen() throws IOException {
        server =
                NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                        .addService(new Recordings())
                        .build()
                        .start();
    }

    @AfterEach
    void close() {
        server.shutdownNow();
    }

    private KeptAudio audio(Map<String, String> settings) {
        var all = new HashMap<String, String>();
        all.put("panacall.data-directory", data.toString());
        all.put("panacall.recordings.addresses", "127.0.0.1:1,127.0.0.1:" + server.getPort());
        all.put("panacall.recordings.timeout", "30s");
        all.putAll(settings);
        var config =
                new SmallRyeConfigBuilder()
                        .addDiscoveredConverters()
                        .withSources(new PropertiesConfigSource(all, "test", 500))
                        .withMapping(MediaConfig.class)
                        .build()
                        .getConfigMapping(MediaConfig.class);
        var peers = new Peers(new ServiceToken("test-service-token"), Duration.ofSeconds(10), 8);
        return new KeptAudio(peers, config, metrics);
    }

    private static KeptAudio.Wanted wanted(String recording) {
        return new KeptAudio.Wanted("demo", recording, "agent_104", "104");
    }

    private double count(String outcome) {
        return metrics.counter("panacall.media.recordings.fetched", "outcome", outcome).count();
    }

    @Test
    void aRecordingComesAsItIsKeptAndTheListenerIsNamedEachTime() throws Exception {
        // Given
        var audio = audio(Map.of());

        // When
        var first = audio.fetch(wanted("recording_1"));
        audio.fetch(wanted("recording_1"));

        // Then
        assertArrayEquals(clip(3 * SECOND).samples(), first.samples());
        assertEquals(2, asked.size());
        for (var request : asked) {
            assertEquals("demo", request.getTenantId());
            assertEquals("agent_104", request.getActor().getId());
            assertEquals("104", request.getActor().getExtension());
        }
        assertEquals(2, count("played"));
        try (var left = Files.list(data)) {
            assertEquals(0, left.count(), "something is left on disk");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "unknown, unknown, panacall.recordings.loads=4",
        "broken, away, panacall.recordings.loads=4",
        "endless, too-long, panacall.recordings.loads=4",
        "silent, away, panacall.recordings.timeout=200ms",
        "recording_1, too-long, panacall.recordings.longest=2s",
        "recording_1, no-room, panacall.recordings.bytes=47000"
    })
    void whatCannotBeHadIsToldAndCounted(String recording, String outcome, String setting) {
        // Given
        var parts = setting.split("=");
        var audio = audio(Map.of(parts[0], parts[1]));

        // When
        var fault = assertThrows(IOException.class, () -> audio.fetch(wanted(recording)));

        // Then
        assertTrue(fault.getMessage().endsWith(outcome), fault.getMessage());
        assertEquals(1, count(outcome));
    }
}
