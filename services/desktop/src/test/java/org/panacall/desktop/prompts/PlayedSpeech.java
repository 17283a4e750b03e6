// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.prompts;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import org.panacall.proto.media.v1.SpeakTextRequest;
import org.panacall.proto.media.v1.SpeakTextResponse;
import org.panacall.proto.media.v1.SpeechAway;
import org.panacall.proto.media.v1.SpeechServiceGrpc;

/** media's speech: says what it was asked to say, unless it has lost its voice. */
public final class PlayedSpeech extends SpeechServiceGrpc.SpeechServiceImplBase {

    public volatile boolean away;

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
