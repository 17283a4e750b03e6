// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.prompts;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import java.util.List;
import org.panacall.proto.media.v1.GetShippedPromptRequest;
import org.panacall.proto.media.v1.GetShippedPromptResponse;
import org.panacall.proto.media.v1.ListShippedPromptsRequest;
import org.panacall.proto.media.v1.ListShippedPromptsResponse;
import org.panacall.proto.media.v1.SpeakTextRequest;
import org.panacall.proto.media.v1.SpeakTextResponse;
import org.panacall.proto.media.v1.SpeechAway;
import org.panacall.proto.media.v1.SpeechServiceGrpc;

/** media's speech: says what it was asked to say, unless it has lost its voice. */
public final class PlayedSpeech extends SpeechServiceGrpc.SpeechServiceImplBase {

    public volatile boolean away;

    /** What came with the product; there is audio of the greeting alone. */
    @Override
    public void listShippedPrompts(
            ListShippedPromptsRequest request, StreamObserver<ListShippedPromptsResponse> caller) {
        var answer = ListShippedPromptsResponse.newBuilder();
        for (var id : List.of("closed", "greeting", "zebra")) {
            answer.addPromptsBuilder().setPromptId(id).setLanguage("ru");
        }
        caller.onNext(answer.build());
        caller.onCompleted();
    }

    @Override
    public void getShippedPrompt(
            GetShippedPromptRequest request, StreamObserver<GetShippedPromptResponse> caller) {
        var answer = GetShippedPromptResponse.newBuilder();
        if (request.getPromptId().equals("greeting") && request.getLanguage().equals("ru")) {
            answer.setWave(ByteString.copyFromUtf8("shipped " + request.getTenantId()));
        }
        caller.onNext(answer.build());
        caller.onCompleted();
    }

    @Override
    public void speakText(SpeakTextRequest request, StreamObserver<SpeakTextResponse> caller) {
        var answer = SpeakTextResponse.newBuilder();
        var said = request.getLanguage() + ": " + request.getText();
        caller.onNext(
                away
                        ? answer.setAway(SpeechAway.getDefaultInstance()).build()
                        : answer.setWave(ByteString.copyFromUtf8(said)).build());
        caller.onCompleted();
    }
}
