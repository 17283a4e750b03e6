// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.queues;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import org.jboss.resteasy.reactive.RestResponse;
import org.panacall.desktop.Page;
import org.panacall.desktop.Paging;
import org.panacall.desktop.Wire;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.access.Caller;
import org.panacall.desktop.acd.AcdClient;
import org.panacall.desktop.directory.EditingClient;
import org.panacall.desktop.editing.Edits;
import org.panacall.desktop.problems.Away;
import org.panacall.desktop.problems.Problem;
import org.panacall.proto.acd.v1.WaitingCall;

/** Queues: how they are set, and how they stand now. */
@Path("/api/v1/queues")
@RunOnVirtualThread
public class QueuesResource {

    private static final int CALLS_MAX = 500;

    /**
     * A call that waits.
     *
     * @param position 1 for the first in line
     * @param state waiting, or offered while somebody is rung for it
     */
    public record QueueCall(
            @PathParam("queue") String id,
            int position,
            Instant queuedAt,
            Duration waited,
            String number,
            String state) {}

    private final Access access;
    private final AcdClient acd;
    private final QueueViews views;
    private final EditingClient editing;

    QueuesResource(Access access, AcdClient acd, QueueViews views, EditingClient editing) {
        this.access = access;
        this.acd = acd;
        this.views = views;
        this.editing = editing;
    }

    /** All queues. */
    @GET
    public Page<QueueView> list(
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor,
            @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        return Paging.page(views.all(caller), QueueView::id, limit, cursor);
    }

    /** One queue. Its ETag is what a change has to name in If-Match. */
    @GET
    @Path("/{queue}")
    public RestResponse<QueueView> one(
            @PathParam("queue") String id, @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        return Away.unless(() -> editing.queue(caller.tenantId(), id))
                .map(kept -> kept.map(queue -> views.answer(queue, caller).build()))
                .orElseGet(() -> views.last(id, caller))
                .orElseThrow(() -> Edits.unknown("queue"));
    }

    /** The calls that wait in it, in the order of the line. */
    @GET
    @Path("/{queue}/calls")
    public Page<QueueCall> calls(
            @PathParam("queue") String id,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor,
            @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        var answer =
                acd.queueCalls(
                        caller.tenantId(), id, position(cursor), Paging.size(limit, CALLS_MAX));
        if (answer.hasQueueUnknown()) {
            throw Edits.unknown("queue");
        }
        var calls = answer.getCallsList().stream().map(call -> call(call, caller)).toList();
        return new Page<>(calls, answer.getMore() ? "" + calls.getLast().position() : null);
    }

    private static int position(String cursor) {
        if (cursor == null) {
            return 0;
        }
        if (!cursor.matches("[0-9]{1,9}")) {
            throw Problem.mistake("cursor", "is not one of ours");
        }
        return Integer.parseInt(cursor);
    }

    private static QueueCall call(WaitingCall call, Caller caller) {
        return new QueueCall(
                call.getCallId(),
                call.getPosition(),
                Wire.time(call.hasQueuedAt(), call.getQueuedAt()),
                Wire.duration(true, call.getWaited()),
                Wire.text(caller.shown(call.getCallerNumber())),
                call.getOffered() ? "offered" : "waiting");
    }
}
