// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.prompts;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.panacall.proto.directory.v1.DeletePromptRequest;
import org.panacall.proto.directory.v1.DeletePromptResponse;
import org.panacall.proto.directory.v1.EditMistake;
import org.panacall.proto.directory.v1.EditRefused;
import org.panacall.proto.directory.v1.EntityReferredTo;
import org.panacall.proto.directory.v1.EntityUnknown;
import org.panacall.proto.directory.v1.GetPromptAudioRequest;
import org.panacall.proto.directory.v1.GetPromptRequest;
import org.panacall.proto.directory.v1.GetPromptResponse;
import org.panacall.proto.directory.v1.KeptPrompt;
import org.panacall.proto.directory.v1.ListPromptsRequest;
import org.panacall.proto.directory.v1.ListPromptsResponse;
import org.panacall.proto.directory.v1.MistakesFound;
import org.panacall.proto.directory.v1.PromptAudio;
import org.panacall.proto.directory.v1.PromptAudioPart;
import org.panacall.proto.directory.v1.PromptAudioStart;
import org.panacall.proto.directory.v1.PromptVersion;
import org.panacall.proto.directory.v1.PromptsServiceGrpc;
import org.panacall.proto.directory.v1.PublishPromptRequest;
import org.panacall.proto.directory.v1.PublishPromptResponse;
import org.panacall.proto.directory.v1.PutPromptAudioRequest;
import org.panacall.proto.directory.v1.PutPromptAudioResponse;
import org.panacall.proto.directory.v1.PutPromptTextRequest;
import org.panacall.proto.directory.v1.PutPromptTextResponse;
import org.panacall.proto.directory.v1.RevisionStale;
import org.panacall.proto.directory.v1.StoredPrompt;

/**
 * directory's prompts: "music/waiting", recorded and in use, with a text as its older version, and
 * "closed", written. An upload that begins with "no" is no audio.
 */
public final class PlayedPrompts extends PromptsServiceGrpc.PromptsServiceImplBase {

    static final long REVISION = 9;
    private static final String PLACE = "queues(registry).musicPromptId";
    public static final byte[] WAVE = "RIFF, or so".repeat(10_000).getBytes();

    /** An upload, whole. */
    public record Upload(PromptAudioStart start, byte[] bytes) {}

    public final BlockingQueue<ListPromptsRequest> listed = new LinkedBlockingQueue<>();
    public final BlockingQueue<PutPromptTextRequest> texts = new LinkedBlockingQueue<>();
    public final BlockingQueue<Upload> uploads = new LinkedBlockingQueue<>();
    public final BlockingQueue<PublishPromptRequest> published = new LinkedBlockingQueue<>();

    static KeptPrompt music() {
        return KeptPrompt.newBuilder()
                .setRevision(REVISION)
                .setPrompt(
                        StoredPrompt.newBuilder()
                                .setPromptId("music/waiting")
                                .setLanguage("ru")
                                .setPublishedVersion(2)
                                .addVersions(
                                        PromptVersion.newBuilder()
                                                .setVersion(2)
                                                .setAuthor("admin")
                                                .setText("la la")
                                                .setAudio(
                                                        PromptAudio.newBuilder()
                                                                .setHash("abc")
                                                                .setDuration(
                                                                        Durations.fromMillis(1500))
                                                                .setOriginalFormat("mp3")
                                                                .setOriginalBytes(4711)
                                                                .setOriginalLoudness(-23.5)))
                                .addVersions(
                                        PromptVersion.newBuilder().setVersion(1).setText("la")))
                .build();
    }

    private static KeptPrompt closed() {
        return KeptPrompt.newBuilder()
                .setRevision(REVISION)
                .setPrompt(
                        StoredPrompt.newBuilder()
                                .setPromptId("closed")
                                .setLanguage("ru")
                                .addVersions(
                                        PromptVersion.newBuilder().setVersion(1).setText("Closed")))
                .build();
    }

