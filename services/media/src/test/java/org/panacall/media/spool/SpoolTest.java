// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.spool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panacall.defaults.seal.MasterKeys;
import org.panacall.media.codec.Codec;
import org.panacall.media.mix.Frame;
import org.panacall.media.tap.Recorder;
import org.panacall.proto.call.v1.RecordingOrder;
import org.panacall.proto.recordings.v1.RecordingBegin;
import org.panacall.proto.recordings.v1.RecordingFinish;
import org.panacall.simkit.Eventually;

/** What was recorded is on disk, sealed, and is found again whatever happened to the process. */
class SpoolTest {

    private static final MasterKeys KEYS = MasterKeys.of("the-secret-of-this-test");
    private static final Recorder.Limits LIMITS = new Recorder.Limits(1000, 0, 5, "#");
    private static final RecordingBegin WHAT =
            RecordingBegin.newBuilder()
                    .setRecordingId("recording_1")
                    .setTenantId("demo")
                    .setChannels(1)
                    .setOrder(RecordingOrder.newBuilder().setCallerNumber("+79160000001"))
                    .build();

    @TempDir Path directory;

    private Spool spool(long bytes) throws IOException {
        return new Spool(directory, KEYS, new Spool.Bounds(bytes, 2));
    }

    /** Frames of a sound, each of its own code. */
    private static byte[] say(Recorder recorder, int frames) {
        var said = new byte[frames * Codec.FRAME];
        var frame = new Frame();
        for (int i = 0; i < frames; i++) {
            var codes = new byte[Codec.FRAME];
            Arrays.fill(codes, (byte) (0x20 + i % 16));
            System.arraycopy(codes, 0, frame.codes(), 0, codes.length);
            frame.present(Codec.PCMA);
            assertTrue(recorder.take(frame));
            System.arraycopy(codes, 0, said, i * Codec.FRAME, codes.length);
        }
        return said;
    }

    private static byte[] audio(SpoolFile.Reader reader) throws IOException {
        var all = new ByteArrayOutputStream();
        for (var part = reader.audio(); part.isPresent(); part = reader.audio()) {
            all.write(part.get());
        }
        return all.toByteArray();
    }

    private SpoolFile.Reader read(Path file) throws IOException {
        return new SpoolFile.Reader(new ByteArrayInputStream(Files.readAllBytes(file)), KEYS);
    }

    @Test
    void aRecordingIsWholeOnDiskAndNothingOfItCanBeReadThere() throws IOException {
        try (var spool = spool(1 << 20)) {
            // Given
            var recorder = spool.begin(WHAT, LIMITS).orElseThrow();
            recorder.begin();

            // When
            var said = say(recorder, 100);
            recorder.stop();
            Eventually.isTrue("it is whole", () -> !waiting(spool).isEmpty());

            // Then
            var file = spool.waiting().getFirst();
            try (var reader = read(file)) {
                assertEquals(WHAT, RecordingBegin.parseFrom(reader.what()));
                assertArrayEquals(said, audio(reader));
                var end = RecordingFinish.parseFrom(reader.ended().orElseThrow());
                assertEquals(100 * Codec.FRAME, end.getSamples());
            }
            var raw = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            assertFalse(raw.contains("79160000001"));
            assertFalse(raw.contains("demo"));
            assertFalse(raw.contains(new String(said, 0, 32, StandardCharsets.ISO_8859_1)));
            assertFalse(file.getFileName().toString().contains("recording_1"));
            var stranger = MasterKeys.of("another-secret-of-others");
            assertThrows(
                    IOException.class,
                    () -> new SpoolFile.Reader(Files.newInputStream(file), stranger));
        }
    }

    private static java.util.List<Path> waiting(Spool spool) {
        try {
            return spool.waiting();
        } catch (IOException fault) {
            throw new java.io.UncheckedIOException(fault);
        }
    }

    @Test
    void whatAProcessThatWasKilledHadWrittenIsFoundWithoutItsTornEnd() throws IOException {
        // Given
        var file = directory.resolve("d2c6.part");
        var said = new byte[3][4096];
        try (var writer = new SpoolFile.Writer(file, KEYS, WHAT.toByteArray())) {
            for (int i = 0; i < said.length; i++) {
                Arrays.fill(said[i], (byte) (i + 1));
                writer.part(said[i]);
            }
        }
        var bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 100));

        // When
        try (var spool = spool(1 << 20)) {
            // Then
            assertEquals(1, spool.found());
            try (var reader = read(spool.waiting().getFirst())) {
                assertEquals(WHAT, RecordingBegin.parseFrom(reader.what()));
                var found = audio(reader);
                assertEquals(2 * 4096, found.length);
                assertEquals(2, found[4096]);
                assertTrue(reader.ended().isEmpty());
            }
        }
    }

    @Test
    void whatIsTooShortLeavesNothing() throws IOException {
        try (var spool = spool(1 << 20)) {
            // Given
            var recorder = spool.begin(WHAT, LIMITS).orElseThrow();
            recorder.begin();

            // When
            say(recorder, 3);
            recorder.stop();

            // Then
            Eventually.isTrue("it is gone", () -> spool.recordings() == 0);
            assertEquals(0, spool.bytes());
            assertTrue(waiting(spool).isEmpty());
        }
    }

    @Test
    void thereIsRoomForSoManyBytesAndSoManyAtOnce() throws IOException {
        try (var spool = spool(10_000)) {
            // Given
            var first = spool.begin(WHAT, LIMITS).orElseThrow();
            first.begin();
            spool.begin(WHAT, LIMITS).orElseThrow();

            // When
            var third = spool.begin(WHAT, LIMITS);

            // Then
            assertTrue(third.isEmpty());
            say(first, 100);
            first.stop();
            Eventually.isTrue("the disk is full", () -> spool.recordings() == 1);
            assertTrue(spool.begin(WHAT, LIMITS).isEmpty());
            assertEquals(2, spool.refused());
            spool.drop(spool.waiting().getFirst());
            assertTrue(spool.begin(WHAT, LIMITS).isPresent());
        }
    }

    @Test
    void aDiskThatFailsEndsTheRecordingOnly() throws IOException {
        try (var spool = spool(1 << 20)) {
            // Given
            var recorder = spool.begin(WHAT, LIMITS).orElseThrow();
            recorder.begin();
            Files.delete(directory);

            // When: the last of them is the first of which anything is written.
            say(recorder, 26);
            Eventually.isTrue("the disk was tried", () -> spool.failed() == 1);

            // Then
            var frame = new Frame();
            frame.silence();
            assertFalse(recorder.take(frame));
            assertEquals(Recorder.End.NO_ROOM, recorder.end());
            Files.createDirectories(directory);
        }
    }
}
