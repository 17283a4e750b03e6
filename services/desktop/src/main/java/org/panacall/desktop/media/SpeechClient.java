// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.media;

import io.grpc.StatusRuntimeException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.panacall.defaults.Peers;
import org.panacall.desktop.DesktopConfig;
import org.panacall.proto.media.v1.GetShippedPromptRequest;
import org.panacall.proto.media.v1.ListShippedPromptsRequest;
import org.panacall.proto.media.v1.ShippedPrompt;
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
        return first(
                node -> {
                    var answer = node.speakText(request);
                    return answer.hasWave()
                            ? Optional.of(answer.getWave().toByteArray())
                            : Optional.empty();
                });
    }

    /** What came with the product, by id and language; nothing while no node answers. */
    public List<ShippedPrompt> shipped(String tenantId) {
        var request = ListShippedPromptsRequest.newBuilder().setTenantId(tenantId).build();
        return first(node -> Optional.of(node.listShippedPrompts(request).getPromptsList()))
                .orElse(List.of());
    }

    /** One of them as WAVE; empty when there is none, or no node answers. */
    public Optional<byte[]> shipped(String tenantId, String promptId, String language) {
        var request =
                GetShippedPromptRequest.newBuilder()
                        .setTenantId(tenantId)
                        .setPromptId(promptId)
                        .setLanguage(language)
                        .build();
        return first(node -> Optional.of(node.getShippedPrompt(request).getWave().toByteArray()))
                .filter(wave -> wave.length > 0);
    }

    /** What the first node says that can say anything. */
    private <A> Optional<A> first(
            Function<SpeechServiceGrpc.SpeechServiceBlockingStub, Optional<A>> ask) {
        for (var node : nodes) {
            try {
                var stub =
                        SpeechServiceGrpc.newBlockingStub(peers.channel(node))
                                .withDeadlineAfter(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                var answer = ask.apply(stub);
                if (answer.isPresent()) {
                    return answer;
                }
            } catch (StatusRuntimeException away) {
                switch (away.getStatus().getCode()) {
                    case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, UNIMPLEMENTED -> {
                        continue;
                    }
                    default -> throw away;
                }
            }
        }
        return Optional.empty();
    }
}
