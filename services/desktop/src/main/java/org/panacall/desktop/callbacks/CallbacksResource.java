// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.callbacks;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.panacall.desktop.Page;
import org.panacall.desktop.Paging;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.access.Caller;
import org.panacall.desktop.acd.AcdClient;
import org.panacall.desktop.calls.DialledNumber;
import org.panacall.desktop.calls.PlacedCalls;
import org.panacall.desktop.calls.SipIngressClient;
import org.panacall.desktop.directory.DirectoryClient;
import org.panacall.desktop.problems.Problem;
import org.panacall.desktop.problems.ProblemKind;
import org.panacall.proto.acd.v1.CancelCallbackRequest;
import org.panacall.proto.acd.v1.ListCallbacksRequest;
import org.panacall.proto.acd.v1.RequestCallbackRequest;

/** Promises to call patients back: those that are open, asking for one and taking it back. */
@Path("/api/v1/callbacks")
@RunOnVirtualThread
public class CallbacksResource {

    private static final int PAGE_SIZE = 500;
    private static final Pattern ID = Pattern.compile("callback_[A-Za-z0-9_.-]{1,50}");

    private static final Pattern QUEUE = Pattern.compile("[A-Za-z0-9_.:/-]{1,64}");
    private static final Pattern LANGUAGE =
            Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}");

    /**
     * A callback to be made, in its turn.
     *
     * @param queue in whose line it waits
     * @param number E.164, or national
     * @param language of what the patient may hear; the queue's when absent
     */
    public record NewCallback(String queue, String number, String language) {}

    private final Access access;
    private final AcdClient acd;
    private final SipIngressClient live;
    private final DirectoryClient directory;
    private final PlacedCalls ids;

    CallbacksResource(
            Access access,
            AcdClient acd,
            SipIngressClient live,
            DirectoryClient directory,
            PlacedCalls ids) {
        this.access = access;
        this.acd = acd;
        this.live = live;
        this.directory = directory;
        this.ids = ids;
    }

    /** Open callbacks, of all queues or of one. Agents see masked numbers. */
    @GET
    public Page<CallbackView> list(
            @QueryParam("queue") String queue,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor,
            @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        var request =
                ListCallbacksRequest.newBuilder()
                        .setTenantId(caller.tenantId())
                        .setQueueId(queue == null ? "" : queue)
                        .setAfterCallbackId(cursor == null ? "" : cursor)
                        .setPageSize(Paging.size(limit, PAGE_SIZE))
                        .build();
        var answer = acd.callbacks(request);
        var items =
                answer.getCallbacksList().stream()
                        .map(callback -> CallbackView.of(callback, caller))
                        .toList();
        return new Page<>(items, answer.getMore() ? items.getLast().id() : null);
    }

    /**
     * Asks for a callback, as if the patient had done so at the end of the line. One that is open
     * to the same number in the queue is kept instead.
     */
    @POST
    @APIResponse(responseCode = "201", description = "It waits in line.")
    @APIResponse(responseCode = "409", description = "The queue has as many as it may.")
    public RestResponse<CallbackView> request(
            NewCallback wish,
            @HeaderParam("Idempotency-Key") String key,
            @Context HttpHeaders headers) {
        var caller = mayChange(headers);
        if (wish == null || wish.queue == null || wish.queue.isBlank()) {
            throw Problem.mistake("queue", "is missing");
        }
        if (!QUEUE.matcher(wish.queue).matches()) {
            throw queueUnknown();
        }
        if (wish.language != null && !LANGUAGE.matcher(wish.language).matches()) {
            throw Problem.mistake("language", "must be like ru, uk or en");
        }
        var number = number(wish, caller);
        var id = ids.id("callback", caller, key, wish.queue + " " + number);
        var request =
                RequestCallbackRequest.newBuilder()
                        .setTenantId(caller.tenantId())
                        .setCallbackId(id)
                        .setQueueId(wish.queue)
                        .setNumber(number)
                        .setSipIngress(live.forNewCall());
        if (wish.language != null) {
            request.putAttributes("language", wish.language);
        }
        var answer = acd.requestCallback(request.build());
        return switch (answer.getOutcomeCase()) {
            case CALLBACK -> created(CallbackView.of(answer.getCallback(), caller));
            case QUEUE_UNKNOWN -> throw queueUnknown();
            case CALLBACKS_FULL ->
                    throw new Problem(
                            ProblemKind.CALLBACKS_FULL, "The queue has as many as it may.");
            case NOT_LEADER, OUTCOME_NOT_SET ->
                    throw new Problem(ProblemKind.SERVICE_AWAY, "Nobody keeps promises now.");
        };
    }

    private static Problem queueUnknown() {
        return Problem.mistake("queue", "is not there, or not yet");
    }

    private static RestResponse<CallbackView> created(CallbackView callback) {
        var at = URI.create("/api/v1/callbacks/" + callback.id());
        return RestResponse.ResponseBuilder.<CallbackView>created(at).entity(callback).build();
    }

    private String number(NewCallback wish, Caller caller) {
        if (wish.number == null) {
            throw Problem.mistake("number", "is missing");
        }
        var country = directory.tenant(caller.tenantId()).getCountry();
        return DialledNumber.of(wish.number, country)
                .filter(number -> number.startsWith("+"))
                .orElseThrow(() -> Problem.mistake("number", "must be like +74950000100"));
    }

    /** Takes a callback back, unless the patient is being rung for it. */
    @DELETE
    @Path("/{callback}")
    @APIResponse(responseCode = "204", description = "Nobody is called back.")
    @APIResponse(responseCode = "409", description = "The patient is being rung.")
    public void cancel(@PathParam("callback") String id, @Context HttpHeaders headers) {
        var caller = mayChange(headers);
        if (!ID.matcher(id).matches()) {
            throw unknown();
        }
        var answer =
                acd.cancelCallback(
                        CancelCallbackRequest.newBuilder()
                                .setTenantId(caller.tenantId())
                                .setCallbackId(id)
                                .build());
        switch (answer.getOutcomeCase()) {
            case CANCELLED -> {
                // Its place in line is gone too.
            }
            case CALLBACK_UNKNOWN -> throw unknown();
            case CALLBACK_UNDER_WAY ->
                    throw new Problem(ProblemKind.CALLBACK_UNDER_WAY, "The patient is being rung.");
            case NOT_LEADER, OUTCOME_NOT_SET ->
                    throw new Problem(ProblemKind.SERVICE_AWAY, "Nobody keeps promises now.");
        }
    }

    private Caller mayChange(HttpHeaders headers) {
        var caller = access.caller(headers);
        if (!caller.seesAll()) {
            throw new Problem(ProblemKind.NOT_ALLOWED, "Supervisors and systems do that.");
        }
        return caller;
    }

    private static Problem unknown() {
        return new Problem(ProblemKind.NOT_FOUND, "There is no such callback.");
    }
}
