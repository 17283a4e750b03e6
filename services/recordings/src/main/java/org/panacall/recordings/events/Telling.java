// SPDX-License-Identifier: Apache-2.0
package org.panacall.recordings.events;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.panacall.engine.Codec;
import org.panacall.engine.Journal;
import org.panacall.engine.Turn;
import org.panacall.engine.nats.JetStreamJournal;
import org.panacall.engine.nats.NatsLink;
import org.panacall.engine.nats.StreamSettings;
import org.panacall.proto.event.v1.Event;
import org.panacall.proto.event.v1.EventBatch;
import org.panacall.proto.recordings.v1.RecordingsEvent;
import org.panacall.proto.recordings.v1.VoicemailLeft;
import org.panacall.recordings.store.Kept;
import org.panacall.recordings.store.RecordingRows;

/**
 * Tells others of messages that were left, by an outbox: what is not marked as told is told, so
 * that nothing is lost while NATS is away. Told twice has the same id.
 */
public final class Telling implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Telling.class);
    private static final int SAMPLES_A_MILLISECOND = 8;

    private final RecordingRows rows;
    private final NatsLink link;
    private final Duration pause;
    private final Semaphore news = new Semaphore(1);
    private final Thread thread;
    private volatile boolean closing;

    /** Begins. */
    public Telling(RecordingRows rows, NatsLink link, Duration pause) {
        this.rows = rows;
        this.link = link;
        this.pause = pause;
        thread = Thread.ofVirtual().name("telling").start(this::run);
    }

    /** There is something to tell. */
    public void wake() {
        news.release();
    }

    private void run() {
        try {
            while (!closing) {
                if (news.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    news.drainPermits();
                }
                tellAll();
            }
        } catch (InterruptedException over) {
            LOG.debug("nothing more is told");
        }
    }

    private void tellAll() {
        try {
            for (var kept : rows.untold()) {
                tell(kept);
                rows.told(kept.label().id());
            }
        } catch (RuntimeException fault) {
            LOG.warnf("messages wait to be told of: %s", fault.getMessage());
        }
    }

    private void tell(Kept kept) {
        if (!kept.label().kind().equals("voicemail")) {
            return;
        }
        var tenant = kept.label().tenantId();
        var journal =
                new JetStreamJournal<>(
                        link, StreamSettings.of("recordings"), tenant, new Written(tenant));
        journal.append(new Turn<>(Instant.now(), List.of(kept)), Journal.ANY);
    }

    private record Written(String tenant) implements Codec<Kept> {

        @Override
        public byte[] encode(Turn<Kept> turn) {
            var batch = EventBatch.newBuilder().setService("recordings").setShard(tenant);
            turn.events().forEach(kept -> batch.addEvents(event(kept)));
            return batch.build().toByteArray();
        }

        @Override
        public Turn<Kept> decode(byte[] message) {
            throw new UnsupportedOperationException("rows are the truth");
        }
    }

    private static Event event(Kept kept) {
        var label = kept.label();
        var left =
                VoicemailLeft.newBuilder()
                        .setCallId(label.callId())
                        .setMailbox(label.mailbox())
                        .setLanguage(label.language())
                        .setLength(Durations.fromMillis(kept.samples() / SAMPLES_A_MILLISECOND));
        return Event.newBuilder()
                .setEventId("event_" + label.id())
                .setTenantId(label.tenantId())
                .setEntityId(label.id())
                .setEntitySequence(1)
                .setAt(Timestamps.fromMillis(System.currentTimeMillis()))
                .setRecordings(RecordingsEvent.newBuilder().setVoicemailLeft(left))
                .build();
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
    }
}
