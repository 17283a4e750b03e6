// SPDX-License-Identifier: Apache-2.0
package org.panacall.recordings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.nats.client.Nats;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
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
import org.panacall.proto.event.v1.EventBatch;
import org.panacall.proto.recordings.v1.Recording;
import org.panacall.proto.recordings.v1.RecordingFinish;
import org.panacall.proto.recordings.v1.RecordingState;
import org.panacall.simkit.Eventually;

/** The whole service with a real database, a real nats-server and real files. */
@QuarkusTest
@QuarkusTestResource(PostgresTestServer.class)
@QuarkusTestResource(NatsTestServer.class)
class RecordingsTest {

    @Inject GrpcServer grpc;
    @Inject Keeping keeping;
    @Inject DataSource database;

    @ConfigProperty(name = "panacall.nats.url")
    String nats;

    @ConfigProperty(name = "panacall.data-directory")
    Path data;

    private Peer peer;

    @BeforeEach
    void connect() {
        peer = new Peer(grpc.port());
    }

    @AfterEach
    void disconnect() {
        peer.close();
    }

    @Test
    void whatIsStoredComesBackAsAWaveAndInAnyRange() {
        // Given
        var id = "recording_" + UUID.randomUUID();
        var codes = Peer.audio(15 * Peer.SECOND);

        // When
        var answer = peer.store(peer.begin(id).build(), codes, 12 * Peer.SECOND + 40);

        // Then
        assertTrue(answer.hasStored());
        var found = peer.find(id);
        assertEquals(Peer.NUMBER, found.getCallerNumber());
        assertEquals(Durations.fromMillis(12_005), found.getLength());
        assertEquals(RecordingState.RECORDING_STATE_NEW, found.getState());
        var wave = peer.fetch(id, 0, 0);
        assertEquals(44 + 2 * (12 * Peer.SECOND + 40), wave.length);
        assertEquals(found.getBytes(), wave.length);
        assertEquals("RIFF", new String(wave, 0, 4, StandardCharsets.US_ASCII));
        var samples = ByteBuffer.wrap(wave).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(8_000, samples.getInt(24));
        // 0xd5 is A-law's smallest positive step, 0x55 its negative one.
        for (int i = 0; i < 12 * Peer.SECOND; i++) {
            if (codes[i] == (byte) 0xd5) {
                assertEquals(8, samples.getShort(44 + 2 * i));
            }
        }
        for (int from : new int[] {0, 20, 44, 45, 65_600, wave.length - 7}) {
            int to = Math.min(wave.length, from + 70_001);
            assertArrayEquals(Arrays.copyOfRange(wave, from, to), peer.fetch(id, from, 70_001));
        }
        assertEquals("101 listened", peer.deeds(id).getFirst());
        assertEquals(7, peer.deeds(id).size());
    }

    @Test
    void aRepeatIsAnsweredAlikeAndChangesNothing() {
        // Given
        var id = "recording_" + UUID.randomUUID();
        peer.store(peer.begin(id).build(), Peer.audio(Peer.SECOND), Peer.SECOND);
        var wave = peer.fetch(id, 0, 0);

        // When
        var again =
                peer.store(peer.begin(id).build(), Peer.audio(2 * Peer.SECOND), 2 * Peer.SECOND);

        // Then
        assertTrue(again.hasStored());
        assertArrayEquals(wave, peer.fetch(id, 0, 0));
    }

    @Test
    void whatIsCutOffIsNotKeptAndNonsenseIsRefused() {
        // Given
        var id = "recording_" + UUID.randomUUID();

        // When
        var cut = peer.send(peer.begin(id).build(), Peer.audio(Peer.SECOND), null);
        var nothing = peer.store(peer.begin(id).build(), new byte[0], Peer.SECOND);
        var nobody =
                peer.store(
                        peer.begin("../etc/passwd").build(), Peer.audio(Peer.SECOND), Peer.SECOND);

        // Then
        var fault = assertThrows(Exception.class, () -> cut.get(20, TimeUnit.SECONDS));
        assertEquals(Status.Code.UNAVAILABLE, Status.fromThrowable(fault.getCause()).getCode());
        assertTrue(nothing.hasRefused());
        assertTrue(nobody.hasRefused());
        assertEquals("", peer.find(id).getRecordingId());
    }

