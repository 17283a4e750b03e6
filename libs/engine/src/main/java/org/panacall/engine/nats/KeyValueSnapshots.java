// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.panacall.engine.EngineFailure.JournalUnavailable;
import org.panacall.engine.snapshot.Snapshots;

/**
 * The newest snapshot of one shard, in a key-value bucket: the sequence and time of its turn, then
 * the state in the service's own form. Taken every so many turns; what it takes on the engine's
 * thread is up to {@link Form#hold}, all else is done beside it.
 *
 * <p>A state that is too large for a message is written in parts, under names that the snapshot
 * before it does not use, and counts once its head is written.
 */
public final class KeyValueSnapshots<K> implements Snapshots<K> {

    private static final Logger LOG = Logger.getLogger(KeyValueSnapshots.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int HEADER_BYTES = Long.BYTES + Long.BYTES + 3 * Integer.BYTES;
    private static final int GENERATION_AT = HEADER_BYTES - Integer.BYTES;

    /** A server's usual limit of 1 MiB, with room for headers. */
    private static final int PART_BYTES = 900_000;

    private static final int PARTS_MAX = 64;

    /**
     * A core as bytes, and back.
     *
     * @param hold called on the engine's thread; what it gives is turned into bytes on another one,
     *     so it must hold on to values that do not change
     */
    public record Form<K>(Function<K, Supplier<byte[]>> hold, Function<byte[], K> read) {}

    /** Of which turn a state is. */
    private record Mark(long sequence, Instant at) {}

    private final Bucket bucket;
    private final String shard;
    private final Form<K> form;
    private final int everyTurns;
    private final AtomicBoolean writing = new AtomicBoolean();
    private int turns;

    /** Under which names the parts of the stored one are; unknown before it was looked at. */
    private volatile OptionalInt generation = OptionalInt.empty();

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
            var store = bucket.open();
            var entry = store.get(shard);
            return entry == null || entry.getValue() == null
                    ? Optional.empty()
                    : read(store, entry.getValue());
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
        var held = form.hold.apply(core);
        Thread.ofVirtual()
                .name("snapshot-" + shard)
                .start(() -> write(held, new Mark(sequence, at)));
    }

    private Optional<Snapshot<K>> read(KeyValue store, byte[] head)
            throws IOException, JetStreamApiException {
        try {
            var buffer = ByteBuffer.wrap(head);
            var sequence = buffer.getLong();
            var at = Instant.ofEpochSecond(buffer.getLong(), buffer.getInt());
            var parts = buffer.getInt();
            var present = buffer.getInt();
            generation = OptionalInt.of(present);
            var state = new ByteArrayOutputStream();
            state.write(head, buffer.position(), buffer.remaining());
            for (int part = 1; part < parts; part++) {
                state.writeBytes(store.get(key(present, part)).getValue());
            }
            var core = form.read.apply(state.toByteArray());
            return Optional.of(new Snapshot<>(core, sequence, at));
        } catch (RuntimeException unreadable) {
            // Written by another version, perhaps. The journal is read from its beginning.
            LOG.warnf("snapshot of %s cannot be read: %s", shard, unreadable.getMessage());
            return Optional.empty();
        }
    }

    private void write(Supplier<byte[]> held, Mark mark) {
        try {
            var state = held.get();
            var parts = Math.max(1, Math.ceilDiv(state.length, PART_BYTES));
            if (parts > PARTS_MAX) {
                LOG.warnf("snapshot of %s has %d bytes, too many", shard, state.length);
                return;
            }
            write(bucket.open(), mark, state, parts);
        } catch (IOException | JetStreamApiException | RuntimeException failure) {
            LOG.warnf("snapshot of %s not written: %s", shard, failure.getMessage());
        } finally {
            writing.set(false);
        }
    }

    private void write(KeyValue store, Mark mark, byte[] state, int parts)
            throws IOException, JetStreamApiException {
        var next = 1 - present(store);
        for (int part = 1; part < parts; part++) {
            var end = Math.min(state.length, (part + 1) * PART_BYTES);
            store.put(key(next, part), Arrays.copyOfRange(state, part * PART_BYTES, end));
        }
        var first = Math.min(state.length, PART_BYTES);
        var head =
                ByteBuffer.allocate(HEADER_BYTES + first)
                        .putLong(mark.sequence())
                        .putLong(mark.at().getEpochSecond())
                        .putInt(mark.at().getNano())
                        .putInt(parts)
                        .putInt(next)
                        .put(state, 0, first);
        store.put(shard, head.array());
        generation = OptionalInt.of(next);
    }

    private int present(KeyValue store) throws IOException, JetStreamApiException {
        if (generation.isEmpty()) {
            var head = store.get(shard);
            generation =
                    OptionalInt.of(
                            head == null || head.getValue() == null
                                    ? 0
                                    : ByteBuffer.wrap(head.getValue()).getInt(GENERATION_AT));
        }
        return generation.getAsInt();
    }

    private String key(int generation, int part) {
        return shard + "." + generation + "." + part;
    }
}
