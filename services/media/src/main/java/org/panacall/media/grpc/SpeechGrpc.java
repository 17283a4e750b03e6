// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.grpc;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.panacall.defaults.Reply;
import org.panacall.media.MediaConfig;
import org.panacall.media.prompt.PromptWish;
import org.panacall.media.prompt.TextToSpeech;
import org.panacall.media.prompt.WavFile;
import org.panacall.proto.media.v1.SpeakTextRequest;
import org.panacall.proto.media.v1.SpeakTextResponse;
import org.panacall.proto.media.v1.SpeechAway;
import org.panacall.proto.media.v1.SpeechServiceGrpc;

/** Speech for those who listen before they publish. */
@ApplicationScoped
public class SpeechGrpc implements SpeechServiceGrpc.AsyncService {

    private final TextToSpeech speech;
    private final MediaConfig config;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @Inject
    SpeechGrpc(TextToSpeech speech, MediaConfig config) {
        this.speech = speech;
        this.config = config;
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