    @Test
    void othersAreToldWithoutSayingWhoItWas() throws Exception {
        // Given
        var id = "recording_" + UUID.randomUUID();
        var came = new CompletableFuture<byte[]>();
        var connection = Nats.connect(nats);
        connection
                .createDispatcher(message -> came.complete(message.getData()))
                .subscribe("panacall.v1.recordings." + peer.tenant);
        connection.flush(Duration.ofSeconds(5));

        // When
        peer.store(peer.begin(id).build(), Peer.audio(2 * Peer.SECOND), 2 * Peer.SECOND);

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
        peer.store(peer.begin(id).build(), Peer.audio(Peer.SECOND), Peer.SECOND);

        // When
        peer.change(id, RecordingState.RECORDING_STATE_HEARD);

        // Then
        assertTrue(peer.list(RecordingState.RECORDING_STATE_NEW).isEmpty());
        assertEquals(1, peer.list(RecordingState.RECORDING_STATE_HEARD).size());
        peer.change(id, RecordingState.RECORDING_STATE_DELETED);
        assertTrue(peer.list(RecordingState.RECORDING_STATE_UNSPECIFIED).isEmpty());
        assertEquals(1, peer.list(RecordingState.RECORDING_STATE_DELETED).size());
        peer.change(id, RecordingState.RECORDING_STATE_HEARD);
        assertEquals(1, peer.list(RecordingState.RECORDING_STATE_UNSPECIFIED).size());
        assertEquals(List.of("101 restored", "101 deleted", "101 heard"), peer.deeds(id));
    }

    @Test
    void pagesGoOnWhereTheLastOneEnded() {
        // Given
        for (int i = 0; i < 5; i++) {
            peer.store(
                    peer.begin("recording_" + UUID.randomUUID()).build(),
                    Peer.audio(Peer.SECOND),
                    Peer.SECOND);
        }

        // When
        var first = peer.page("");
        var second = peer.page(first.getNextCursor());
        var third = peer.page(second.getNextCursor());

        // Then
        var ids =
                Stream.of(first, second, third)
                        .flatMap(page -> page.getRecordingsList().stream())
                        .map(Recording::getRecordingId)
                        .distinct()
                        .toList();
        assertEquals(5, ids.size());
        assertEquals("", third.getNextCursor());
        var fault = assertThrows(StatusRuntimeException.class, () -> peer.page("nonsense"));
        assertEquals(Status.Code.INVALID_ARGUMENT, fault.getStatus().getCode());
    }

    @Test
    void afterItsTimeNothingIsLeftButTheAudit() throws Exception {
        // Given
        var id = "recording_" + UUID.randomUUID();
        peer.store(peer.begin(id).build(), Peer.audio(Peer.SECOND), Peer.SECOND);
        var object = object(id);
        assertEquals(1, objects(object));

        // When
        keeping.purge(Instant.now().plus(Duration.ofDays(91)), Duration.ofDays(7));

        // Then
        assertEquals("", peer.find(id).getRecordingId());
        assertEquals(0, objects(object));
        assertEquals(" purged", peer.deeds(id).getFirst());
    }

    @Test
    void neitherDiskNorDatabaseSaysWhoSpokeOrWhat() throws Exception {
        // Given
        var id = "recording_" + UUID.randomUUID();
        var codes = Peer.audio(Peer.SECOND);

        // When
        peer.store(peer.begin(id).build(), codes, Peer.SECOND);

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
        PostgresTestServer.without(
                () -> {
                    var finish = RecordingFinish.newBuilder().setSamples(Peer.SECOND).build();
                    var sent = peer.send(peer.begin(id).build(), Peer.audio(Peer.SECOND), finish);
                    assertThrows(Exception.class, () -> sent.get(30, TimeUnit.SECONDS));
                });

        // Then
        Eventually.isTrue("it is taken", () -> isTaken(id));
        assertEquals(id, peer.find(id).getRecordingId());
    }

    private boolean isTaken(String id) {
        try {
            return peer.store(peer.begin(id).build(), Peer.audio(Peer.SECOND), Peer.SECOND)
                    .hasStored();
        } catch (RuntimeException away) {
            return false;
        }
    }
}
