// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.nats;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.panacall.engine.EngineFailure;
import org.panacall.engine.EngineFailure.JournalUnavailable;
import org.panacall.engine.snapshot.Snapshots;

/**
 * The newest snapshot of one shard, in a key-value bucket: the sequence and time of its turn, then
 * the state in the service's own form. Taken every so many turns, and written beside the engine's
 * thread. One that is too large for a message is not written; the journal goes on being enough.
 */
public final class KeyValueSnapshots<K> implements Snapshots<K> {

    private static final Logger LOG = Logger.getLogger(KeyValueSnapshots.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int HEADER_BYTES = Long.BYTES + Long.BYTES + Integer.BYTES;

    /** A server's usual limit of 1 MiB, with room for headers. */
    private static final int BYTES_MAX = 1_000_000;

    /** A core as bytes, and back. Used on the engine's thread. */
    public record Form<K>(Function<K, byte[]> write, Function<byte[], K> read) {}

    private final Bucket bucket;
    private final String shard;
    private final Form<K> form;
    private final int everyTurns;
    private final AtomicBoolean writing = new AtomicBoolean();
    private int turns;

    public KeyValueSnapshots(
            NatsLink link, String bucket, String shard, Form<K> form, int everyTurns) {
        this.bucket = new Bucket(link, bucket, TIMEOUT);
        this.shard = shard;
        this.form = form;
        this.everyTurns = everyTurns;
    }

    @Override
    public Optional<Snapshot<K>> newest() {
        try {
            var entry = bucket.open().get(shard);
            return entry == null || entry.getValue() == null
                    ? Optional.empty()
                    : read(entry.getValue());
        } catch (IOException | JetStreamApiException | IllegalStateException failure) {
            throw new JournalUnavailable("snapshot of " + shard, failure);
        }
    }

    @Override
    public void turnKept(K core, long sequence, Instant at) {
        turns++;
        if (turns < everyTurns || !writing.compareAndSet(false, true)) {
            return;
        }
        turns = 0;
        var state = form.write.apply(core);
        var bytes =
                ByteBuffer.allocate(HEADER_BYTES + state.length)
                        .putLong(sequence)
                        .putLong(at.getEpochSecond())
                        .putInt(at.getNano())
                        .put(state)
                        .array();
        Thread.ofVirtual().name("snapshot-" + shard).start(() -> write(bytes));
    }

    private Optional<Snapshot<K>> read(byte[] bytes) {
        try {
            var buffer = ByteBuffer.wrap(bytes);
            var sequence = buffer.getLong();
            var at = Instant.ofEpochSecond(buffer.getLong(), buffer.getInt());
            var state = new byte[buffer.remaining()];
            buffer.get(state);
            return Optional.of(new Snapshot<>(form.read.apply(state), sequence, at));
        } catch (RuntimeException unreadable) {
            // Written by another version, perhaps. The journal is read from its beginning.
            LOG.warnf("snapshot of %s cannot be read: %s", shard, unreadable.getMessage());
            return Optional.empty();
        }
    }

    private void write(byte[] bytes) {
        try {
            if (bytes.length > BYTES_MAX) {
                LOG.warnf("snapshot of %s has %d bytes, too many", shard, bytes.length);
            } else {
                bucket.open().put(shard, bytes);
            }
        } catch (IOException
                | JetStreamApiException
                | IllegalStateException
                | EngineFailure failure) {
            LOG.debugf("snapshot of %s not written: %s", shard, failure.getMessage());
        } finally {
            writing.set(false);
        }
    }
}
