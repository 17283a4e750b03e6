// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.flows;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.directory.FlowClient;
import org.panacall.desktop.editing.Edits;
import org.panacall.desktop.editing.Revisions;
import org.panacall.desktop.problems.Problem;
import org.panacall.flow.document.FlowDocument;
import org.panacall.proto.directory.v1.DiscardFlowDraftRequest;
import org.panacall.proto.directory.v1.EditMistake;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.KeptFlow;
import org.panacall.proto.directory.v1.PublishFlowRequest;
import org.panacall.proto.directory.v1.SaveFlowDraftRequest;

/** Drafts of flows, by administrators: kept beside what callers go through until published. */
@Path("/api/v1/flows")
@RunOnVirtualThread
public class FlowDraftsResource {

    static final String YAML = "application/yaml";

    private final Access access;
    private final FlowClient flows;

    FlowDraftsResource(Access access, FlowClient flows) {
        this.access = access;
        this.flows = flows;
    }

    /**
     * A draft.
     *
     * @param mistakes what would keep it from being published
     */
    public record DraftView(Map<String, Object> flow, List<Mistake> mistakes) {}

    /** One thing wrong with a flow: where, and what to do. */
    public record Mistake(String field, String message) {

        static List<Mistake> of(List<EditMistake> mistakes) {
            return mistakes.stream()
                    .map(one -> new Mistake(one.getField(), one.getMessage()))
                    .toList();
        }
    }

    /** What is said of a version. */
    public record Publication(String note) {}

    /** The draft and what is wrong with it. The ETag is what a change may name in If-Match. */
    @GET
    @Path("/{flow}/draft")
    public RestResponse<DraftView> read(String flow, @Context HttpHeaders headers) {
        var caller = access.administrator(headers);
        var draft =
                flows.draft(caller.tenantId(), FlowIds.known(flow))
                        .orElseThrow(() -> Edits.unknown("draft"));
        return answer(draft, flows.check(caller.tenantId(), draft.getFlow()));
    }

    /** Keeps a draft, sound or not: YAML, or JSON, as the schema describes. */
    @PUT
    @Path("/{flow}/draft")
    @Consumes({MediaType.APPLICATION_JSON, YAML})
    @APIResponse(responseCode = "200", description = "It is kept; mistakes are listed.")
    @APIResponse(responseCode = "400", description = "It is no document of a flow.")
    @APIResponse(responseCode = "412", description = "Somebody else has changed it.")
    public RestResponse<DraftView> save(
            String flow,
            String document,
            @HeaderParam("If-Match") String ifMatch,
            @Context HttpHeaders headers) {
        var caller = access.administrator(headers);
        var answer =
                flows.save(
                        SaveFlowDraftRequest.newBuilder()
                                .setEdit(Edits.of(caller, null, Revisions.optional(ifMatch)))
                                .setFlow(parsed(FlowIds.known(flow), document))
                                .build());
        Edits.check(answer.hasRefused(), answer.getRefused(), "draft");
        return answer(answer.getSaved().getDraft(), answer.getSaved().getMistakesList());
    }

    /** Says what is wrong with a flow, and keeps nothing. */
    @POST
    @Path("/{flow}/check")
    @Consumes({MediaType.APPLICATION_JSON, YAML})
    @Produces(MediaType.APPLICATION_JSON)
    public List<Mistake> check(String flow, String document, @Context HttpHeaders headers) {
        var caller = access.administrator(headers);
        return Mistake.of(flows.check(caller.tenantId(), parsed(FlowIds.known(flow), document)));
    }

    /** Forgets the draft. */
    @DELETE
    @Path("/{flow}/draft")
    @APIResponse(responseCode = "204", description = "There is none now.")
    public void discard(String flow, @Context HttpHeaders headers) {
        var caller = access.administrator(headers);
        var answer =
                flows.discard(
                        DiscardFlowDraftRequest.newBuilder()
                                .setEdit(Edits.of(caller, null, Revisions.ANY))
                                .setFlowId(FlowIds.known(flow))
                                .build());
        Edits.check(answer.hasRefused(), answer.getRefused(), "draft");
    }

    /**
     * Makes the draft the next version: calls that begin from now on go through it, those that are
     * in the flow finish as they began.
     */
    @POST
    @Path("/{flow}/publish")
    @Consumes(MediaType.APPLICATION_JSON)
    @APIResponse(responseCode = "200", description = "It is published.")
    @APIResponse(responseCode = "400", description = "It is not sound; errors name each step.")
    @APIResponse(responseCode = "412", description = "Somebody else has changed the draft.")
    public FlowVersionsResource.VersionView publish(
            String flow,
            Publication said,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("Idempotency-Key") String key,
            @Context HttpHeaders headers) {
        var caller = access.administrator(headers);
        var answer =
                flows.publish(
                        PublishFlowRequest.newBuilder()
                                .setEdit(Edits.of(caller, key, Revisions.optional(ifMatch)))
                                .setFlowId(FlowIds.known(flow))
                                .setNote(said == null || said.note() == null ? "" : said.note())
                                .build());
        Edits.check(answer.hasRefused(), answer.getRefused(), "draft");
        return FlowVersionsResource.VersionView.of(answer.getFlow());
    }

    private static RestResponse<DraftView> answer(KeptFlow draft, List<EditMistake> mistakes) {
        var view = new DraftView(FlowDocument.tree(draft.getFlow()), Mistake.of(mistakes));
        return Revisions.tagged(view, draft.getRevision()).build();
    }

    /** The id of the path counts when the document has none. */
    static Flow parsed(String flowId, String document) {
        if (document == null || document.isBlank()) {
            throw Problem.mistake("body", "is missing");
        }
        var read = FlowDocument.read(document);
        if (!read.flaws().isEmpty()) {
            throw Problem.mistakes(
                    read.flaws().stream()
                            .limit(20)
                            .map(flaw -> new Problem.Mistake(flaw.field(), flaw.message()))
                            .toList());
        }
        var given = read.flow().getFlowId();
        if (!given.isEmpty() && !given.equals(flowId)) {
            throw Problem.mistake("id", "is another than in the address");
        }
        return read.flow().toBuilder().setFlowId(flowId).build();
    }
}
