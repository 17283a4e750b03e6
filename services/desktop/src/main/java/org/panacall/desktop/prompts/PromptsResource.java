// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.prompts;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.panacall.desktop.Page;
import org.panacall.desktop.Paging;
import org.panacall.desktop.Wire;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.access.Caller;
import org.panacall.desktop.directory.PromptsClient;
import org.panacall.desktop.editing.Edits;
import org.panacall.desktop.editing.Revisions;
import org.panacall.desktop.media.SpeechClient;
import org.panacall.desktop.problems.Problem;
import org.panacall.desktop.problems.ProblemKind;
import org.panacall.proto.directory.v1.KeptPrompt;
import org.panacall.proto.directory.v1.ListPromptsRequest;
import org.panacall.proto.directory.v1.PromptVersion;
import org.panacall.proto.directory.v1.StoredPrompt;

/** Prompts that the clinic made itself; those that are not here are as they were shipped. */
@Path("/api/v1/prompts")
@RunOnVirtualThread
public class PromptsResource {

    static final String ONE = "/{language}/{id: [^/]+(?:/[^/]+)?}";
    static final String WAVE = "audio/wav";

    private static final int PAGE_MAX = 200;
    private static final int SEARCH_MAX = 100;
    private static final int VERSION_MAX = 1_000_000_000;
    private static final Duration AWAY = Duration.ofSeconds(5);

    private final Access access;
    private final PromptsClient prompts;
    private final SpeechClient speech;

    PromptsResource(Access access, PromptsClient prompts, SpeechClient speech) {
        this.access = access;
        this.prompts = prompts;
        this.speech = speech;
    }

    /**
     * Prompts by id and language.
     *
     * @param search in ids and texts, upper or lower case
     */
    @GET
    public Page<PromptView> list(
            @QueryParam("language") String language,
            @QueryParam("search") String search,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor,
            @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        if (search != null && search.length() > SEARCH_MAX) {
            throw Problem.mistake("search", "must have at most " + SEARCH_MAX + " characters");
        }
        var answer =
                prompts.list(
                        ListPromptsRequest.newBuilder()
                                .setTenantId(caller.tenantId())
                                .setLanguage(language == null ? "" : language)
                                .setSearch(search == null ? "" : search)
                                .setPageSize(Paging.size(limit, PAGE_MAX))
                                .setCursor(cursor == null ? "" : cursor)
                                .build());
        return new Page<>(
                answer.getPromptsList().stream()
                        .map(kept -> PromptView.of(kept.getPrompt()))
                        .toList(),
                Wire.text(answer.getNextCursor()));
    }

    /** One prompt with its versions. Its ETag is what a change may name in If-Match. */
    @GET
    @Path(ONE)
    public RestResponse<PromptView> one(
            @PathParam("language") String language,
            @PathParam("id") String id,
            @Context HttpHeaders headers) {
        return answer(present(access.caller(headers), id, language)).build();
    }

    /**
     * What callers hear: the audio, else the text, spoken.
     *
     * @param version another than the one that is published
     */
    @GET
    @Path(ONE + "/audio")
    @Produces(WAVE)
    @APIResponse(responseCode = "200", content = @Content(mediaType = WAVE))
    @APIResponse(responseCode = "404", description = "There is no such prompt, or version of it.")
    @APIResponse(responseCode = "503", description = "Nobody can speak the text at present.")
    public RestResponse<byte[]> audio(
            @PathParam("language") String language,
            @PathParam("id") String id,
            @QueryParam("version") Integer version,
            @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        var wanted = version(present(caller, id, language).getPrompt(), version);
        return RestResponse.ResponseBuilder.ok(wave(caller, wanted, language))
                .header("Content-Type", WAVE)
                .header("Cache-Control", "private, no-cache")
                .build();
    }

    private byte[] wave(Caller caller, PromptVersion version, String language) {
        if (version.hasAudio()) {
            var wave = prompts.audio(caller.tenantId(), version.getAudio().getHash());
            if (wave.length == 0) {
                throw new Problem(ProblemKind.NOT_FOUND, "The audio is gone.");
            }
            return wave;
        }
        return speech.speak(version.getText(), language)
                .orElseThrow(
                        () ->
                                Problem.later(
                                        ProblemKind.SERVICE_AWAY,
                                        "Nobody can speak the text at present.",
                                        AWAY));
    }

    private static PromptVersion version(StoredPrompt prompt, Integer wanted) {
        if (wanted != null && (wanted < 1 || wanted > VERSION_MAX)) {
            throw Problem.mistake("version", "must be the number of a version");
        }
        int published = prompt.getPublishedVersion();
        int newest = prompt.getVersions(0).getVersion();
        int number = wanted != null ? wanted : published == 0 ? newest : published;
        return prompt.getVersionsList().stream()
                .filter(version -> version.getVersion() == number)
                .findFirst()
                .orElseThrow(() -> Edits.unknown("version"));
    }

    private KeptPrompt present(Caller caller, String id, String language) {
        return prompts.prompt(caller.tenantId(), id, language)
                .orElseThrow(() -> Edits.unknown("prompt"));
    }

    static RestResponse.ResponseBuilder<PromptView> answer(KeptPrompt kept) {
        return RestResponse.ResponseBuilder.ok(PromptView.of(kept.getPrompt()))
                .header("ETag", Revisions.tag(kept.getRevision()));
    }
}
