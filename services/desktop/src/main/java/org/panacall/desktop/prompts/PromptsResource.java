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
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.panacall.desktop.Page;
import org.panacall.desktop.Paging;
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

/** Prompts that the clinic made itself, and those that came with the product. */
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
        var wanted =
                ListPromptsRequest.newBuilder()
                        .setTenantId(caller.tenantId())
                        .setLanguage(language == null ? "" : language)
                        .setSearch(search == null ? "" : search)
                        .setPageSize(Paging.size(limit, PAGE_MAX))
                        .setCursor(cursor == null ? "" : cursor)
                        .build();
        var made = prompts.list(wanted);
        return PromptPages.merged(wanted, made, speech.shipped(caller.tenantId()));
    }

    /**
     * One prompt with its versions. Its ETag is what a change may name in If-Match; one that the
     * clinic has not touched has none.
     */
    @GET
    @Path(ONE)
    public RestResponse<PromptView> one(
            @PathParam("language") String language,
            @PathParam("id") String id,
            @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        var kept = prompts.prompt(caller.tenantId(), id, language);
        boolean shipped =
                speech.shipped(caller.tenantId()).stream()
                        .anyMatch(
                                one ->
                                        one.getPromptId().equals(id)
                                                && one.getLanguage().equals(language));
        return kept.map(prompt -> answer(prompt.getPrompt(), prompt.getRevision(), shipped))
                .or(
                        () ->
                                shipped
                                        ? Optional.of(
                                                RestResponse.ResponseBuilder.ok(
                                                        PromptView.shipped(id, language)))
                                        : Optional.empty())
                .orElseThrow(() -> Edits.unknown("prompt"))
                .build();
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
        return RestResponse.ResponseBuilder.ok(heard(caller, id, language, version))
                .header("Content-Type", WAVE)
                .header("Cache-Control", "private, no-cache")
                .build();
    }

    private byte[] heard(Caller caller, String id, String language, Integer version) {
        var kept = prompts.prompt(caller.tenantId(), id, language).map(KeptPrompt::getPrompt);
        boolean made = kept.filter(prompt -> prompt.getPublishedVersion() > 0).isPresent();
        if (version == null && !made) {
            var shipped = speech.shipped(caller.tenantId(), id, language);
            if (shipped.isPresent()) {
                return shipped.get();
            }
        }
        var prompt = kept.orElseThrow(() -> Edits.unknown("prompt"));
        return wave(caller, version(prompt, version), language);
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

    static RestResponse.ResponseBuilder<PromptView> answer(
            StoredPrompt prompt, long revision, Boolean shipped) {
        return Revisions.tagged(PromptView.of(prompt, shipped), revision);
    }
}
