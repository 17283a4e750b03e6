// SPDX-License-Identifier: Apache-2.0
package org.panacall.recordings.grpc;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.panacall.defaults.Reply;
import org.panacall.proto.call.v1.RecordingKind;
import org.panacall.proto.recordings.v1.RecordingBegin;
import org.panacall.proto.recordings.v1.RecordingFinish;
import org.panacall.proto.recordings.v1.RecordingRefused;
import org.panacall.proto.recordings.v1.RecordingStored;
import org.panacall.proto.recordings.v1.StoreRecordingRequest;
import org.panacall.proto.recordings.v1.StoreRecordingResponse;
import org.panacall.recordings.Keeping;
import org.panacall.recordings.store.Kept;

/**
 * One recording on its way in: messages are taken one by one, on a thread that may block, and the
 * next is asked for when the one before is on disk.
 */
final class Upload implements StreamObserver<StoreRecordingRequest> {

    private static final Logger LOG = Logger.getLogger(Upload.class);
    private static final int WAITING_MAX = 4;
    private static final StoreRecordingRequest OVER = StoreRecordingRequest.getDefaultInstance();
    private static final String NAME = "[A-Za-z0-9_.-]{1,100}";

    private final ServerCallStreamObserver<StoreRecordingResponse> caller;
    private final Desk desk;
    private final LinkedBlockingQueue<StoreRecordingRequest> waiting = new LinkedBlockingQueue<>();

    /**
     * What uploads share.
     *
     * @param samples the most of one channel
     * @param stored run once something is kept
     */
    record Desk(
            Keeping keeping,
            Predicate<String> known,
            Function<RecordingKind, Duration> retention,
            int samples,
            Runnable stored,
            Runnable over) {}

    Upload(StreamObserver<StoreRecordingResponse> caller, Desk desk, ExecutorService threads) {
        this.caller = (ServerCallStreamObserver<StoreRecordingResponse>) caller;
        this.desk = desk;
        this.caller.disableAutoRequest();
        this.caller.setOnCancelHandler(() -> waiting.add(OVER));
        threads.submit(this::run);
    }

    @Override
    public void onNext(StoreRecordingRequest message) {
        waiting.add(message);
    }

    @Override
    public void onError(Throwable gone) {
        waiting.add(OVER);
    }

    @Override
    public void onCompleted() {
        waiting.add(OVER);
    }

    private void run() {
        caller.request(WAITING_MAX);
        try {
            var answer = take();
            if (!caller.isCancelled()) {
                Reply.now(answer, caller);
            }
        } catch (IllegalArgumentException nonsense) {
            var refused = RecordingRefused.newBuilder().setReason(nonsense.getMessage());
            Reply.now(StoreRecordingResponse.newBuilder().setRefused(refused).build(), caller);
        } catch (IOException | RuntimeException fault) {
            LOG.warnf("a recording was not taken: %s", fault.getMessage());
            caller.onError(
                    Status.UNAVAILABLE.withDescription(fault.getMessage()).asRuntimeException());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            desk.over().run();
        }
    }

    private StoreRecordingResponse take() throws IOException, InterruptedException {
        var first = next();
        if (!first.hasBegin()) {
            throw new IllegalArgumentException("a recording has a beginning");
        }
        var begin = checked(first.getBegin());
        if (desk.known().test(begin.getRecordingId())) {
            return stored();
        }
        try (var arrival = desk.keeping().arrival()) {
            for (var message = next(); ; message = next()) {
                switch (message.getPartCase()) {
                    case AUDIO -> {
                        arrival.take(message.getAudio().toByteArray());
                        if (arrival.bytes() / begin.getChannels() > desk.samples()) {
                            throw new IllegalArgumentException("a recording is too long");
                        }
                    }
                    case FINISH -> {
                        arrival.keep(whole(begin, message.getFinish(), arrival.bytes()));
                        desk.stored().run();
                        return stored();
                    }
                    case BEGIN ->
                            throw new IllegalArgumentException("a recording has one beginning");
                    case PART_NOT_SET -> throw new IOException("it was cut off");
                }
            }
        }
    }

    private StoreRecordingRequest next() throws InterruptedException {
        var message = waiting.take();
        caller.request(1);
        return message;
    }

    private static RecordingBegin checked(RecordingBegin begin) {
        if (!begin.getRecordingId().matches(NAME)
                || !begin.getTenantId().matches(NAME)
                || !begin.hasStartedAt()
                || begin.getChannels() < 1
                || begin.getChannels() > 2) {
            throw new IllegalArgumentException("not the beginning of a recording");
        }
        return begin;
    }

    private Keeping.Whole whole(RecordingBegin begin, RecordingFinish finish, long bytes) {
        long all = bytes / begin.getChannels();
        int samples = (int) Math.min(all, Integer.toUnsignedLong(finish.getSamples()));
        var order = begin.getOrder();
        var kind = Words.word(order.getKind().name(), "RECORDING_KIND_");
        if (samples == 0 || kind.isEmpty()) {
            throw new IllegalArgumentException("a recording of nothing, or for nothing");
        }
        return new Keeping.Whole(
                new Kept.Label(
                        begin.getRecordingId(),
                        begin.getTenantId(),
                        kind,
                        begin.getCallId(),
                        order.getMailbox(),
                        order.getLanguage(),
                        Words.instant(begin.getStartedAt()),
                        order.getAgentExtension()),
                order.getCallerNumber(),
                samples,
                begin.getChannels(),
                Words.word(finish.getEnd().name(), "RECORDING_END_"),
                desk.retention().apply(order.getKind()));
    }

    private static StoreRecordingResponse stored() {
        return StoreRecordingResponse.newBuilder()
                .setStored(RecordingStored.getDefaultInstance())
                .build();
    }
}
