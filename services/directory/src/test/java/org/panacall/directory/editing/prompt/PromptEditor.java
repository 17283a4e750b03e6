// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing.prompt;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.panacall.directory.TestChannel;
import org.panacall.proto.directory.v1.Change;
import org.panacall.proto.directory.v1.DeletePromptRequest;
import org.panacall.proto.directory.v1.DeletePromptResponse;
import org.panacall.proto.directory.v1.Edit;
import org.panacall.proto.directory.v1.EditingServiceGrpc;
import org.panacall.proto.directory.v1.GetPromptAudioRequest;
import org.panacall.proto.directory.v1.GetPromptRequest;
import org.panacall.proto.directory.v1.GetPromptResponse;
import org.panacall.proto.directory.v1.ListChangesRequest;
import org.panacall.proto.directory.v1.ListPromptsRequest;
import org.panacall.proto.directory.v1.ListPromptsResponse;
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

/** The administrator of the demo clinic, who edits its prompts by gRPC as desktop does for him. */
final class PromptEditor implements AutoCloseable {

    static final String TENANT = "demo";
    private static final int PART = 50_000;

    private final ManagedChannel channel;

    PromptEditor(int port) {
        channel = TestChannel.to(port);
    }

    static Edit.Builder edit() {
        return Edit.newBuilder().setTenantId(TENANT).setAuthor("admin");
    }

    PutPromptTextResponse text(String id, String language, String text) {
        return text(
                PutPromptTextRequest.newBuilder()
                        .setEdit(edit())
                        .setPromptId(id)
                        .setLanguage(language)
                        .setText(text));
    }

    PutPromptTextResponse text(PutPromptTextRequest.Builder request) {
        return stub().putPromptText(request.build());
    }

    PutPromptAudioResponse audio(String id, String language, byte[] upload) {
        return audio(
                PromptAudioStart.newBuilder().setEdit(edit()).setPromptId(id).setLanguage(language),
                upload);
    }

    PutPromptAudioResponse audio(PromptAudioStart.Builder start, byte[] upload) {
        var answer = new CompletableFuture<PutPromptAudioResponse>();
        var sending =
                PromptsServiceGrpc.newStub(channel)
                        .withDeadlineAfter(60, TimeUnit.SECONDS)
                        .putPromptAudio(into(answer));
        sending.onNext(PutPromptAudioRequest.newBuilder().setStart(start).build());
        for (int at = 0; at < upload.length; at += PART) {
            int length = Math.min(PART, upload.length - at);
            sending.onNext(
                    PutPromptAudioRequest.newBuilder()
                            .setPart(ByteString.copyFrom(upload, at, length))
                            .build());
        }
        sending.onCompleted();
        return answer.join();
    }

    /** An upload that has begun and goes on when told; its end is in what is given back. */
    StreamObserver<PutPromptAudioRequest> begun(
            String id, CompletableFuture<PutPromptAudioResponse> answer) {
        var sending =
                PromptsServiceGrpc.newStub(channel)
                        .withDeadlineAfter(60, TimeUnit.SECONDS)
                        .putPromptAudio(into(answer));
        var start = PromptAudioStart.newBuilder().setEdit(edit()).setPromptId(id).setLanguage("ru");
        sending.onNext(PutPromptAudioRequest.newBuilder().setStart(start).build());
        return sending;
    }

    private static StreamObserver<PutPromptAudioResponse> into(
            CompletableFuture<PutPromptAudioResponse> answer) {
        return new StreamObserver<>() {
            @Override
            public void onNext(PutPromptAudioResponse response) {
                answer.complete(response);
            }

            @Override
            public void onError(Throwable fault) {
                answer.completeExceptionally(fault);
            }

            @Override
            public void onCompleted() {
                answer.completeExceptionally(new IllegalStateException("no answer"));
            }
        };
    }

    PublishPromptResponse publish(String id, String language, int version) {
        return stub().publishPrompt(
                        PublishPromptRequest.newBuilder()
                                .setEdit(edit())
                                .setPromptId(id)
                                .setLanguage(language)
                                .setVersion(version)
                                .build());
    }

    DeletePromptResponse delete(String id, String language) {
        return stub().deletePrompt(
                        DeletePromptRequest.newBuilder()
                                .setEdit(edit())
                                .setPromptId(id)
                                .setLanguage(language)
                                .build());
    }

    GetPromptResponse prompt(String id, String language) {
        return stub().getPrompt(
                        GetPromptRequest.newBuilder()
                                .setTenantId(TENANT)
                                .setPromptId(id)
                                .setLanguage(language)
                                .build());
    }

    ListPromptsResponse list(ListPromptsRequest.Builder request) {
        return stub().listPrompts(request.setTenantId(TENANT).build());
    }

    byte[] wave(String hash) {
        var wave = new ByteArrayOutputStream();
        stub().getPromptAudio(
                        GetPromptAudioRequest.newBuilder()
                                .setTenantId(TENANT)
                                .setHash(hash)
                                .build())
                .forEachRemaining(part -> wave.writeBytes(part.getData().toByteArray()));
        return wave.toByteArray();
    }

    BlockingQueue<PublishedPrompts> watch(long known) {
        var seen = new LinkedBlockingQueue<PublishedPrompts>();
        PromptsServiceGrpc.newStub(channel)
                .watchPrompts(
                        WatchPromptsRequest.newBuilder().setKnownVersion(known).build(),
                        new StreamObserver<>() {
                            @Override
                            public void onNext(PublishedPrompts next) {
                                seen.add(next);
                            }

                            @Override
                            public void onError(Throwable over) {
                                seen.clear();
                            }

                            @Override
                            public void onCompleted() {
                                seen.clear();
                            }
                        });
        return seen;
    }

    List<Change> changes(String entity) {
        return EditingServiceGrpc.newBlockingStub(channel)
                .listChanges(
                        ListChangesRequest.newBuilder()
                                .setTenantId(TENANT)
                                .setEntityId(entity)
                                .build())
                .getChangesList();
    }

    private PromptsServiceGrpc.PromptsServiceBlockingStub stub() {
        return PromptsServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
