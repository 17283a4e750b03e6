// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.grpc;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.panacall.defaults.Reply;
import org.panacall.media.MediaConfig;
import org.panacall.media.prompt.PromptName;
import org.panacall.media.prompt.PromptWish;
import org.panacall.media.prompt.TextToSpeech;
import org.panacall.media.prompt.WavFile;
import org.panacall.media.prompt.shipped.ShippedPrompts;
import org.panacall.proto.media.v1.GetShippedPromptRequest;
import org.panacall.proto.media.v1.GetShippedPromptResponse;
import org.panacall.proto.media.v1.ListShippedPromptsRequest;
import org.panacall.proto.media.v1.ListShippedPromptsResponse;
import org.panacall.proto.media.v1.SpeakTextRequest;
import org.panacall.proto.media.v1.SpeakTextResponse;
import org.panacall.proto.media.v1.SpeechAway;
import org.panacall.proto.media.v1.SpeechServiceGrpc;

/** Speech for those who listen before they publish. */
@ApplicationScoped
public class SpeechGrpc implements SpeechServiceGrpc.AsyncService {

    private final TextToSpeech speech;
    private final MediaConfig config;
    private final ShippedPrompts shipped;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @Inject
    SpeechGrpc(TextToSpeech speech, MediaConfig config) {
        this.speech = speech;
        this.config = config;
        shipped = new ShippedPrompts(config.prompts().directory());
    }

    /** What the server serves. */
    @Produces
    @Singleton
    ServerServiceDefinition speaking() {
        return SpeechServiceGrpc.bindService(this);
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }

    @Override
    public void speakText(SpeakTextRequest request, StreamObserver<SpeakTextResponse> caller) {
        var language =
                request.getLanguage().isEmpty()
                        ? config.media().defaultLanguage()
                        : request.getLanguage();
        var wish = new PromptWish.Spoken(request.getText(), language);
        threads.execute(() -> Reply.now(spoken(wish), caller));
    }

    @Override
    public void listShippedPrompts(
            ListShippedPromptsRequest request, StreamObserver<ListShippedPromptsResponse> caller) {
        threads.execute(() -> answer(() -> listed(request.getTenantId()), caller));
    }

    private ListShippedPromptsResponse listed(String tenantId) throws IOException {
        var answer = ListShippedPromptsResponse.newBuilder();
        for (var name : shipped.all(tenantId)) {
            answer.addPromptsBuilder().setPromptId(name.id()).setLanguage(name.language());
        }
        return answer.build();
    }

    @Override
    public void getShippedPrompt(
            GetShippedPromptRequest request, StreamObserver<GetShippedPromptResponse> caller) {
        threads.execute(() -> answer(() -> shipped(request), caller));
    }

    private GetShippedPromptResponse shipped(GetShippedPromptRequest request) throws IOException {
        var name =
                new PromptName(request.getTenantId(), request.getLanguage(), request.getPromptId());
        var answer = GetShippedPromptResponse.newBuilder();
        shipped.wave(name).map(UnsafeByteOperations::unsafeWrap).ifPresent(answer::setWave);
        return answer.build();
    }

    private static <A> void answer(Callable<A> read, StreamObserver<A> caller) {
        try {
            Reply.now(read.call(), caller);
        } catch (IllegalArgumentException nonsense) {
            caller.onError(refused(Status.INVALID_ARGUMENT, nonsense));
        } catch (Exception fault) {
            caller.onError(refused(Status.UNAVAILABLE, fault));
        }
    }

    private static StatusRuntimeException refused(Status status, Exception why) {
        return status.withDescription(why.getMessage()).asRuntimeException();
    }

    private SpeakTextResponse spoken(PromptWish.Spoken wish) {
        var answer = SpeakTextResponse.newBuilder();
        try {
            var wave = WavFile.write(speech.speak(wish.text(), wish.language()));
            return answer.setWave(UnsafeByteOperations.unsafeWrap(wave)).build();
        } catch (IOException away) {
            return answer.setAway(SpeechAway.getDefaultInstance()).build();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return answer.setAway(SpeechAway.getDefaultInstance()).build();
        }
    }
}
