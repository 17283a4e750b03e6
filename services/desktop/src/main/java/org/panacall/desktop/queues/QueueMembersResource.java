// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.queues;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.access.Caller;
import org.panacall.desktop.directory.EditingClient;
import org.panacall.desktop.editing.Edits;
import org.panacall.desktop.editing.Revisions;
import org.panacall.desktop.editing.Settings;
import org.panacall.proto.directory.v1.Edit;
import org.panacall.proto.directory.v1.QueueMember;
import org.panacall.proto.directory.v1.UpdateQueueMembersRequest;

/** Who serves a queue, and with what share; supervisors and other systems move them any time. */
@Path("/api/v1/queues/{queue}")
@RunOnVirtualThread
public class QueueMembersResource {

    /** What can be said of a member. */
    public static final Settings MEMBER =
            new Settings(QueueMember.getDescriptor(), Set.of("extension"), Set.of());

    private static final String SCHEMA = "#/components/schemas/MemberSettings";

    /** Who gets how much of the calls; agents and groups that are not named get none. */
    public record Shares(List<Share> shares) {}

    /**
     * The share of one agent who is in no group, or of one group.
     *
     * @param percent 0 to 100, with at most two decimals; all together must be 100
     */
    public record Share(String extension, String group, BigDecimal percent) {}

    private final Access access;
    private final EditingClient editing;
    private final QueueViews views;

    QueueMembersResource(Access access, EditingClient editing, QueueViews views) {
        this.access = access;
        this.editing = editing;
        this.views = views;
    }

    /** Lets an agent serve the queue, or changes how he does. The body may be absent. */
    @PUT
    @Path("/members/{extension}")
    @RequestBody(
            required = false,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(ref = SCHEMA)))
    @APIResponse(responseCode = "200", description = "He may be offered its next call.")
    public RestResponse<QueueView> put(
            @PathParam("queue") String id,
            String extension,
            Map<String, Object> body,
            @HeaderParam("If-Match") String ifMatch,
            @Context HttpHeaders headers) {
        var caller = access.overseer(headers);
        var member = QueueMember.newBuilder();
        if (body != null) {
            MEMBER.read(body, Map.of("extension", extension), member);
        }
        return update(
                caller,
                request(id, Edits.of(caller, null, Revisions.optional(ifMatch)))
                        .addPut(member.setExtension(extension)));
    }

    /** Lets an agent serve the queue no more. A call that he has goes on. */
    @DELETE
    @Path("/members/{extension}")
    @APIResponse(responseCode = "200", description = "He is not offered its calls any more.")
    public RestResponse<QueueView> remove(
            @PathParam("queue") String id,
            String extension,
            @HeaderParam("If-Match") String ifMatch,
            @Context HttpHeaders headers) {
        var caller = access.overseer(headers);
        return update(
                caller,
                request(id, Edits.of(caller, null, Revisions.optional(ifMatch)))
                        .addRemove(extension));
    }

    /** Sets all shares at once, for the next call on. */
    @PUT
    @Path("/shares")
    @APIResponse(responseCode = "200", description = "They count from the next call on.")
    public RestResponse<QueueView> share(
            @PathParam("queue") String id,
            Shares wish,
            @HeaderParam("Idempotency-Key") String key,
            @HeaderParam("If-Match") String ifMatch,
            @Context HttpHeaders headers) {
        var caller = access.overseer(headers);
        return update(
                caller,
                request(id, Edits.of(caller, key, Revisions.optional(ifMatch)))
                        .addAllShares(Percentages.of(wish)));
    }

    private static UpdateQueueMembersRequest.Builder request(String id, Edit edit) {
        return UpdateQueueMembersRequest.newBuilder().setEdit(edit).setQueueId(id);
    }

    private RestResponse<QueueView> update(
            Caller caller, UpdateQueueMembersRequest.Builder request) {
        var answer = editing.updateMembers(request.build());
        Edits.check(answer.hasRefused(), answer.getRefused(), "queue");
        return views.answer(answer.getQueue(), caller).build();
    }
}
