// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.directory;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.panacall.defaults.Peers;
import org.panacall.desktop.DesktopConfig;
import org.panacall.proto.directory.v1.DeletePromptRequest;
import org.panacall.proto.directory.v1.DeletePromptResponse;
import org.panacall.proto.directory.v1.GetPromptAudioRequest;
import org.panacall.proto.directory.v1.GetPromptRequest;
import org.panacall.proto.directory.v1.KeptPrompt;
import org.panacall.proto.directory.v1.ListPromptsRequest;
import org.panacall.proto.directory.v1.ListPromptsResponse;
import org.panacall.proto.directory.v1.PromptAudioStart;
import org.panacall.proto.directory.v1.PromptsServiceGrpc;
import org.panacall.proto.directory.v1.PromptsServiceGrpc.PromptsServiceBlockingStub;
import org.panacall.proto.directory.v1.PublishPromptRequest;
import org.panacall.proto.directory.v1.PublishPromptResponse;
import org.panacall.proto.directory.v1.PutPromptAudioRequest;
import org.panacall.proto.directory.v1.PutPromptAudioResponse;
import org.panacall.proto.directory.v1.PutPromptTextRequest;
import org.panacall.proto.directory.v1.PutPromptTextResponse;

/** Prompts as the directory keeps them, and changes to them. Blocks. */
@ApplicationScoped
public class PromptsClient {

    private static final int PART_BYTES = 1 << 16;

    /** Converting audio takes its time. */
    private static final Duration UPLOAD = Duration.ofSeconds(60);

    private final Peers peers;
    private final String address;
    private final Duration timeout;

    PromptsClient(Peers peers, DesktopConfig config) {
        this.peers = peers;
        address = config.directory().address();
        timeout = config.desktop().timeout();
    }

    public ListPromptsResponse list(ListPromptsRequest request) {
        return stub(timeout).listPrompts(request);
    }

    public Optional<KeptPrompt> prompt(String tenantId, String promptId, String language) {
        var answer =
                stub(timeout)
                        .getPrompt(
                                GetPromptRequest.newBuilder()
                                        .setTenantId(tenantId)
                                        .setPromptId(promptId)
                                        .setLanguage(language)
                                        .build());
        return answer.hasPrompt() ? Optional.of(answer.getPrompt()) : Optional.empty();
    }

    public PutPromptTextResponse text(PutPromptTextRequest request) {
        return stub(timeout).putPromptText(request);
    }

    public PublishPromptResponse publish(PublishPromptRequest request) {
        return stub(timeout).publishPrompt(request);
    }

    public DeletePromptResponse delete(DeletePromptRequest request) {
        return stub(timeout).deletePrompt(request);
    }

    /** Audio as it is played; empty when it is gone. */
    public byte[] audio(String tenantId, String hash) {
        var wave = new ByteArrayOutputStream();
        stub(UPLOAD)
                .getPromptAudio(
                        GetPromptAudioRequest.newBuilder()
                                .setTenantId(tenantId)
                                .setHash(hash)
                                .build())
                .forEachRemaining(part -> wave.writeBytes(part.getData().toByteArray()));
        return wave.toByteArray();
    }

    public PutPromptAudioResponse upload(PromptAudioStart start, byte[] audio) {
        var answer = new CompletableFuture<PutPromptAudioResponse>();
        var parts =
                PromptsServiceGrpc.newStub(peers.channel(address))
                        .withDeadlineAfter(UPLOAD.toMillis(), TimeUnit.MILLISECONDS)
                        .putPromptAudio(into(answer));
        parts.onNext(PutPromptAudioRequest.newBuilder().setStart(start).build());
        for (int at = 0; at < audio.length && !answer.isDone(); at += PART_BYTES) {
            int length = Math.min(PART_BYTES, audio.length - at);
            parts.onNext(
                    PutPromptAudioRequest.newBuilder()
                            .setPart(UnsafeByteOperations.unsafeWrap(audio, at, length))
                            .build());
        }
        parts.onCompleted();
        try {
            return answer.join();
        } catch (CompletionException fault) {
            throw fault.getCause() instanceof StatusRuntimeException told
                    ? told
                    : Status.UNAVAILABLE.withCause(fault.getCause()).asRuntimeException();
        }
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
                answer.completeExceptionally(Status.UNAVAILABLE.asRuntimeException());
            }
        };
    }

    private PromptsServiceBlockingStub stub(Duration patience) {
        return PromptsServiceGrpc.newBlockingStub(peers.channel(address))
                .withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
