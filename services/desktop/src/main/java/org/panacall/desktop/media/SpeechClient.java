// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.media;

import io.grpc.StatusRuntimeException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.panacall.defaults.Peers;
import org.panacall.desktop.DesktopConfig;
import org.panacall.proto.media.v1.SpeakTextRequest;
import org.panacall.proto.media.v1.SpeechServiceGrpc;

/** Speech as callers hear it: of the first media node that answers. Blocks. */
@ApplicationScoped
public class SpeechClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Peers peers;
    private final List<String> nodes;

    SpeechClient(Peers peers, DesktopConfig config) {
        this.peers = peers;
        nodes = Peers.addresses(config.media().addresses());
    }

    /** WAVE; empty when no engine can speak it now. */
    public Optional<byte[]> speak(String text, String language) {
        var request = SpeakTextRequest.newBuilder().setText(text).setLanguage(language).build();
        for (var node : nodes) {
            try {
                var answer =
                        SpeechServiceGrpc.newBlockingStub(peers.channel(node))
                                .withDeadlineAfter(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                                .speakText(request);
                if (answer.hasWave()) {
                    return Optional.of(answer.getWave().toByteArray());
                }
            } catch (StatusRuntimeException away) {
                switch (away.getStatus().getCode()) {
                    case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED -> {
                        continue;
                    }
                    default -> throw away;
                }
            }
        }
        return Optional.empty();
    }
}
