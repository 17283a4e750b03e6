// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.queues;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.access.Caller;
import org.panacall.desktop.directory.EditingClient;
import org.panacall.desktop.editing.Edits;
import org.panacall.desktop.editing.MergePatch;
import org.panacall.desktop.editing.Revisions;
import org.panacall.desktop.problems.Problem;
import org.panacall.desktop.problems.ProblemKind;
import org.panacall.proto.directory.v1.CreateQueueRequest;
import org.panacall.proto.directory.v1.DeleteQueueRequest;
import org.panacall.proto.directory.v1.KeptQueue;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.UpdateQueueRequest;

/** Making, changing and deleting queues, by administrators, while calls wait in them. */
@Path("/api/v1/queues")
@RunOnVirtualThread
public class QueueEditsResource {

    private static final String WHOLE = "#/components/schemas/QueueSettings";
    private static final String NEW = "#/components/schemas/NewQueue";

    private final Access access;
    private final EditingClient editing;
    private final QueueViews views;

    QueueEditsResource(Access access, EditingClient editing, QueueViews views) {
        this.access = access;
        this.editing = editing;
        this.views = views;
    }

    /** Makes a queue. What is not said gets its default; an id is made of the extension. */
    @POST
    @RequestBody(
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = NEW)))
    @APIResponse(responseCode = "201", description = "It is there, and takes calls at once.")
    @APIResponse(responseCode = "409", description = "Another queue has this id.")
    public RestResponse<QueueView> make(
            Map<String, Object> body,
            @HeaderParam("Idempotency-Key") String key,
            @Context HttpHeaders headers) {
        var caller = access.administrator(headers);
        var queue = Queue.newBuilder();
        var settings = body == null ? null : new LinkedHashMap<>(MemberForms.single(body));
        var id = settings == null ? null : settings.remove("id");
        QueueView.SETTINGS.read(settings, Map.of(), queue);
        if (id != null && !(id instanceof String)) {
            throw Problem.mistake("id", "must be a text");
        }
        queue.setQueueId(id == null ? "queue-" + queue.getExtension() : (String) id);
        var answer =
                editing.create(
                        CreateQueueRequest.newBuilder()
                                .setEdit(Edits.of(caller, key, Revisions.ANY))
                                .setQueue(queue)
                                .build());
        Edits.check(answer.hasRefused(), answer.getRefused(), "queue");
        var kept = answer.getQueue();
        return views.answer(kept, caller)
                .status(RestResponse.Status.CREATED)
                .location(URI.create("/api/v1/queues/" + kept.getQueue().getQueueId()))
                .build();
    }

    /** Replaces all settings of a queue. What is not said gets its default. */
    @PUT
    @Path("/{queue}")
    @RequestBody(
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = WHOLE)))
    @APIResponse(responseCode = "200", description = "It is so now, for the next offer too.")
    @APIResponse(responseCode = "412", description = "Somebody else has changed it.")
    @APIResponse(responseCode = "428", description = "If-Match is missing.")
    public RestResponse<QueueView> replace(
            @PathParam("queue") String id,
            Map<String, Object> body,
            @HeaderParam("If-Match") String ifMatch,
            @Context HttpHeaders headers) {
        var caller = access.administrator(headers);
        var seen = Revisions.required(ifMatch);
        var present = present(caller, id);
        var queue = Queue.newBuilder();
        QueueView.SETTINGS.read(
                MemberForms.single(body), QueueView.fixed(present.getQueue()), queue);
        return update(caller, queue.setQueueId(id).build(), seen);
    }

    /**
     * Changes some settings of a queue: JSON Merge Patch (RFC 7396). Members sent take the place of
     * all who serve it, be it as members or as extensions.
     */
    @PATCH
    @Path("/{queue}")
    @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
    @RequestBody(
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = WHOLE)),
                @Content(mediaType = MergePatch.MEDIA_TYPE, schema = @Schema(ref = WHOLE))
            })
    @APIResponse(responseCode = "200", description = "It is so now, for the next offer too.")
    @APIResponse(responseCode = "412", description = "Somebody else has changed it.")
    @APIResponse(responseCode = "428", description = "If-Match is missing.")
    public RestResponse<QueueView> change(
            @PathParam("queue") String id,
            Map<String, Object> patch,
            @HeaderParam("If-Match") String ifMatch,
            @Context HttpHeaders headers) {
        var caller = access.administrator(headers);
        var seen = Revisions.required(ifMatch);
        var present = present(caller, id);
        var queue = Queue.newBuilder();
        QueueView.SETTINGS.patch(
                present.getQueue(),
                MemberForms.replacing(patch),
                QueueView.fixed(present.getQueue()),
                queue);
        var known = Revisions.base(seen, present.getRevision());
        return update(caller, queue.setQueueId(id).build(), known);
    }

    /** Deletes a queue in which nobody waits and to which nothing leads. */
    @DELETE
    @Path("/{queue}")
    @APIResponse(responseCode = "204", description = "It is gone.")
    @APIResponse(responseCode = "409", description = "Calls wait in it, or something leads to it.")
    @APIResponse(responseCode = "412", description = "Somebody else has changed it.")
    public void delete(
            @PathParam("queue") String id,
            @HeaderParam("If-Match") String ifMatch,
            @Context HttpHeaders headers) {
        var caller = access.administrator(headers);
        var seen = Revisions.optional(ifMatch);
        var waiting = views.waiting(caller, id);
        if (waiting > 0) {
            throw new Problem(ProblemKind.IN_USE, "Calls wait in it: " + waiting + ".");
        }
        var answer =
                editing.delete(
                        DeleteQueueRequest.newBuilder()
                                .setEdit(Edits.of(caller, null, seen))
                                .setQueueId(id)
                                .build());
        Edits.check(answer.hasRefused(), answer.getRefused(), "queue");
    }

    private KeptQueue present(Caller caller, String id) {
        return editing.queue(caller.tenantId(), id).orElseThrow(() -> Edits.unknown("queue"));
    }

    private RestResponse<QueueView> update(Caller caller, Queue queue, long knownRevision) {
        var answer =
                editing.update(
                        UpdateQueueRequest.newBuilder()
                                .setEdit(Edits.of(caller, null, knownRevision))
                                .setQueue(queue)
                                .build());
        Edits.check(answer.hasRefused(), answer.getRefused(), "queue");
        return views.answer(answer.getQueue(), caller).build();
    }
}
