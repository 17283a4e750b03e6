// SPDX-License-Identifier: Apache-2.0
package org.panacall.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.defaults.GrpcServer;
import org.panacall.defaults.ServiceToken;
import org.panacall.media.prompt.WavFile;
import org.panacall.proto.media.v1.SpeakTextRequest;
import org.panacall.proto.media.v1.SpeakTextResponse;
import org.panacall.proto.media.v1.SpeechServiceGrpc;

@QuarkusTest
class SpeechServiceTest {

    @Inject GrpcServer grpc;

    private ManagedChannel channel;

    @BeforeEach
    void connect() {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", grpc.port())
                        .usePlaintext()
                        .intercept(new ServiceToken("test-service-token"))
                        .build();
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
    }

    private SpeakTextResponse speak(String text, String language) {
        return SpeechServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(30, TimeUnit.SECONDS)
                .speakText(
                        SpeakTextRequest.newBuilder().setText(text).setLanguage(language).build());
    }

    @Test
    void aTextIsSpokenAsCallersHearIt() throws Exception {
        var clip = WavFile.read(speak("Добрый день", "").getWave().toByteArray());
        assertTrue(clip.length() > 4000, () -> clip.length() + " samples");
        assertTrue(Spectrum.level(clip.samples()) > 500);
    }

    @Test
    void whatNoEngineSpeaksIsSaidToBeAway() {
        assertTrue(speak("text", "xx").hasAway());
    }

    @Test
    void whatCannotBeSpokenIsRefused() {
        for (var text : new String[] {"", " ", "x".repeat(1001)}) {
            var refused = assertThrows(StatusRuntimeException.class, () -> speak(text, "ru"));
            assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode());
        }
    }
}
