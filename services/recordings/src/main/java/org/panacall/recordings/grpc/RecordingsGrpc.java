// SPDX-License-Identifier: Apache-2.0
package org.panacall.recordings.grpc;

import com.google.protobuf.ByteString;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.panacall.defaults.Reply;
import org.panacall.proto.call.v1.RecordingKind;
import org.panacall.proto.recordings.v1.ChangeRecordingRequest;
import org.panacall.proto.recordings.v1.ChangeRecordingResponse;
import org.panacall.proto.recordings.v1.FetchAudioRequest;
import org.panacall.proto.recordings.v1.FetchAudioResponse;
import org.panacall.proto.recordings.v1.GetRecordingRequest;
import org.panacall.proto.recordings.v1.GetRecordingResponse;
import org.panacall.proto.recordings.v1.ListAccessesRequest;
import org.panacall.proto.recordings.v1.ListAccessesResponse;
import org.panacall.proto.recordings.v1.ListRecordingsRequest;
import org.panacall.proto.recordings.v1.ListRecordingsResponse;
import org.panacall.proto.recordings.v1.RecordingAccess;
import org.panacall.proto.recordings.v1.RecordingUnknown;
import org.panacall.proto.recordings.v1.RecordingsServiceGrpc;
import org.panacall.proto.recordings.v1.StoreRecordingRequest;
import org.panacall.proto.recordings.v1.StoreRecordingResponse;
import org.panacall.recordings.Keeping;
import org.panacall.recordings.RecordingsConfig;
import org.panacall.recordings.events.Telling;
import org.panacall.recordings.store.Kept;
import org.panacall.recordings.store.RecordingRows;
import org.panacall.recordings.store.RecordingRows.Actor;
import org.panacall.recordings.store.RecordingRows.Change;

/** The contract of this service. */
@ApplicationScoped
public class RecordingsGrpc implements RecordingsServiceGrpc.AsyncService {

    private static final int PAGE = 50;
    private static final int PAGE_MAX = 200;
    private static final int PIECE = 32_000;
    private static final long READY_NANOS = 1_000_000;
    private static final RecordingUnknown UNKNOWN = RecordingUnknown.getDefaultInstance();

    private final Keeping keeping;
    private final RecordingRows rows;
    private final RecordingsConfig.Recordings config;
    private final Telling telling;
    private final MeterRegistry metrics;
    private final Semaphore uploads;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    RecordingsGrpc(
            Keeping keeping,
            RecordingRows rows,
            RecordingsConfig config,
            Telling telling,
            MeterRegistry metrics) {
        this.keeping = keeping;
        this.rows = rows;
        this.config = config.recordings();
        this.telling = telling;
        this.metrics = metrics;
        uploads = new Semaphore(this.config.uploads());
    }

    /** What the server serves. */
    @Produces
    @Singleton
    ServerServiceDefinition contract() {
        return RecordingsServiceGrpc.bindService(this);
    }

    @Override
    public StreamObserver<StoreRecordingRequest> storeRecording(
            StreamObserver<StoreRecordingResponse> caller) {
        if (!uploads.tryAcquire()) {
            throw new RejectedExecutionException("enough recordings come in at present");
        }
        var desk =
                new Upload.Desk(
                        keeping,
                        rows::isKnown,
                        this::retention,
                        config.samples(),
                        this::stored,
                        uploads::release);
        return new Upload(caller, desk, threads);
    }

    private Duration retention(RecordingKind kind) {
        return kind == RecordingKind.RECORDING_KIND_CALL
                ? config.callRetention()
                : config.voicemailRetention();
    }

    private void stored() {
        metrics.counter("panacall.recordings.stored").increment();
        telling.wake();
    }

    @Override
    public void listRecordings(
            ListRecordingsRequest request, StreamObserver<ListRecordingsResponse> caller) {
        answer(() -> list(request), caller);
    }

    private ListRecordingsResponse list(ListRecordingsRequest request) {
        int asked = request.getPageSize() == 0 ? PAGE : request.getPageSize();
        int size = Math.min(PAGE_MAX, asked);
        var wish =
                new RecordingRows.Wish(
                        request.getTenantId(),
                        Words.word(request.getKind().name(), "RECORDING_KIND_"),
                        request.getMailboxesList(),
                        Words.word(request.getState().name(), "RECORDING_STATE_"),
                        request.getCallId());
        var found = rows.page(wish, place(request.getCursor()), size + 1);
        var response = ListRecordingsResponse.newBuilder();
        var page = found.subList(0, Math.min(size, found.size()));
        page.forEach(kept -> response.addRecordings(Words.recording(kept, keeping)));
        if (found.size() > size) {
            response.setNextCursor(cursor(page.getLast()));
        }
        return response.build();
    }

