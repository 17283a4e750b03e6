// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.panacall.defaults.tree.Flaw;
import org.panacall.directory.DirectoryConfig;
import org.panacall.directory.audio.AudioConverter;
import org.panacall.directory.audio.AudioRefused;
import org.panacall.directory.configuration.PromptFeed;
import org.panacall.directory.editing.Outcome;
import org.panacall.directory.editing.Refusals;
import org.panacall.directory.editing.prompt.PromptEdits;
import org.panacall.directory.editing.prompt.PromptLookups;
import org.panacall.proto.directory.v1.DeletePromptRequest;
import org.panacall.proto.directory.v1.DeletePromptResponse;
import org.panacall.proto.directory.v1.GetPromptAudioRequest;
import org.panacall.proto.directory.v1.GetPromptRequest;
import org.panacall.proto.directory.v1.GetPromptResponse;
import org.panacall.proto.directory.v1.KeptPrompt;
import org.panacall.proto.directory.v1.ListPromptsRequest;
import org.panacall.proto.directory.v1.ListPromptsResponse;
import org.panacall.proto.directory.v1.PromptAudioPart;
import org.panacall.proto.directory.v1.PromptAudioStart;
import org.panacall.proto.directory.v1.PromptsServiceGrpc;
import org.panacall.proto.directory.v1.PublishPromptRequest;
import org.panacall.proto.directory.v1.PublishPromptResponse;
import org.panacall.proto.directory.v1.PublishedPrompts;
import org.panacall.proto.directory.v1.PutPromptAudioRequest;
import org.panacall.proto.directory.v1.PutPromptAudioResponse;
import org.panacall.proto.directory.v1.PutPromptTextRequest;
import org.panacall.proto.directory.v1.PutPromptTextResponse;
import org.panacall.proto.directory.v1.WatchPromptsRequest;

/** The contract of prompts. */
@ApplicationScoped
public class PromptsGrpc implements PromptsServiceGrpc.AsyncService {

    private static final int PART_BYTES = 1 << 16;
    private static final Upload.Form<PutPromptAudioRequest, PromptAudioStart> FORM =
            new Upload.Form<>() {
                @Override
                public PromptAudioStart start(PutPromptAudioRequest request) {
                    return request.hasStart() && request.getStart().hasEdit()
                            ? request.getStart()
                            : null;
                }

                @Override
                public ByteString part(PutPromptAudioRequest request) {
                    return request.hasPart() ? request.getPart() : null;
                }
            };

    private final PromptEdits edits;
    private final PromptLookups lookups;
    private final PromptFeed feed;
    private final AudioConverter converter;
    private final DirectoryConfig.Audio config;
    private final Semaphore uploads;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    PromptsGrpc(
            PromptEdits edits,
            PromptLookups lookups,
            PromptFeed feed,
            AudioConverter converter,
            DirectoryConfig config) {
        this.edits = edits;
        this.lookups = lookups;
        this.feed = feed;
        this.converter = converter;
        this.config = config.directory().audio();
        uploads = new Semaphore(this.config.uploads());
    }

    /** What the server serves. */
    @Produces
    @Singleton
    ServerServiceDefinition prompts() {
        return PromptsServiceGrpc.bindService(this);
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }

    @Override
    public void listPrompts(
            ListPromptsRequest request, StreamObserver<ListPromptsResponse> caller) {
        Answers.reply(lookups.page(request), caller);
    }

    @Override
    public void getPrompt(GetPromptRequest request, StreamObserver<GetPromptResponse> caller) {
        var answer = GetPromptResponse.newBuilder();
        Answers.found(
                lookups.one(request), answer::setPrompt, answer::setUnknown, answer::build, caller);
    }

    @Override
    public void putPromptText(
            PutPromptTextRequest request, StreamObserver<PutPromptTextResponse> caller) {
        var answer = PutPromptTextResponse.newBuilder();
        Answers.edited(
                edits.text(request),
                done -> answer.setPrompt(done.kept()),
                answer::setRefused,
                answer::build,
                caller);
    }

