// SPDX-License-Identifier: Apache-2.0
package org.panacall.recordings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.nats.client.Nats;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.defaults.GrpcServer;
import org.panacall.defaults.ServiceToken;
import org.panacall.proto.call.v1.RecordingEnd;
import org.panacall.proto.call.v1.RecordingKind;
import org.panacall.proto.call.v1.RecordingOrder;
import org.panacall.proto.event.v1.EventBatch;
import org.panacall.proto.recordings.v1.Actor;
import org.panacall.proto.recordings.v1.ChangeRecordingRequest;
import org.panacall.proto.recordings.v1.FetchAudioRequest;
import org.panacall.proto.recordings.v1.GetRecordingRequest;
import org.panacall.proto.recordings.v1.ListAccessesRequest;
import org.panacall.proto.recordings.v1.ListRecordingsRequest;
import org.panacall.proto.recordings.v1.ListRecordingsResponse;
import org.panacall.proto.recordings.v1.Recording;
import org.panacall.proto.recordings.v1.RecordingBegin;
import org.panacall.proto.recordings.v1.RecordingFinish;
import org.panacall.proto.recordings.v1.RecordingState;
import org.panacall.proto.recordings.v1.RecordingsServiceGrpc;
import org.panacall.proto.recordings.v1.RecordingsServiceGrpc.RecordingsServiceBlockingStub;
import org.panacall.proto.recordings.v1.StoreRecordingRequest;
import org.panacall.proto.recordings.v1.StoreRecordingResponse;
import org.panacall.simkit.Eventually;

/** The whole service with a real database, a real nats-server and real files. */
@QuarkusTest
@QuarkusTestResource(PostgresServer.class)
@QuarkusTestResource(NatsTestServer.class)
class RecordingsTest {

    private static final String NUMBER = "+79161234567";
    private static final Actor ANNA =
            Actor.newBuilder().setId("agent_101").setExtension("101").build();
    private static final int SECOND = 8_000;

    @Inject GrpcServer grpc;
    @Inject Keeping keeping;
    @Inject DataSource database;

    @ConfigProperty(name = "panacall.nats.url")
    String nats;

    @ConfigProperty(name = "panacall.data-directory")
    Path data;

    private final String tenant = "t" + UUID.randomUUID();
    private ManagedChannel channel;
    private RecordingsServiceBlockingStub service;

