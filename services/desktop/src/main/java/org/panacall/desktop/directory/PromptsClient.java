// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.directory;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Optional;
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

    /** Converting audio takes its time. */
    private static final Duration UPLOAD = Duration.ofSeconds(60);

    private final DirectoryStubs stubs;

    PromptsClient(DirectoryStubs stubs) {
        this.stubs = stubs;
    }

    public ListPromptsResponse list(ListPromptsRequest request) {
        return stub().listPrompts(request);
    }

    public Optional<KeptPrompt> prompt(String tenantId, String promptId, String language) {
        var answer =
                stub().getPrompt(
                                GetPromptRequest.newBuilder()
                                        .setTenantId(tenantId)
                                        .setPromptId(promptId)
                                        .setLanguage(language)
                                        .build());
        return answer.hasPrompt() ? Optional.of(answer.getPrompt()) : Optional.empty();
    }

    public PutPromptTextResponse text(PutPromptTextRequest request) {
        return stub().putPromptText(request);
    }

    public PublishPromptResponse publish(PublishPromptRequest request) {
        return stub().publishPrompt(request);
    }

    public DeletePromptResponse delete(DeletePromptRequest request) {
        return stub().deletePrompt(request);
    }

    /** Audio as it is played; empty when it is gone. */
    public byte[] audio(String tenantId, String hash) {
        var wave = new ByteArrayOutputStream();
        stubs.of(PromptsServiceGrpc::newBlockingStub, UPLOAD)
                .getPromptAudio(
                        GetPromptAudioRequest.newBuilder()
                                .setTenantId(tenantId)
                                .setHash(hash)
                                .build())
                .forEachRemaining(part -> wave.writeBytes(part.getData().toByteArray()));
        return wave.toByteArray();
    }

    public PutPromptAudioResponse upload(PromptAudioStart start, byte[] audio) {
        var stub = stubs.of(PromptsServiceGrpc::newStub, UPLOAD);
        return Upload.send(
                stub::putPromptAudio,
                PutPromptAudioRequest.newBuilder().setStart(start).build(),
                audio,
                part -> PutPromptAudioRequest.newBuilder().setPart(part).build());
    }

    private PromptsServiceBlockingStub stub() {
        return stubs.of(PromptsServiceGrpc::newBlockingStub);
    }
}