    @Override
    public void listPrompts(
            ListPromptsRequest request, StreamObserver<ListPromptsResponse> caller) {
        listed.add(request);
        reply(
                ListPromptsResponse.newBuilder()
                        .addPrompts(closed())
                        .addPrompts(music())
                        .setNextCursor("music/waiting:ru")
                        .build(),
                caller);
    }

    @Override
    public void getPrompt(GetPromptRequest request, StreamObserver<GetPromptResponse> caller) {
        var answer = GetPromptResponse.newBuilder();
        reply(
                switch (request.getPromptId() + " " + request.getLanguage()) {
                    case "music/waiting ru" -> answer.setPrompt(music()).build();
                    case "closed ru" -> answer.setPrompt(closed()).build();
                    default -> answer.setUnknown(EntityUnknown.getDefaultInstance()).build();
                },
                caller);
    }

    @Override
    public void putPromptText(
            PutPromptTextRequest request, StreamObserver<PutPromptTextResponse> caller) {
        texts.add(request);
        long known = request.getEdit().getKnownRevision();
        var answer = PutPromptTextResponse.newBuilder();
        reply(
                known != 0 && known != REVISION
                        ? answer.setRefused(
                                        EditRefused.newBuilder()
                                                .setRevisionStale(
                                                        RevisionStale.newBuilder()
                                                                .setRevision(REVISION)))
                                .build()
                        : answer.setPrompt(closed()).build(),
                caller);
    }

    @Override
    public StreamObserver<PutPromptAudioRequest> putPromptAudio(
            StreamObserver<PutPromptAudioResponse> caller) {
        var bytes = new ByteArrayOutputStream();
        var start = PromptAudioStart.newBuilder();
        return new StreamObserver<>() {
            @Override
            public void onNext(PutPromptAudioRequest request) {
                if (request.hasStart()) {
                    start.mergeFrom(request.getStart());
                } else {
                    bytes.writeBytes(request.getPart().toByteArray());
                }
            }

            @Override
            public void onError(Throwable gone) {
                bytes.reset();
            }

            @Override
            public void onCompleted() {
                uploads.add(new Upload(start.build(), bytes.toByteArray()));
                reply(uploaded(bytes.toByteArray()), caller);
            }
        };
    }

    private static PutPromptAudioResponse uploaded(byte[] bytes) {
        var answer = PutPromptAudioResponse.newBuilder();
        if (!new String(bytes).startsWith("no")) {
            return answer.setPrompt(music()).build();
        }
        var mistake = EditMistake.newBuilder().setField("audio").setMessage("is no audio");
        return answer.setRefused(
                        EditRefused.newBuilder()
                                .setMistakesFound(MistakesFound.newBuilder().addMistakes(mistake)))
                .build();
    }

    @Override
    public void publishPrompt(
            PublishPromptRequest request, StreamObserver<PublishPromptResponse> caller) {
        published.add(request);
        reply(PublishPromptResponse.newBuilder().setPrompt(music()).build(), caller);
    }

    @Override
    public void deletePrompt(
            DeletePromptRequest request, StreamObserver<DeletePromptResponse> caller) {
        var answer = DeletePromptResponse.newBuilder();
        reply(
                request.getPromptId().equals("closed")
                        ? answer.setDeleted(closed()).build()
                        : answer.setRefused(
                                        EditRefused.newBuilder()
                                                .setEntityReferredTo(
                                                        EntityReferredTo.newBuilder()
                                                                .addReferences(PLACE)))
                                .build(),
                caller);
    }

    @Override
    public void getPromptAudio(
            GetPromptAudioRequest request, StreamObserver<PromptAudioPart> caller) {
        if (request.getHash().equals("abc")) {
            int half = WAVE.length / 2;
            caller.onNext(part(0, half));
            caller.onNext(part(half, WAVE.length - half));
        }
        caller.onCompleted();
    }

    private static PromptAudioPart part(int at, int length) {
        return PromptAudioPart.newBuilder().setData(ByteString.copyFrom(WAVE, at, length)).build();
    }

    private static <A> void reply(A answer, StreamObserver<A> caller) {
        caller.onNext(answer);
        caller.onCompleted();
    }
}