    @BeforeEach
    void connect() {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", grpc.port())
                        .usePlaintext()
                        .intercept(new ServiceToken("test-service-token"))
                        .build();
        service = RecordingsServiceGrpc.newBlockingStub(channel);
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    /** A-law codes that are not silence, each part unlike the others. */
    private static byte[] audio(int samples) {
        var codes = new byte[samples];
        for (int i = 0; i < samples; i++) {
            codes[i] = (byte) (i / 160 * 7 + i % 160);
        }
        return codes;
    }

    private RecordingBegin.Builder begin(String id) {
        return RecordingBegin.newBuilder()
                .setRecordingId(id)
                .setTenantId(tenant)
                .setCallId("call_1")
                .setStartedAt(Timestamps.fromMillis(System.currentTimeMillis()))
                .setChannels(1)
                .setOrder(
                        RecordingOrder.newBuilder()
                                .setKind(RecordingKind.RECORDING_KIND_VOICEMAIL)
                                .setMailbox("registry")
                                .setLanguage("ru")
                                .setCallerNumber(NUMBER));
    }

    private StoreRecordingResponse store(RecordingBegin begin, byte[] audio, int samples) {
        var finish =
                RecordingFinish.newBuilder()
                        .setEnd(RecordingEnd.RECORDING_END_KEY)
                        .setSamples(samples)
                        .build();
        return send(begin, audio, finish).orTimeout(20, TimeUnit.SECONDS).join();
    }

    private CompletableFuture<StoreRecordingResponse> send(
            RecordingBegin begin, byte[] audio, RecordingFinish finish) {
        var answer = new CompletableFuture<StoreRecordingResponse>();
        var to = RecordingsServiceGrpc.newStub(channel).storeRecording(new Answer(answer));
        to.onNext(StoreRecordingRequest.newBuilder().setBegin(begin).build());
        for (int at = 0; at < audio.length; at += 4096) {
            var piece = Arrays.copyOfRange(audio, at, Math.min(audio.length, at + 4096));
            to.onNext(
                    StoreRecordingRequest.newBuilder()
                            .setAudio(ByteString.copyFrom(piece))
                            .build());
        }
        if (finish != null) {
            to.onNext(StoreRecordingRequest.newBuilder().setFinish(finish).build());
        }
        to.onCompleted();
        return answer;
    }

    private record Answer(CompletableFuture<StoreRecordingResponse> answer)
            implements StreamObserver<StoreRecordingResponse> {

        @Override
        public void onNext(StoreRecordingResponse response) {
            answer.complete(response);
        }

        @Override
        public void onError(Throwable fault) {
            answer.completeExceptionally(fault);
        }

        @Override
        public void onCompleted() {
            answer.complete(StoreRecordingResponse.getDefaultInstance());
        }
    }

    private Recording find(String id) {
        var request =
                GetRecordingRequest.newBuilder().setTenantId(tenant).setRecordingId(id).build();
        return service.getRecording(request).getRecording();
    }

    private byte[] fetch(String id, long offset, long length) {
        var request =
                FetchAudioRequest.newBuilder()
                        .setTenantId(tenant)
                        .setRecordingId(id)
                        .setActor(ANNA)
                        .setOffset(offset)
                        .setLength(length)
                        .build();
        var all = new ByteArrayOutputStream();
        service.fetchAudio(request)
                .forEachRemaining(piece -> all.writeBytes(piece.getAudio().toByteArray()));
        return all.toByteArray();
    }

    private List<String> deeds(String id) {
        var request =
                ListAccessesRequest.newBuilder().setTenantId(tenant).setRecordingId(id).build();
        return service.listAccesses(request).getAccessesList().stream()
                .map(access -> access.getActor().getExtension() + " " + access.getDeed())
                .toList();
    }

    private Recording change(String id, RecordingState state) {
        return service.changeRecording(
                        ChangeRecordingRequest.newBuilder()
                                .setTenantId(tenant)
                                .setRecordingId(id)
                                .setActor(ANNA)
                                .setState(state)
                                .build())
                .getRecording();
    }

    private List<Recording> list(RecordingState state) {
        return service.listRecordings(
                        ListRecordingsRequest.newBuilder()
                                .setTenantId(tenant)
                                .addMailboxes("registry")
                                .setState(state)
                                .build())
                .getRecordingsList();
    }

    @Test
    void whatIsStoredComesBackAsAWaveAndInAnyRange() {
        // Given
        var id = "recording_" + UUID.randomUUID();
        var codes = audio(15 * SECOND);

        // When
        var answer = store(begin(id).build(), codes, 12 * SECOND + 40);

        // Then
        assertTrue(answer.hasStored());
        var found = find(id);
        assertEquals(NUMBER, found.getCallerNumber());
        assertEquals(Durations.fromMillis(12_005), found.getLength());
        assertEquals(RecordingState.RECORDING_STATE_NEW, found.getState());
        var wave = fetch(id, 0, 0);
        assertEquals(44 + 2 * (12 * SECOND + 40), wave.length);
        assertEquals(found.getBytes(), wave.length);
        assertEquals("RIFF", new String(wave, 0, 4, StandardCharsets.US_ASCII));
        var samples = ByteBuffer.wrap(wave).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(8_000, samples.getInt(24));
        // 0xd5 is A-law's smallest positive step, 0x55 its negative one.
        for (int i = 0; i < 12 * SECOND; i++) {
            if (codes[i] == (byte) 0xd5) {
                assertEquals(8, samples.getShort(44 + 2 * i));
            }
        }
        for (int from : new int[] {0, 20, 44, 45, 65_600, wave.length - 7}) {
            int to = Math.min(wave.length, from + 70_001);
            assertArrayEquals(Arrays.copyOfRange(wave, from, to), fetch(id, from, 70_001));
        }
        assertEquals("101 listened", deeds(id).getFirst());
        assertEquals(7, deeds(id).size());
    }

    @Test
    void aRepeatIsAnsweredAlikeAndChangesNothing() {
        // Given
        var id = "recording_" + UUID.randomUUID();
        store(begin(id).build(), audio(SECOND), SECOND);
        var wave = fetch(id, 0, 0);

        // When
        var again = store(begin(id).build(), audio(2 * SECOND), 2 * SECOND);

        // Then
        assertTrue(again.hasStored());
        assertArrayEquals(wave, fetch(id, 0, 0));
    }

    @Test
    void whatIsCutOffIsNotKeptAndNonsenseIsRefused() {
        // Given
        var id = "recording_" + UUID.randomUUID();

        // When
        var cut = send(begin(id).build(), audio(SECOND), null);
        var nothing = store(begin(id).build(), new byte[0], SECOND);
        var nobody = store(begin("../etc/passwd").build(), audio(SECOND), SECOND);

        // Then
        var fault = assertThrows(Exception.class, () -> cut.get(20, TimeUnit.SECONDS));
        assertEquals(Status.Code.UNAVAILABLE, Status.fromThrowable(fault.getCause()).getCode());
        assertTrue(nothing.hasRefused());
        assertTrue(nobody.hasRefused());
        assertEquals("", find(id).getRecordingId());
    }

    @Test
    void othersAreToldWithoutSayingWhoItWas() throws Exception {
        // Given
        var id = "recording_" + UUID.randomUUID();
        var came = new CompletableFuture<byte[]>();
        var connection = Nats.connect(nats);
        connection
                .createDispatcher(message -> came.complete(message.getData()))
                .subscribe("panacall.v1.recordings." + tenant);
        connection.flush(Duration.ofSeconds(5));

        // When
        store(begin(id).build(), audio(2 * SECOND), 2 * SECOND);

        // Then
        var message = came.get(20, TimeUnit.SECONDS);
        connection.close();
        var event = EventBatch.parseFrom(message).getEvents(0);
        assertEquals(id, event.getEntityId());
        var left = event.getRecordings().getVoicemailLeft();
        assertEquals("registry", left.getMailbox());
        assertEquals(Durations.fromSeconds(2), left.getLength());
        assertFalse(new String(message, StandardCharsets.ISO_8859_1).contains("7916"));
    }

    @Test
    void heardAndDeletedCanBeUndoneAndEachIsWrittenDown() {
        // Given
        var id = "recording_" + UUID.randomUUID();
        store(begin(id).build(), audio(SECOND), SECOND);

        // When
        change(id, RecordingState.RECORDING_STATE_HEARD);

        // Then
        assertTrue(list(RecordingState.RECORDING_STATE_NEW).isEmpty());
        assertEquals(1, list(RecordingState.RECORDING_STATE_HEARD).size());
        change(id, RecordingState.RECORDING_STATE_DELETED);
        assertTrue(list(RecordingState.RECORDING_STATE_UNSPECIFIED).isEmpty());
        assertEquals(1, list(RecordingState.RECORDING_STATE_DELETED).size());
        change(id, RecordingState.RECORDING_STATE_HEARD);
        assertEquals(1, list(RecordingState.RECORDING_STATE_UNSPECIFIED).size());
        assertEquals(List.of("101 restored", "101 deleted", "101 heard"), deeds(id));
    }

    @Test
    void pagesGoOnWhereTheLastOneEnded() {
        // Given
        for (int i = 0; i < 5; i++) {
            store(begin("recording_" + UUID.randomUUID()).build(), audio(SECOND), SECOND);
        }

        // When
        var first = page("");
        var second = page(first.getNextCursor());
        var third = page(second.getNextCursor());

        // Then
        var ids =
                Stream.of(first, second, third)
                        .flatMap(page -> page.getRecordingsList().stream())
                        .map(Recording::getRecordingId)
                        .distinct()
                        .toList();
        assertEquals(5, ids.size());
        assertEquals("", third.getNextCursor());
        var fault = assertThrows(StatusRuntimeException.class, () -> page("nonsense"));
        assertEquals(Status.Code.INVALID_ARGUMENT, fault.getStatus().getCode());
    }

    private ListRecordingsResponse page(String cursor) {
        return service.listRecordings(
                ListRecordingsRequest.newBuilder()
                        .setTenantId(tenant)
                        .setPageSize(2)
                        .setCursor(cursor)
                        .build());
    }

    @Test
    void afterItsTimeNothingIsLeftButTheAudit() throws Exception {
        // Given
        var id = "recording_" + UUID.randomUUID();
        store(begin(id).build(), audio(SECOND), SECOND);
        var object = object(id);
        assertEquals(1, objects(object));

        // When
        keeping.purge(Instant.now().plus(Duration.ofDays(91)), Duration.ofDays(7));

        // Then
        assertEquals("", find(id).getRecordingId());
        assertEquals(0, objects(object));
        assertEquals(" purged", deeds(id).getFirst());
    }

    @Test
    void neitherDiskNorDatabaseSaysWhoSpokeOrWhat() throws Exception {
        // Given
        var id = "recording_" + UUID.randomUUID();
        var codes = audio(SECOND);

        // When
        store(begin(id).build(), codes, SECOND);

        // Then
        var object = object(id);
        try (var files = Files.walk(data.resolve("audio"))) {
            var file =
                    files.filter(one -> one.getFileName().toString().equals(object))
                            .findFirst()
                            .orElseThrow();
            var raw = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            assertFalse(raw.contains(new String(codes, 0, 64, StandardCharsets.ISO_8859_1)));
        }
        try (var connection = database.getConnection();
                var rows =
                        connection
                                .createStatement()
                                .executeQuery("select r::text from recordings.recording r")) {
            while (rows.next()) {
                assertFalse(rows.getString(1).contains("79161234567"));
            }
        }
    }

    private String object(String id) throws Exception {
        try (var connection = database.getConnection();
                var statement =
                        connection.prepareStatement(
                                "select object from recordings.recording where recording_id = ?")) {
            statement.setString(1, id);
            try (var rows = statement.executeQuery()) {
                assertTrue(rows.next());
                return rows.getString(1);
            }
        }
    }

    private long objects(String object) throws IOException {
        try (var files = Files.walk(data.resolve("audio"))) {
            return files.filter(one -> one.getFileName().toString().equals(object)).count();
        }
    }

    @Test
    void whileTheDatabaseIsAwayNothingIsTakenAndLaterEverything() throws Exception {
        // Given
        var id = "recording_" + UUID.randomUUID();

        // When
        PostgresServer.without(
                () -> {
                    var finish = RecordingFinish.newBuilder().setSamples(SECOND).build();
                    var sent = send(begin(id).build(), audio(SECOND), finish);
                    assertThrows(Exception.class, () -> sent.get(30, TimeUnit.SECONDS));
                });

        // Then
        Eventually.isTrue("it is taken", () -> isTaken(id));
        assertEquals(id, find(id).getRecordingId());
    }

    private boolean isTaken(String id) {
        try {
            return store(begin(id).build(), audio(SECOND), SECOND).hasStored();
        } catch (RuntimeException away) {
            return false;
        }
    }
}
