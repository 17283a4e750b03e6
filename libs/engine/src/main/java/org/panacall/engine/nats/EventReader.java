// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.nats;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.BaseConsumerContext;
import io.nats.client.ConsumeOptions;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.OrderedConsumerConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Reads another service's stream, in order, on one thread of its own.
 *
 * <p>A <em>durable</em> reader goes on where it was after a restart: messages are acknowledged when
 * the sink is done with them, and come again when it was not. A <em>live</em> reader sees what
 * happens from now on. Either way a message may come twice: readers drop repeats by event id. Works
 * when NATS or the stream is away, also at the start; a sink that throws gets the same batch again.
 */
public final class EventReader implements AutoCloseable {

    /** One message as it was published. */
    public record Received(String subject, long sequence, byte[] payload) {}

    private static final Logger LOG = Logger.getLogger(EventReader.class);

    /** What a reader got and lost, by a reconnect for one, comes again after so long. */
    private static final Duration ACK_WAIT = Duration.ofSeconds(10);

    private static final Duration IDLE_WAIT = Duration.ofSeconds(1);
    private static final long AT_HAND_NANOS = 1_000_000;
    private static final Duration PAUSE_MIN = Duration.ofMillis(250);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

    private final NatsLink link;
    private final ReaderSettings settings;
    private final Consumer<List<Received>> sink;
    private final Counter read;
    private final Counter failures;
    private final Thread thread;
    private volatile boolean running = true;
    private long lastSequence;

    /**
     * Begins to read.
     *
     * @param sink gets batches in order, on the reader's thread; may block
     */
    public EventReader(
            NatsLink link,
            ReaderSettings settings,
            Consumer<List<Received>> sink,
            MeterRegistry registry) {
        this.link = link;
        this.settings = settings;
        this.sink = sink;
        var stream = settings.stream().stream();
        read = registry.counter("engine.reader.messages", "stream", stream);
        failures = registry.counter("engine.reader.failures", "stream", stream);
        thread = Thread.ofPlatform().daemon().name("reader-" + stream).start(this::run);
    }

    private void run() {
        var pause = PAUSE_MIN;
        while (running) {
            var before = lastSequence;
            var connects = link.connects();
            try (var messages = new Reading(consumer().iterate(options()))) {
                follow(messages, connects);
            } catch (InterruptedException end) {
                return;
            } catch (IOException | JetStreamApiException | RuntimeException failure) {
                lost(failure, pause);
            }
            pause = lastSequence > before ? PAUSE_MIN : doubled(pause);
            if (running) {
                LockSupport.parkNanos(pause.toNanos());
            }
        }
    }

    /** Tells the first failure in a row aloud: a reader that stands still must be seen. */
    private void lost(Exception failure, Duration pause) {
        failures.increment();
        var level = pause.equals(PAUSE_MIN) ? Logger.Level.WARN : Logger.Level.DEBUG;
        LOG.logf(level, "reading %s: %s", settings.stream().stream(), failure.getMessage());
    }

    private void follow(Reading messages, int connects) throws IOException, InterruptedException {
        while (running && link.connects() == connects && !messages.over()) {
            var batch = next(messages);
            if (!batch.isEmpty()) {
                deliver(batch);
                batch.forEach(Message::ack);
                read.increment(batch.size());
                lastSequence = batch.getLast().metaData().streamSequence();
            }
        }
    }

    /** Waits for one message, then takes those that are here or come soon enough. */
    private List<Message> next(Reading messages) throws IOException, InterruptedException {
        var batch = new ArrayList<Message>();
        var message = messages.next(IDLE_WAIT);
        long end = System.nanoTime() + settings.gather().toNanos();
        while (message != null) {
            batch.add(message);
            long left = Math.max(AT_HAND_NANOS, end - System.nanoTime());
            message =
                    batch.size() < settings.batchSize()
                            ? messages.next(Duration.ofNanos(left))
                            : null;
        }
        return batch;
    }

    /** Gives the batch to the sink until it takes it: order matters more than speed. */
    private void deliver(List<Message> batch) throws InterruptedException {
        var received =
                batch.stream()
                        .map(
                                message ->
                                        new Received(
                                                message.getSubject(),
                                                message.metaData().streamSequence(),
                                                message.getData()))
                        .toList();
        for (var pause = PAUSE_MIN; running; pause = doubled(pause)) {
            try {
                sink.accept(received);
                return;
            } catch (RuntimeException failure) {
                failures.increment();
                LOG.warnf(
                        "%s: a batch of %d was not taken and comes again: %s",
                        settings.stream().stream(), batch.size(), failure);
                batch.forEach(Message::inProgress);
                LockSupport.parkNanos(pause.toNanos());
            }
        }
        throw new InterruptedException("closed");
    }

    private BaseConsumerContext consumer() throws IOException, JetStreamApiException {
        var connection = link.require();
        settings.stream().ensure(connection);
        var stream = connection.getStreamContext(settings.stream().stream());
        return settings.durable().isPresent()
                ? stream.createOrUpdateConsumer(durable(settings.durable().get()))
                : stream.createOrderedConsumer(live());
    }

    private ConsumerConfiguration durable(String name) {
        return ConsumerConfiguration.builder()
                .durable(name)
                .ackPolicy(AckPolicy.Explicit)
                .ackWait(ACK_WAIT)
                .maxAckPending(settings.batchSize() * 2L)
                .deliverPolicy(DeliverPolicy.All)
                .build();
    }

    private OrderedConsumerConfiguration live() {
        var configuration = new OrderedConsumerConfiguration();
        return lastSequence == 0
                ? configuration.deliverPolicy(DeliverPolicy.New)
                : configuration
                        .deliverPolicy(DeliverPolicy.ByStartSequence)
                        .startSequence(lastSequence + 1);
    }

    private ConsumeOptions options() {
        return ConsumeOptions.builder()
                .batchSize(settings.batchSize())
                .expiresIn(Duration.ofSeconds(5).toMillis())
                .build();
    }

    private static Duration doubled(Duration pause) {
        var next = pause.multipliedBy(2);
        return next.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : next;
    }

    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
        try {
            if (!thread.join(IDLE_WAIT.multipliedBy(3))) {
                thread.interrupt();
                thread.join(IDLE_WAIT);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
