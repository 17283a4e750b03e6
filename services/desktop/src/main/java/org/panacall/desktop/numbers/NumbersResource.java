// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.numbers;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.panacall.desktop.Page;
import org.panacall.desktop.Paging;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.access.Caller;
import org.panacall.desktop.directory.NumbersClient;
import org.panacall.desktop.editing.Edits;
import org.panacall.desktop.editing.MergePatch;
import org.panacall.desktop.editing.Revisions;
import org.panacall.desktop.editing.Settings;
import org.panacall.desktop.problems.Problem;
import org.panacall.proto.directory.v1.DeleteNumberRequest;
import org.panacall.proto.directory.v1.KeptNumber;
import org.panacall.proto.directory.v1.ListNumbersRequest;
import org.panacall.proto.directory.v1.Number;
import org.panacall.proto.directory.v1.PutNumberRequest;

/**
 * The numbers that patients dial: where each leads, its advertising source, and what its flow's
 * variables are for calls to it. One flow may serve many numbers. Changes are in force for the next
 * call.
 */
@Path("/api/v1/numbers")
@RunOnVirtualThread
public class NumbersResource {

    /** What of a number can be set. */
    public static final Settings SETTINGS =
            new Settings(Number.getDescriptor(), Set.of("number"), Set.of());

    private static final int PAGE_MAX = 200;

    /** Looked for before it is decoded. */
    private static final String ONE = "/{number: (?:\\+|%2[Bb])?[0-9]{7,15}}";

    private static final String WHOLE = "#/components/schemas/NumberSettings";
    private static final String ANSWER = "#/components/schemas/Number";

    private final Access access;
    private final NumbersClient numbers;

    NumbersResource(Access access, NumbersClient numbers) {
        this.access = access;
        this.numbers = numbers;
    }

    /** By number. */
    @GET
    public Page<Map<String, Object>> list(
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor,
            @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        if (cursor != null && !cursor.matches("\\+[0-9]{7,15}")) {
            throw Problem.mistake("cursor", "is not one of ours");
        }
        var page =
                numbers.list(
                        ListNumbersRequest.newBuilder()
                                .setTenantId(caller.tenantId())
                                .setPageSize(Paging.size(limit, PAGE_MAX))
                                .setCursor(cursor == null ? "" : cursor)
                                .build());
        var items = page.getNumbersList().stream().map(NumbersResource::view).toList();
        return new Page<>(items, page.getNextCursor().isEmpty() ? null : page.getNextCursor());
    }

    /** One number, with or without its plus. The ETag is what a change may name in If-Match. */
    @GET
    @Path(ONE)
    @APIResponse(
            responseCode = "200",
            description = "As it is now.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(ref = ANSWER)))
    public RestResponse<Map<String, Object>> one(
            @PathParam("number") String number, @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        return answer(present(caller, number));
    }

    /** Makes a number, or replaces all that is said of it. For administrators. */
    @PUT
    @Path(ONE)
    @RequestBody(
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = WHOLE)))
    @APIResponse(
            responseCode = "200",
            description = "Calls to it go there from now on.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(ref = ANSWER)))
    @APIResponse(responseCode = "409", description = "It is a number of another clinic.")
    @APIResponse(responseCode = "412", description = "Somebody else has changed it.")
    public RestResponse<Map<String, Object>> put(
            @PathParam("number") String number,
            Map<String, Object> body,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("Idempotency-Key") String key,
            @Context HttpHeaders headers) {
        var caller = access.administrator(headers);
        var wanted = Number.newBuilder();
        SETTINGS.read(body, Map.of("number", plus(number)), wanted);
        return put(caller, wanted.setNumber(plus(number)), Revisions.optional(ifMatch), key);
    }

    /**
     * Changes some of what is said of a number: JSON Merge Patch (RFC 7396). Another destination
     * takes the place of the one before. For administrators.
     */
    @PATCH
    @Path(ONE)
    @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
    @RequestBody(
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = WHOLE)),
                @Content(mediaType = MergePatch.MEDIA_TYPE, schema = @Schema(ref = WHOLE))
            })
    @APIResponse(
            responseCode = "200",
            description = "It is so for the next call.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(ref = ANSWER)))
    @APIResponse(responseCode = "412", description = "Somebody else has changed it.")
    @APIResponse(responseCode = "428", description = "If-Match is missing.")
    public RestResponse<Map<String, Object>> change(
            @PathParam("number") String number,
            Map<String, Object> patch,
            @HeaderParam("If-Match") String ifMatch,
            @Context HttpHeaders headers) {
        var caller = access.administrator(headers);
        var seen = Revisions.required(ifMatch);
        var present = present(caller, number);
        var wanted = Number.newBuilder();
        SETTINGS.patch(
                leadingElsewhere(present.getNumber(), patch),
                patch,
                Map.of("number", plus(number)),
                wanted);
        var known = Revisions.base(seen, present.getRevision());
        return put(caller, wanted.setNumber(plus(number)), known, null);
    }

    /** There is one destination: a new one needs no word about the old one. */
    private static Number leadingElsewhere(Number present, Map<String, Object> patch) {
        var destination =
                Number.getDescriptor().getOneofs().getFirst().getFields().stream()
                        .map(field -> field.getJsonName())
                        .toList();
        boolean another =
                patch != null && destination.stream().anyMatch(name -> patch.get(name) != null);
        return another ? present.toBuilder().clearDestination().build() : present;
    }

    /** Takes a number away; calls to it are refused then. For administrators. */
    @DELETE
    @Path(ONE)
    @APIResponse(responseCode = "204", description = "It is gone.")
    @APIResponse(responseCode = "412", description = "Somebody else has changed it.")
    public void delete(
            @PathParam("number") String number,
            @HeaderParam("If-Match") String ifMatch,
            @Context HttpHeaders headers) {
        var caller = access.administrator(headers);
        var answer =
                numbers.delete(
                        DeleteNumberRequest.newBuilder()
                                .setEdit(Edits.of(caller, null, Revisions.optional(ifMatch)))
                                .setNumber(plus(number))
                                .build());
        Edits.check(answer.hasRefused(), answer.getRefused(), "number");
    }

    private RestResponse<Map<String, Object>> put(
            Caller caller, Number.Builder wanted, long knownRevision, String key) {
        var answer =
                numbers.put(
                        PutNumberRequest.newBuilder()
                                .setEdit(Edits.of(caller, key, knownRevision))
                                .setNumber(wanted)
                                .build());
        Edits.check(answer.hasRefused(), answer.getRefused(), "number");
        return answer(answer.getNumber());
    }

    private KeptNumber present(Caller caller, String number) {
        return numbers.number(caller.tenantId(), plus(number))
                .orElseThrow(() -> Edits.unknown("number"));
    }

    private static String plus(String number) {
        return number.startsWith("+") ? number : "+" + number;
    }

    private static Map<String, Object> view(KeptNumber kept) {
        var view = new LinkedHashMap<String, Object>();
        view.put("number", kept.getNumber().getNumber());
        view.putAll(SETTINGS.write(kept.getNumber()));
        return view;
    }

    private static RestResponse<Map<String, Object>> answer(KeptNumber kept) {
        return Revisions.tagged(view(kept), kept.getRevision()).build();
    }
}