    private static String cursor(Kept last) {
        var text = last.label().startedAt() + " " + last.label().id();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<RecordingRows.Place> place(String cursor) {
        if (cursor.isEmpty()) {
            return Optional.empty();
        }
        try {
            var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            var parts = text.split(" ", 2);
            var at = Instant.parse(parts[0]);
            if (at.isBefore(Instant.EPOCH) || !parts[1].matches("[A-Za-z0-9_.-]{1,100}")) {
                throw new IllegalArgumentException("not a place");
            }
            return Optional.of(new RecordingRows.Place(at, parts[1]));
        } catch (RuntimeException strange) {
            throw new IllegalArgumentException("not a cursor of ours", strange);
        }
    }

    @Override
    public void getRecording(
            GetRecordingRequest request, StreamObserver<GetRecordingResponse> caller) {
        answer(
                () -> {
                    var response = GetRecordingResponse.newBuilder();
                    rows.find(request.getTenantId(), request.getRecordingId())
                            .ifPresentOrElse(
                                    kept -> response.setRecording(Words.recording(kept, keeping)),
                                    () -> response.setRecordingUnknown(UNKNOWN));
                    return response.build();
                },
                caller);
    }

    @Override
    public void fetchAudio(FetchAudioRequest request, StreamObserver<FetchAudioResponse> caller) {
        var outlet = (ServerCallStreamObserver<FetchAudioResponse>) caller;
        threads.submit(
                () -> {
                    try {
                        fetch(request, outlet);
                        outlet.onCompleted();
                    } catch (IOException | RuntimeException fault) {
                        outlet.onError(Status.UNKNOWN.withCause(fault).asRuntimeException());
                    }
                });
    }

    private void fetch(FetchAudioRequest request, ServerCallStreamObserver<FetchAudioResponse> to)
            throws IOException {
        var deed = request.getDownload() ? "downloaded" : "listened";
        var found =
                rows.access(
                        request.getTenantId(),
                        request.getRecordingId(),
                        actor(request.getActor()),
                        deed);
        if (found.isEmpty()) {
            to.onNext(FetchAudioResponse.newBuilder().setRecordingUnknown(UNKNOWN).build());
            return;
        }
        metrics.counter("panacall.recordings.fetched", "deed", deed).increment();
        long size = Keeping.size(found.get());
        to.onNext(FetchAudioResponse.newBuilder().setSize(size).build());
        long length = request.getLength() == 0 ? size : request.getLength();
        var piece = ByteString.newOutput(PIECE);
        keeping.read(
                found.get(),
                request.getOffset(),
                length,
                bytes -> {
                    piece.write(bytes);
                    if (piece.size() >= PIECE) {
                        send(piece, to);
                    }
                });
        if (piece.size() > 0) {
            send(piece, to);
        }
    }

    private static void send(
            ByteString.Output piece, ServerCallStreamObserver<FetchAudioResponse> to)
            throws IOException {
        while (!to.isReady()) {
            if (to.isCancelled()) {
                throw new IOException("the listener is gone");
            }
            LockSupport.parkNanos(READY_NANOS);
        }
        to.onNext(FetchAudioResponse.newBuilder().setAudio(piece.toByteString()).build());
        piece.reset();
    }

    @Override
    public void changeRecording(
            ChangeRecordingRequest request, StreamObserver<ChangeRecordingResponse> caller) {
        answer(() -> change(request), caller);
    }

    private ChangeRecordingResponse change(ChangeRecordingRequest request) {
        var tenant = request.getTenantId();
        var id = request.getRecordingId();
        var response = ChangeRecordingResponse.newBuilder();
        var found = rows.find(tenant, id);
        if (found.isEmpty()) {
            return response.setRecordingUnknown(UNKNOWN).build();
        }
        boolean deleted = found.get().deletedAt() != null;
        var change =
                switch (request.getState()) {
                    case RECORDING_STATE_NEW -> Change.UNHEARD;
                    case RECORDING_STATE_HEARD -> deleted ? Change.RESTORED : Change.HEARD;
                    case RECORDING_STATE_DELETED -> Change.DELETED;
                    case RECORDING_STATE_UNSPECIFIED, UNRECOGNIZED ->
                            throw new IllegalArgumentException("a state is wanted");
                };
        rows.change(tenant, id, actor(request.getActor()), change)
                .ifPresentOrElse(
                        kept -> response.setRecording(Words.recording(kept, keeping)),
                        () -> response.setRecordingUnknown(UNKNOWN));
        return response.build();
    }

    @Override
    public void listAccesses(
            ListAccessesRequest request, StreamObserver<ListAccessesResponse> caller) {
        answer(
                () -> {
                    var response = ListAccessesResponse.newBuilder();
                    rows.accesses(request.getTenantId(), request.getRecordingId())
                            .forEach(access -> response.addAccesses(access(access)));
                    return response.build();
                },
                caller);
    }

    private static RecordingAccess access(RecordingRows.Access access) {
        return RecordingAccess.newBuilder()
                .setAt(Words.timestamp(access.at()))
                .setActor(
                        org.panacall.proto.recordings.v1.Actor.newBuilder()
                                .setId(access.actor().id())
                                .setExtension(access.actor().extension()))
                .setDeed(access.deed())
                .build();
    }

    private static Actor actor(org.panacall.proto.recordings.v1.Actor actor) {
        if (actor.getId().isEmpty()) {
            throw new IllegalArgumentException("nobody listens without a name");
        }
        return new Actor(actor.getId(), actor.getExtension());
    }

    private <A> void answer(Supplier<A> answer, StreamObserver<A> caller) {
        Reply.later(CompletableFuture.supplyAsync(answer, threads), caller);
    }

    @PreDestroy
    void close() {
        threads.shutdown();
    }
}
