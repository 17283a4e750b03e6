// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.prompts;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.directory.PromptsClient;
import org.panacall.desktop.editing.Edits;
import org.panacall.desktop.editing.Revisions;
import org.panacall.desktop.problems.Problem;
import org.panacall.desktop.problems.ProblemKind;
import org.panacall.proto.directory.v1.DeletePromptRequest;
import org.panacall.proto.directory.v1.EditRefused;
import org.panacall.proto.directory.v1.KeptPrompt;
import org.panacall.proto.directory.v1.PromptAudioStart;
import org.panacall.proto.directory.v1.PublishPromptRequest;
import org.panacall.proto.directory.v1.PutPromptTextRequest;

/** Writing, uploading, publishing and deleting prompts, by administrators. */
@Path("/api/v1/prompts")
@RunOnVirtualThread
public class PromptEditsResource {

    private static final String TEXT = PromptsResource.ONE + "/text";
    private static final String AUDIO = PromptsResource.ONE + "/audio";
    private static final String PUBLISHED = PromptsResource.ONE + "/published";
    private static final int AUDIO_BYTES_MAX = 20 << 20;
    private static final int UPLOADS_MAX = 8;
    private static final Duration AWAY = Duration.ofSeconds(5);

    /**
     * A text.
     *
     * @param keepsAudio the audio is still of this text; else the text is spoken from now on
     */
    @Schema(name = "PromptText")
    public record TextBody(String text, Boolean keepsAudio) {}

    /**
     * What callers shall hear.
     *
     * @param version 0 for none: as it was shipped
     */
    @Schema(name = "PublishedVersion")
    public record PublishedBody(Integer version) {}

    private final Access access;
    private final PromptsClient prompts;
    private final Semaphore uploads = new Semaphore(UPLOADS_MAX);

    PromptEditsResource(Access access, PromptsClient prompts) {
        this.access = access;
        this.prompts = prompts;
    }

    /**
     * Makes a version with this text, and the prompt when there is none.
     *
     * @param draft it is not heard before it is published
     */
    @PUT
    @Path(TEXT)
    @APIResponse(responseCode = "200", description = "It is kept, and heard unless it is a draft.")
    @APIResponse(responseCode = "412", description = "Somebody else has changed it.")
    public RestResponse<PromptView> text(
            @PathParam("language") String language,
            @PathParam("id") String id,
            @QueryParam("draft") @DefaultValue("false") boolean draft,
            TextBody body,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("Idempotency-Key") String key,
            @Context HttpHeaders headers) {
        var caller = access.administrator(headers);
        if (body == null || body.text() == null) {
            throw Problem.mistake("text", "is missing");
        }
        var answer =
                prompts.text(
                        PutPromptTextRequest.newBuilder()
                                .setEdit(Edits.of(caller, key, Revisions.optional(ifMatch)))
                                .setPromptId(id)
                                .setLanguage(language)
                                .setText(body.text())
                                .setKeepsAudio(Boolean.TRUE.equals(body.keepsAudio()))
                                .setDraft(draft)
                                .build());
        return answer(answer.hasRefused(), answer.getRefused(), answer.getPrompt());
    }

    /**
     * Makes a version with this audio: any common audio format, the body as it is, 10 minutes and
     * 20 MiB at most. It is brought to the loudness of all others.
     *
     * @param draft it is not heard before it is published
     */
    @PUT
    @Path(AUDIO)
    @Consumes(MediaType.WILDCARD)
    @RequestBody(
            content =
                    @Content(
                            mediaType = "audio/*",
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(responseCode = "200", description = "It is kept, and heard unless it is a draft.")
    @APIResponse(responseCode = "412", description = "Somebody else has changed it.")
    @APIResponse(responseCode = "413", description = "It is too large.")
    public RestResponse<PromptView> record(
            @PathParam("language") String language,
            @PathParam("id") String id,
            @QueryParam("draft") @DefaultValue("false") boolean draft,
            InputStream body,
            @HeaderParam("Content-Type") String type,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("Idempotency-Key") String key,
            @Context HttpHeaders headers) {
        var caller = access.administrator(headers);
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            throw Problem.mistake("Content-Type", "must be the audio's own, not a form's");
        }
        var start =
                PromptAudioStart.newBuilder()
                        .setEdit(Edits.of(caller, key, Revisions.optional(ifMatch)))
                        .setPromptId(id)
                        .setLanguage(language)
                        .setDraft(draft)
                        .build();
        if (!uploads.tryAcquire()) {
            throw Problem.later(ProblemKind.SERVICE_AWAY, "Too many uploads come at once.", AWAY);
        }
        try {
            var audio = read(body);
            if (audio.length > AUDIO_BYTES_MAX) {
                throw Problem.mistake("audio", "is larger than 20 MiB; send it as MP3 or cut it");
            }
            var answer = prompts.upload(start, audio);
            return answer(answer.hasRefused(), answer.getRefused(), answer.getPrompt());
        } finally {
            uploads.release();
        }
    }

    private static byte[] read(InputStream body) {
        try {
            return body == null ? new byte[0] : body.readNBytes(AUDIO_BYTES_MAX + 1);
        } catch (IOException torn) {
            throw Problem.mistake("audio", "did not come whole; send it again");
        }
    }

    /** Makes a version the one that callers hear: a newer one, or an older one again. */
    @PUT
    @Path(PUBLISHED)
    @APIResponse(responseCode = "200", description = "Callers hear it from now on.")
    @APIResponse(responseCode = "412", description = "Somebody else has changed it.")
    public RestResponse<PromptView> publish(
            @PathParam("language") String language,
            @PathParam("id") String id,
            PublishedBody body,
            @HeaderParam("If-Match") String ifMatch,
            @Context HttpHeaders headers) {
        var caller = access.administrator(headers);
        if (body == null || body.version() == null || body.version() < 0) {
            throw Problem.mistake("version", "must be the number of a version, or 0 for none");
        }
        var answer =
                prompts.publish(
                        PublishPromptRequest.newBuilder()
                                .setEdit(Edits.of(caller, null, Revisions.optional(ifMatch)))
                                .setPromptId(id)
                                .setLanguage(language)
                                .setVersion(body.version())
                                .build());
        return answer(answer.hasRefused(), answer.getRefused(), answer.getPrompt());
    }

    /** Deletes a prompt in this language, with all its versions. */
    @DELETE
    @Path(PromptsResource.ONE)
    @APIResponse(responseCode = "204", description = "It is gone.")
    @APIResponse(
            responseCode = "409",
            description = "Flows or queues play it, and it is in no other language.")
    @APIResponse(responseCode = "412", description = "Somebody else has changed it.")
    public void delete(
            @PathParam("language") String language,
            @PathParam("id") String id,
            @HeaderParam("If-Match") String ifMatch,
            @Context HttpHeaders headers) {
        var caller = access.administrator(headers);
        var answer =
                prompts.delete(
                        DeletePromptRequest.newBuilder()
                                .setEdit(Edits.of(caller, null, Revisions.optional(ifMatch)))
                                .setPromptId(id)
                                .setLanguage(language)
                                .build());
        Edits.check(answer.hasRefused(), answer.getRefused(), "prompt");
    }

    private static RestResponse<PromptView> answer(
            boolean isRefused, EditRefused refused, KeptPrompt kept) {
        Edits.check(isRefused, refused, "prompt");
        return PromptsResource.answer(kept.getPrompt(), kept.getRevision(), null).build();
    }
}
