// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.spool;

import com.google.protobuf.ByteString;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.panacall.defaults.Peers;
import org.panacall.media.codec.Codec;
import org.panacall.proto.call.v1.RecordingEnd;
import org.panacall.proto.recordings.v1.RecordingBegin;
import org.panacall.proto.recordings.v1.RecordingFinish;
import org.panacall.proto.recordings.v1.RecordingsServiceGrpc;
import org.panacall.proto.recordings.v1.StoreRecordingRequest;
import org.panacall.proto.recordings.v1.StoreRecordingResponse;

/**
 * Brings recordings from the spool to recordings, one after another, and takes them from the disk
 * once they are durable there. While nobody takes them they wait.
 */
public final class Delivery implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Delivery.class);
    private static final long READY_NANOS = 1_000_000;

    private final Spool spool;
    private final Peers peers;
    private final Settings settings;
    private final Semaphore news = new Semaphore(1);
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Thread thread;
    private volatile boolean closing;

    /**
     * Where to.
     *
     * @param addresses of recordings, asked in this order
     * @param timeout for one recording
     * @param pause after a failure
     */
    public record Settings(List<String> addresses, Duration timeout, Duration pause) {}

    public Delivery(Spool spool, Peers peers, Settings settings) {
        this.spool = spool;
        this.peers = peers;
        this.settings = settings;
        spool.tell(news::release);
        thread = Thread.ofVirtual().name("delivery").start(this::run);
    }

    private void run() {
        try {
            while (!closing) {
                if (news.tryAcquire(settings.pause().toMillis(), TimeUnit.MILLISECONDS)) {
                    news.drainPermits();
                }
                deliverAll();
            }
        } catch (InterruptedException over) {
            LOG.debug("delivery is over");
        }
    }

    private void deliverAll() throws InterruptedException {
        try {
            for (var file : spool.waiting()) {
                deliver(file);
            }
        } catch (IOException | ExecutionException | TimeoutException | RuntimeException fault) {
            failures.increment();
            LOG.warnf("recordings wait on disk: %s", fault.getMessage());
        }
    }

    private void deliver(Path file)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        StoreRecordingResponse answer;
        try (var in = new BufferedInputStream(Files.newInputStream(file));
                var reader = reader(in)) {
            answer = send(reader);
        } catch (UnreadableException strange) {
            LOG.errorf("a spool file cannot be read and is put aside: %s", strange.getMessage());
            refused.increment();
            spool.refuse(file);
            return;
        }
        if (answer.hasStored()) {
            spool.drop(file);
            delivered.increment();
        } else {
            LOG.errorf("a recording was refused: %s", answer.getRefused().getReason());
            refused.increment();
            spool.refuse(file);
        }
    }

    private static final class UnreadableException extends IOException {
        private static final long serialVersionUID = 1L;

        UnreadableException(Exception cause) {
            super(cause.getMessage(), cause);
        }
    }

    private SpoolFile.Reader reader(InputStream in) throws UnreadableException {
        try {
            return new SpoolFile.Reader(in, spool.masters());
        } catch (IOException strange) {
            throw new UnreadableException(strange);
        }
    }

    private static RecordingBegin begin(SpoolFile.Reader reader) throws UnreadableException {
        try {
            return RecordingBegin.parseFrom(reader.what());
        } catch (IOException torn) {
            throw new UnreadableException(torn);
        }
    }

    private StoreRecordingResponse send(SpoolFile.Reader reader)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        var begin = begin(reader);
        var answer = new CompletableFuture<StoreRecordingResponse>();
        var request = open(answer);
        request.onNext(StoreRecordingRequest.newBuilder().setBegin(begin).build());
        int samples = 0;
        for (var audio = reader.audio(); audio.isPresent(); audio = reader.audio()) {
            samples += audio.get().length;
            while (!request.isReady() && !answer.isDone()) {
                LockSupport.parkNanos(READY_NANOS);
            }
            if (answer.isDone()) {
                break;
            }
            request.onNext(
                    StoreRecordingRequest.newBuilder()
                            .setAudio(ByteString.copyFrom(audio.get()))
                            .build());
        }
        if (!answer.isDone()) {
            int frames = samples / Math.max(1, begin.getChannels()) / Codec.FRAME;
            var finish = finish(reader, frames * Codec.FRAME);
            request.onNext(StoreRecordingRequest.newBuilder().setFinish(finish).build());
            request.onCompleted();
        }
        return answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Of one that was cut off all whole frames that are there count. */
    private static RecordingFinish finish(SpoolFile.Reader reader, int samples) throws IOException {
        if (reader.ended().isPresent()) {
            return RecordingFinish.parseFrom(reader.ended().get());
        }
        return RecordingFinish.newBuilder()
                .setEnd(RecordingEnd.RECORDING_END_MEDIA_LOST)
                .setSamples(samples)
                .build();
    }

    private ClientCallStreamObserver<StoreRecordingRequest> open(
            CompletableFuture<StoreRecordingResponse> answer) {
        // A peer that is away fails the attempt; the next one asks the next peer.
        var addresses = settings.addresses();
        var address = addresses.get((int) (failures.sum() % addresses.size()));
        var stub =
                RecordingsServiceGrpc.newStub(peers.channel(address))
                        .withDeadlineAfter(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        var sink = new Answered(answer);
        return (ClientCallStreamObserver<StoreRecordingRequest>) stub.storeRecording(sink);
    }

    private record Answered(CompletableFuture<StoreRecordingResponse> answer)
            implements ClientResponseObserver<StoreRecordingRequest, StoreRecordingResponse> {

        @Override
        public void beforeStart(ClientCallStreamObserver<StoreRecordingRequest> request) {
            // Readiness is looked at.
        }

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
            answer.completeExceptionally(new IOException("no answer"));
        }
    }

    public long delivered() {
        return delivered.sum();
    }

    public long failures() {
        return failures.sum();
    }

    /** Put aside for good. */
    public long refused() {
        return refused.sum();
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
    }
}
