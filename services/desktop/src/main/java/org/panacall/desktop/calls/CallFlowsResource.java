// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.calls;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.panacall.desktop.Wire;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.access.Caller;
import org.panacall.desktop.directory.DirectoryClient;
import org.panacall.desktop.problems.Problem;
import org.panacall.desktop.problems.ProblemKind;
import org.panacall.proto.call.v1.LegRole;
import org.panacall.proto.sipingress.v1.LiveCall;
import org.panacall.proto.sipingress.v1.LiveLeg;
import org.panacall.proto.sipingress.v1.RunFlowResponse;

/** Flows that are run on calls in progress. */
@Path("/api/v1/calls/{id}/flow")
@RunOnVirtualThread
public class CallFlowsResource {

    private final Access access;
    private final SipIngressClient live;
    private final DirectoryClient directory;
    private final PlacedCalls keys;

    /**
     * A flow for the caller of a talk.
     *
     * @param variables of the flow, and what they hold at first
     */
    public record Wish(String flowId, Map<String, Object> variables) {}

    /** A flow that is going to have the caller. */
    public record Asked(String call, String flowId) {}

    CallFlowsResource(
            Access access, SipIngressClient live, DirectoryClient directory, PlacedCalls keys) {
        this.access = access;
        this.live = live;
        this.directory = directory;
        this.keys = keys;
    }

    /** Leads the caller out of his talk into a flow; the agent is free then. */
    @POST
    @APIResponse(responseCode = "202", description = "The flow is asked to take the caller.")
    @APIResponse(responseCode = "409", description = "The caller talks with no agent.")
    public RestResponse<Asked> run(
            String id,
            Wish wish,
            @HeaderParam("Idempotency-Key") String key,
            @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        if (wish == null || wish.flowId == null) {
            throw Problem.mistake("flowId", "is missing");
        }
        var call =
                live.call(caller.tenantId(), id)
                        .filter(found -> CallsResource.sees(caller, found))
                        .orElseThrow(
                                () -> new Problem(ProblemKind.NOT_FOUND, "There is no such call."));
        if (!caller.seesAll() && isSomebodyElses(call, caller)) {
            throw new Problem(ProblemKind.NOT_ALLOWED, "Somebody else talks on this call.");
        }
        var flow = CallFlow.of(wish.flowId, wish.variables, directory.tenant(caller.tenantId()));
        var request = id + " " + flow;
        refused(live.runFlow(call, keys.id("effect", caller, key, request), flow));
        return RestResponse.ResponseBuilder.<Asked>create(RestResponse.Status.ACCEPTED)
                .entity(new Asked(id, flow.flowId()))
                .build();
    }

    /** Another agent talks on it, and the caller of this API does not. */
    private static boolean isSomebodyElses(LiveCall call, Caller caller) {
        var talking =
                call.getLegsList().stream()
                        .filter(leg -> leg.getRole() == LegRole.LEG_ROLE_AGENT)
                        .filter(leg -> leg.getJoinedLegIdsCount() > 0)
                        .toList();
        return !talking.isEmpty() && talking.stream().noneMatch(leg -> isHis(leg, caller));
    }

    private static boolean isHis(LiveLeg leg, Caller caller) {
        return Objects.equals(leg.getAgentId(), caller.id()) || caller.is(leg.getParty());
    }

    private static void refused(RunFlowResponse answer) {
        if (!answer.hasRefused()) {
            return;
        }
        switch (answer.getRefused().getKind()) {
            case REFUSAL_KIND_CALL_UNKNOWN ->
                    throw new Problem(ProblemKind.NOT_FOUND, "There is no such call any more.");
            case REFUSAL_KIND_WRONG_STATE ->
                    throw new Problem(
                            ProblemKind.CALL_NOT_CHANGED,
                            "The flow was not run: " + answer.getRefused().getDetail() + ".");
            default ->
                    throw new Problem(
                            ProblemKind.CALL_NOT_CHANGED,
                            "The flow was not run: "
                                    + Wire.word(
                                            answer.getRefused().getKind().name(), "REFUSAL_KIND_"));
        }
    }
}
