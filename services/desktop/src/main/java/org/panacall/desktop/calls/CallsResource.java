// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.calls;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.panacall.desktop.Page;
import org.panacall.desktop.Wire;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.access.Caller;
import org.panacall.desktop.acd.AcdClient;
import org.panacall.desktop.directory.DirectoryClient;
import org.panacall.desktop.problems.Problem;
import org.panacall.desktop.problems.ProblemKind;
import org.panacall.desktop.reports.CallReport;
import org.panacall.desktop.reports.ReportingClient;
import org.panacall.proto.acd.v1.PlaceCallRequest;
import org.panacall.proto.acd.v1.PlaceCallResponse;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.reporting.v1.CallRecord;
import org.panacall.proto.sipingress.v1.LiveCall;

/** Calls: those in progress, and placing and ending them. */
@Path("/api/v1/calls")
@RunOnVirtualThread
public class CallsResource {

    private static final int PAGE_SIZE = 100;
    private static final int PAGE_SIZE_MAX = 500;

    /**
     * A call to be placed: the agent's phone rings first, then the number.
     *
     * @param extension of the agent; the caller's own when absent
     * @param agent id or extension; the same as extension
     * @param number E.164, a national number, or an extension
     */
    public record Wish(String extension, String agent, String number) {}

    /** A call that was placed. */
    public record Placed(String id, String extension, String number) {}

    private final Access access;
    private final SipIngressClient live;
    private final AcdClient acd;
    private final DirectoryClient directory;
    private final ReportingClient reporting;
    private final PlacedCalls placed;

    CallsResource(
            Access access,
            SipIngressClient live,
            AcdClient acd,
            DirectoryClient directory,
            ReportingClient reporting,
            PlacedCalls placed) {
        this.access = access;
        this.live = live;
        this.acd = acd;
        this.directory = directory;
        this.reporting = reporting;
        this.placed = placed;
    }

    /** Calls in progress. Agents see their own, with masked numbers. */
    @GET
    public Page<Call> list(
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor,
            @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        int size = limit == null ? PAGE_SIZE : limit;
        if (size < 1 || size > PAGE_SIZE_MAX) {
            throw Problem.mistake("limit", "must be between 1 and " + PAGE_SIZE_MAX);
        }
        var found =
                live.calls(caller.tenantId(), cursor == null ? "" : cursor).stream()
                        .filter(call -> sees(caller, call))
                        .toList();
        var page = found.size() > size ? found.subList(0, size) : found;
        return new Page<>(
                page.stream().map(call -> Call.of(call, caller)).toList(),
                found.size() > size ? page.getLast().getCallId() : null);
    }

    /** One call, in progress or over. */
    @GET
    @Path("/{id}")
    public Call one(String id, @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        return live.call(caller.tenantId(), id)
                .filter(call -> sees(caller, call))
                .map(call -> Call.of(call, caller))
                .or(
                        () ->
                                reporting
                                        .find(caller.tenantId(), id)
                                        .filter(record -> sees(caller, record))
                                        .map(record -> Call.of(CallReport.of(record, caller))))
                .orElseThrow(CallsResource::unknown);
    }

    /** Places a call: the agent's phone rings first, then the number. */
    @POST
    @APIResponse(responseCode = "201", description = "The agent's phone rings.")
    @APIResponse(responseCode = "409", description = "The agent cannot be rung now.")
    public RestResponse<Placed> place(
            Wish wish, @HeaderParam("Idempotency-Key") String key, @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        if (wish == null || wish.number == null) {
            throw Problem.mistake("number", "is missing");
        }
        var agent = agent(wish, caller);
        if (!caller.seesAll() && !caller.is(agent.getExtension())) {
            throw new Problem(ProblemKind.NOT_ALLOWED, "Agents place calls for themselves only.");
        }
        var country = directory.tenant(caller.tenantId()).getCountry();
        var number =
                DialledNumber.of(wish.number, country)
                        .orElseThrow(() -> Problem.mistake("number", "must be like +74950000100"));
        var extension = agent.getExtension();
        var id = placed.id(caller, key, extension + " " + number);
        refused(
                acd.placeCall(
                        PlaceCallRequest.newBuilder()
                                .setCallId(id)
                                .setTenantId(caller.tenantId())
                                .setExtension(extension)
                                .setNumber(number)
                                .setSipIngress(live.forNewCall())
                                .build()));
        return RestResponse.ResponseBuilder.<Placed>created(URI.create("/api/v1/calls/" + id))
                .entity(new Placed(id, extension, number))
                .build();
    }

    /** Ends a call. Agents end their own. */
    @POST
    @Path("/{id}/hangup")
    public void hangUp(String id, @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        var call =
                live.call(caller.tenantId(), id)
                        .filter(found -> sees(caller, found))
                        .orElseThrow(CallsResource::unknown);
        var answer = live.hangUp(call);
        if (answer.hasRefused()) {
            var kind = Wire.word(answer.getRefused().getKind().name(), "REFUSAL_KIND_");
            throw new Problem(ProblemKind.CALL_NOT_CHANGED, "The call was not ended: " + kind);
        }
    }

    private Person agent(Wish wish, Caller caller) {
        var field = wish.extension == null && wish.agent != null ? "agent" : "extension";
        var who = wish.extension == null ? wish.agent : wish.extension;
        return directory
                .person(caller.tenantId(), who == null ? caller.extension() : who)
                .orElseThrow(() -> Problem.mistake(field, "must be somebody's with a phone"));
    }

    private static void refused(PlaceCallResponse answer) {
        switch (answer.getOutcomeCase()) {
            case TAKEN -> {
                // The agent's phone rings.
            }
            case AGENT_NOT_AVAILABLE ->
                    throw new Problem(
                            ProblemKind.AGENT_NOT_AVAILABLE,
                            "The agent is "
                                    + Wire.word(
                                            answer.getAgentNotAvailable().getState().name(),
                                            "AGENT_STATE_")
                                    + " or has no phone registered.");
            case EXTENSION_UNKNOWN ->
                    throw Problem.mistake("extension", "is not an agent's or not there yet");
            case NOT_LEADER, OUTCOME_NOT_SET ->
                    throw new Problem(ProblemKind.SERVICE_AWAY, "Nobody takes calls now.");
        }
    }

    static boolean sees(Caller caller, LiveCall call) {
        return caller.seesAll()
                || call.getLegsList().stream()
                        .anyMatch(
                                leg ->
                                        leg.getAgentId().equals(caller.id())
                                                || caller.is(leg.getParty()));
    }

    private static boolean sees(Caller caller, CallRecord record) {
        return caller.seesAll()
                || record.getAgentId().equals(caller.id())
                || record.getLegsList().stream()
                        .anyMatch(
                                leg ->
                                        leg.getAgentId().equals(caller.id())
                                                || caller.is(leg.getParty()));
    }

    private static Problem unknown() {
        return new Problem(ProblemKind.NOT_FOUND, "There is no such call.");
    }
}
