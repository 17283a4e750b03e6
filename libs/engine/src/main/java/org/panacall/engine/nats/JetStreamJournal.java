// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.nats;

import io.nats.client.ConsumeOptions;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.PublishOptions;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.OrderedConsumerConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import org.panacall.engine.Codec;
import org.panacall.engine.EngineFailure.Fenced;
import org.panacall.engine.EngineFailure.JournalUnavailable;
import org.panacall.engine.Journal;
import org.panacall.engine.Turn;

/**
 * One subject of a JetStream stream as a shard's journal: one message a turn.
 *
 * <p>Repeats are dropped by {@code Nats-Msg-Id}; a stale writer is refused by the expected last
 * sequence of the subject. The server acknowledges before it syncs its disk, so this outlives
 * processes, and machines where the servers are a cluster.
 */
public final class JetStreamJournal<E> implements Journal<E> {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int WRONG_LAST_SEQUENCE = 10071;
    private static final int NO_MESSAGE = 10037;
    private static final int REPLAY_BATCH = 500;

    /** So far behind a replay tries it without a consumer. */
    private static final long NEAR = 1_000;

    private static final int SINGLE_TURNS = 100;

    /** A turn whose fate is not known, as it went out: a repeat must be the same bytes. */
    private record Pending<E>(Turn<E> turn, String id, byte[] message) {}

    private final NatsLink link;
    private final StreamSettings settings;
    private final String subject;
    private final Codec<E> codec;
    private Pending<E> pending;
    private boolean streamSeen;

    public JetStreamJournal(NatsLink link, StreamSettings settings, String shard, Codec<E> codec) {
        this.link = link;
        this.settings = settings;
        this.subject = settings.subject(shard);
        this.codec = codec;
    }

    @Override
    public long append(Turn<E> turn, long expectedLast) {
        if (pending == null || pending.turn != turn) {
            pending = new Pending<>(turn, UUID.randomUUID().toString(), codec.encode(turn));
        }
        try {
            var jetStream = jetStream();
            var sequence = publish(jetStream, expectedLast);
            pending = null;
            return sequence;
        } catch (JetStreamApiException | IOException | IllegalStateException failure) {
            streamSeen = false;
            throw unavailable(failure);
        }
    }

    private long publish(JetStream jetStream, long expectedLast)
            throws IOException, JetStreamApiException {
        var options = PublishOptions.builder().messageId(pending.id);
        if (expectedLast != ANY) {
            options.expectedLastSubjectSequence(expectedLast);
        }
        try {
            return jetStream.publish(subject, pending.message, options.build()).getSeqno();
        } catch (JetStreamApiException refused) {
            if (refused.getApiErrorCode() != WRONG_LAST_SEQUENCE) {
                throw refused;
            }
            // A shard that was quiet for longer than the stream's age has no last message any more.
            if (expectedLast > 0 && last() == 0) {
                return publish(jetStream, 0);
            }
            throw new Fenced("another writer appended to " + subject);
        }
    }

    @Override
    public long replay(long after, Consumer<Turn<E>> reader) {
        try {
            jetStream();
            var last = last();
            var read = last - after <= NEAR ? readSingly(after, last, reader) : after;
            if (last > read) {
                read(read, last, reader);
            }
            return last;
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            throw unavailable(end);
        } catch (JetStreamApiException | IOException | IllegalStateException failure) {
            throw unavailable(failure);
        }
    }

    /** Some turns at most, without a consumer, of which the server has to know for a while. */
    private long readSingly(long after, long last, Consumer<Turn<E>> reader)
            throws IOException, JetStreamApiException {
        var stored = link.require().jetStreamManagement();
        var read = after;
        for (int i = 0; i < SINGLE_TURNS && read < last; i++) {
            var message = stored.getNextMessage(settings.stream(), read + 1, subject);
            read = message.getSeq();
            if (read <= last) {
                reader.accept(codec.decode(message.getData()));
            }
        }
        return read;
    }

    private void read(long after, long last, Consumer<Turn<E>> reader)
            throws IOException, InterruptedException, JetStreamApiException {
        var consumer =
                link.require()
                        .getStreamContext(settings.stream())
                        .createOrderedConsumer(
                                new OrderedConsumerConfiguration()
                                        .filterSubject(subject)
                                        .deliverPolicy(DeliverPolicy.ByStartSequence)
                                        .startSequence(after + 1));
        var options = ConsumeOptions.builder().batchSize(REPLAY_BATCH).build();
        try (var messages = new Reading(consumer.iterate(options))) {
            for (var read = after; read < last; ) {
                var message = messages.next(TIMEOUT);
                if (message == null) {
                    throw new IOException("no answer while reading " + subject);
                }
                read = message.metaData().streamSequence();
                if (read <= last) {
                    reader.accept(codec.decode(message.getData()));
                }
            }
        }
    }

    /** Sequence of the subject's last message, 0 when it has none. */
    private long last() throws IOException, JetStreamApiException {
        try {
            return link.require()
                    .jetStreamManagement()
                    .getLastMessage(settings.stream(), subject)
                    .getSeq();
        } catch (JetStreamApiException failure) {
            if (failure.getApiErrorCode() == NO_MESSAGE) {
                return 0;
            }
            throw failure;
        }
    }

    private JetStream jetStream() throws IOException, JetStreamApiException {
        var connection = link.require();
        if (!streamSeen) {
            settings.ensure(connection);
            streamSeen = true;
        }
        return connection.jetStream(JetStreamOptions.builder().requestTimeout(TIMEOUT).build());
    }

    private JournalUnavailable unavailable(Exception failure) {
        return new JournalUnavailable(subject + ": " + failure.getMessage(), failure);
    }
}
