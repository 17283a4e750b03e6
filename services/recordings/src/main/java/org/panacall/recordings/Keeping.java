// SPDX-License-Identifier: Apache-2.0
package org.panacall.recordings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.panacall.defaults.seal.DataKey;
import org.panacall.defaults.seal.MasterKeys;
import org.panacall.recordings.audio.AudioStore;
import org.panacall.recordings.audio.SealedAudio;
import org.panacall.recordings.audio.Wave;
import org.panacall.recordings.store.Kept;
import org.panacall.recordings.store.RecordingRows;

/**
 * Puts audio and row together: the audio is durable before the row, and the row is gone after it.
 * Each recording has a key of its own, which is in its row, wrapped. Blocks.
 */
public final class Keeping {

    /** Parts of audio count from 0. */
    private static final long CALLER_PART = Long.MAX_VALUE;

    private final RecordingRows rows;
    private final AudioStore store;
    private final MasterKeys masters;
    private final Path arriving;

    /**
     * @param arriving where audio is sealed before it goes to the store
     */
    public Keeping(RecordingRows rows, AudioStore store, MasterKeys masters, Path arriving)
            throws IOException {
        this.rows = rows;
        this.store = store;
        this.masters = masters;
        this.arriving = arriving;
        Files.createDirectories(arriving);
        try (var left = Files.newDirectoryStream(arriving)) {
            for (var half : left) {
                Files.deleteIfExists(half);
            }
        }
    }

    /** One that comes in. */
    public final class Arrival implements AutoCloseable {

        private final DataKey key = DataKey.random();
        private final Path file;
        private final SealedAudio.Writer sealed;
        private long bytes;

        private Arrival() throws IOException {
            file = Files.createTempFile(arriving, "audio", ".new");
            sealed = new SealedAudio.Writer(Files.newOutputStream(file), key);
        }

        /** The next audio. */
        public void take(byte[] audio) throws IOException {
            sealed.write(audio, 0, audio.length);
            bytes += audio.length;
        }

        /** Bytes that have come. */
        public long bytes() {
            return bytes;
        }

        /** It is whole: keeps it. Nothing happens when it was kept before. */
        public void keep(Whole whole) throws IOException {
            sealed.close();
            var object = UUID.randomUUID().toString();
            store.put(object, file);
            var caller = whole.caller().getBytes(StandardCharsets.UTF_8);
            var secrets =
                    new Kept.Secrets(
                            key.seal(CALLER_PART, caller),
                            masters.wrap(key, whole.label().id()),
                            object);
            var until = whole.label().startedAt().plus(whole.retention());
            var kept =
                    new Kept(
                            whole.label(),
                            whole.samples(),
                            whole.channels(),
                            whole.ended(),
                            null,
                            null,
                            until,
                            secrets);
            if (!rows.add(kept)) {
                store.delete(object);
            }
        }

        @Override
        public void close() throws IOException {
            sealed.close();
            Files.deleteIfExists(file);
        }
    }

    /** What is known of one once it is whole. */
    public record Whole(
            Kept.Label label,
            String caller,
            int samples,
            int channels,
            String ended,
            Duration retention) {}

    /** Begins to take one. */
    public Arrival arrival() throws IOException {
        return new Arrival();
    }

    /** Who left it; empty when withheld. */
    public String caller(Kept kept) {
        var number = key(kept).open(CALLER_PART, kept.secrets().callerSealed());
        return new String(number, StandardCharsets.UTF_8);
    }

    private DataKey key(Kept kept) {
        return masters.unwrap(kept.secrets().wrappedKey(), kept.label().id());
    }

    /** Bytes of its WAVE file. */
    public static long size(Kept kept) {
        return new Wave(kept.samples(), kept.channels()).size();
    }

    /** Writes a range of its WAVE file. */
    public void read(Kept kept, long offset, long length, Wave.Sink sink) throws IOException {
        var wave = new Wave(kept.samples(), kept.channels());
        var object = kept.secrets().object();
        try (var audio = new SealedAudio.Reader(store.open(object), key(kept))) {
            wave.write(audio, offset, length, sink);
        }
    }

    /** Purges those whose time is over; how many. */
    public int purge(Instant now, Duration deletedRetention) {
        var due = rows.due(now, now.minus(deletedRetention));
        for (var kept : due) {
            try {
                store.delete(kept.secrets().object());
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
            rows.purge(kept);
        }
        return due.size();
    }
}