    @Override
    public StreamObserver<PutPromptAudioRequest> putPromptAudio(
            StreamObserver<PutPromptAudioResponse> caller) {
        var call = (ServerCallStreamObserver<PutPromptAudioResponse>) caller;
        boolean admitted = uploads.tryAcquire();
        var upload =
                new Upload<PutPromptAudioRequest, PromptAudioStart>(
                        call,
                        config.bytes(),
                        FORM,
                        (start, bytes) -> threads.execute(() -> take(start, bytes, caller)),
                        admitted ? uploads::release : () -> {});
        if (!admitted) {
            upload.refuse(Status.RESOURCE_EXHAUSTED, "too many uploads at once; try again");
        }
        return upload;
    }

    private void take(
            PromptAudioStart start, byte[] upload, StreamObserver<PutPromptAudioResponse> caller) {
        var answer =
                kept(start, upload)
                        .map(
                                outcome ->
                                        outcome.told(
                                                        done ->
                                                                PutPromptAudioResponse.newBuilder()
                                                                        .setPrompt(done.kept()),
                                                        why ->
                                                                PutPromptAudioResponse.newBuilder()
                                                                        .setRefused(why))
                                                .build())
                        .onTermination()
                        .invoke(uploads::release);
        Answers.reply(answer, caller);
    }

    private Uni<Outcome<KeptPrompt>> kept(PromptAudioStart start, byte[] upload) {
        if (upload.length > config.bytes()) {
            return refused("has more than " + config.bytes() + " bytes; send it as MP3 or cut it");
        }
        try {
            var audio = converter.convert(upload);
            var named = start.toBuilder().setUploadHash(PromptEdits.hash(upload)).build();
            return edits.audio(named, upload, audio);
        } catch (AudioRefused why) {
            return refused(why.getMessage());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Uni.createFrom().failure(new java.io.IOException("directory ends"));
        } catch (java.io.IOException | RuntimeException fault) {
            return Uni.createFrom().failure(fault);
        }
    }

    private static Uni<Outcome<KeptPrompt>> refused(String why) {
        return Uni.createFrom().item(Refusals.mistakes(List.of(new Flaw("audio", why))));
    }

    @Override
    public void publishPrompt(
            PublishPromptRequest request, StreamObserver<PublishPromptResponse> caller) {
        var answer = PublishPromptResponse.newBuilder();
        Answers.edited(
                edits.publish(request),
                done -> answer.setPrompt(done.kept()),
                answer::setRefused,
                answer::build,
                caller);
    }

    @Override
    public void deletePrompt(
            DeletePromptRequest request, StreamObserver<DeletePromptResponse> caller) {
        var answer = DeletePromptResponse.newBuilder();
        Answers.edited(
                edits.delete(request),
                done -> answer.setDeleted(done.kept()),
                answer::setRefused,
                answer::build,
                caller);
    }

    @Override
    public void getPromptAudio(
            GetPromptAudioRequest request, StreamObserver<PromptAudioPart> caller) {
        lookups.audio(request)
                .subscribe()
                .with(
                        wave -> {
                            wave.ifPresent(bytes -> send(bytes, caller));
                            caller.onCompleted();
                        },
                        caller::onError);
    }

    private static void send(byte[] wave, StreamObserver<PromptAudioPart> caller) {
        ByteString whole = UnsafeByteOperations.unsafeWrap(wave);
        for (int at = 0; at < wave.length; at += PART_BYTES) {
            var part = whole.substring(at, Math.min(wave.length, at + PART_BYTES));
            caller.onNext(PromptAudioPart.newBuilder().setData(part).build());
        }
    }

    @Override
    public void watchPrompts(WatchPromptsRequest request, StreamObserver<PublishedPrompts> caller) {
        feed.watch(request.getKnownVersion(), caller);
    }
}
