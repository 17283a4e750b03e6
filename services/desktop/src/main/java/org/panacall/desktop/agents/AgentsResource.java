// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.agents;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.panacall.desktop.Page;
import org.panacall.desktop.Paging;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.access.Caller;
import org.panacall.desktop.directory.EditingClient;
import org.panacall.desktop.editing.Edits;
import org.panacall.desktop.editing.MergePatch;
import org.panacall.desktop.editing.Revisions;
import org.panacall.desktop.problems.Away;
import org.panacall.proto.directory.v1.KeptPerson;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.UpdatePersonRequest;

/** Agents: how they are set, and what they do now. What they are to do is another matter. */
@Path("/api/v1/agents")
@RunOnVirtualThread
public class AgentsResource {

    private static final String SCHEMA = "#/components/schemas/AgentSettings";

    private final Access access;
    private final AgentViews views;
    private final EditingClient editing;

    AgentsResource(Access access, AgentViews views, EditingClient editing) {
        this.access = access;
        this.views = views;
        this.editing = editing;
    }

    /** All agents; an agent sees colleagues too, but not what calls they have. */
    @GET
    public Page<AgentView> list(
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor,
            @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        return Paging.page(views.all(caller), AgentView::id, limit, cursor);
    }

    /** One agent, by id or extension. The ETag is what a change has to name in If-Match. */
    @GET
    @Path("/{id}")
    public RestResponse<AgentView> one(String id, @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        return Away.unless(() -> editing.person(caller.tenantId(), id))
                .map(
                        found ->
                                found.filter(kept -> AgentViews.isAgent(kept.getPerson()))
                                        .map(kept -> views.answer(kept, caller)))
                .orElseGet(() -> views.last(id, caller))
                .orElseThrow(() -> Edits.unknown("agent"));
    }

    /** Changes an agent's name and settings: JSON Merge Patch (RFC 7396). For administrators. */
    @PATCH
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
    @RequestBody(
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = SCHEMA)),
                @Content(mediaType = MergePatch.MEDIA_TYPE, schema = @Schema(ref = SCHEMA))
            })
    @APIResponse(responseCode = "200", description = "It is so now, for the next call too.")
    @APIResponse(responseCode = "412", description = "Somebody else has changed it.")
    @APIResponse(responseCode = "428", description = "If-Match is missing.")
    public RestResponse<AgentView> set(
            String id,
            Map<String, Object> patch,
            @HeaderParam("If-Match") String ifMatch,
            @Context HttpHeaders headers) {
        var caller = access.administrator(headers);
        var seen = Revisions.required(ifMatch);
        var present = kept(caller, id);
        var person = Person.newBuilder();
        AgentView.SETTINGS.patch(
                present.getPerson(), patch, AgentView.fixed(present.getPerson()), person);
        var known = Revisions.base(seen, present.getRevision());
        var answer =
                editing.update(
                        UpdatePersonRequest.newBuilder()
                                .setEdit(Edits.of(caller, null, known))
                                .setPerson(person.setPersonId(present.getPerson().getPersonId()))
                                .build());
        Edits.check(answer.hasRefused(), answer.getRefused(), "agent");
        return views.answer(answer.getPerson(), caller);
    }

    private KeptPerson kept(Caller caller, String id) {
        return editing.person(caller.tenantId(), id)
                .filter(kept -> AgentViews.isAgent(kept.getPerson()))
                .orElseThrow(() -> Edits.unknown("agent"));
    }
}
