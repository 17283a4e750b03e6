// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.agents;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.access.Caller;
import org.panacall.desktop.acd.AcdClient;
import org.panacall.desktop.directory.EditingClient;
import org.panacall.desktop.editing.Edits;
import org.panacall.desktop.problems.Away;
import org.panacall.desktop.problems.Problem;
import org.panacall.desktop.problems.ProblemKind;
import org.panacall.proto.acd.v1.AgentState;
import org.panacall.proto.acd.v1.AgentStatus;
import org.panacall.proto.acd.v1.SetAgentStateRequest;
import org.panacall.proto.directory.v1.NoteForcedStateRequest;

/**
 * What agents are to do: be ready, not ready, signed out, and write their notes for longer or no
 * longer. Agents say so for themselves; whoever sees all may say it for them, and forces them.
 */
@Path("/api/v1/agents")
@RunOnVirtualThread
public class AgentStatesResource {

    private static final Logger LOG = Logger.getLogger(AgentStatesResource.class);
    private static final int REASON_MAX = 40;
    private static final String READY = "ready";
    private static final String SIGNED_OUT = "signed-out";
    private static final List<String> STATES = List.of(READY, "not-ready", SIGNED_OUT);

    /** What an agent is to be: ready, not-ready with a reason, or signed-out. */
    public record Wish(String state, String reason) {}

    private final Access access;
    private final AcdClient acd;
    private final AgentViews views;
    private final EditingClient editing;

    AgentStatesResource(Access access, AcdClient acd, AgentViews views, EditingClient editing) {
        this.access = access;
        this.acd = acd;
        this.views = views;
        this.editing = editing;
    }

    /**
     * Makes an agent ready, not ready, or signed out. Agents change themselves; who changes another
     * forces him, which is written down.
     */
    @PUT
    @Path("/{id}/state")
    @APIResponse(responseCode = "200", description = "He is so, or will be after what he is at.")
    @APIResponse(responseCode = "403", description = "This is another agent.")
    public AgentView change(String id, Wish wish, @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        var agent = own(caller, id);
        if (wish == null || wish.state == null || !STATES.contains(wish.state)) {
            throw Problem.mistake("state", "must be ready, not-ready or signed-out");
        }
        if (wish.reason != null && wish.reason.length() > REASON_MAX) {
            throw Problem.mistake("reason", "must have at most " + REASON_MAX + " characters");
        }
        return views.now(say(caller, agent, wish), caller);
    }

    /** Prolongs his wrap-up by one step, where its queue allows that; 900 s in sum at most. */
    @POST
    @Path("/{id}/wrap-up/extend")
    @APIResponse(responseCode = "200", description = "He has longer: see wrapUpUntil.")
    @APIResponse(responseCode = "409", description = "He is in none that can be prolonged.")
    public AgentView extend(String id, @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        var agent = own(caller, id);
        var answer = acd.extendWrapUp(caller.tenantId(), agent.getExtension());
        if (answer.hasNotExtendable()) {
            throw new Problem(
                    ProblemKind.WRAP_UP_NOT_CHANGED,
                    "There is no wrap-up, or none that can be prolonged any more.");
        }
        if (!answer.hasAgent()) {
            throw Edits.unknown("agent");
        }
        return views.now(answer.getAgent(), caller);
    }

    /**
     * Ends his wrap-up: he is ready. Whoever wants something else then says that instead, by PUT
     * state.
     */
    @POST
    @Path("/{id}/wrap-up/end")
    @APIResponse(responseCode = "200", description = "It is over.")
    @APIResponse(responseCode = "409", description = "He is in none, or it lasts its time.")
    public AgentView end(String id, @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        var agent = own(caller, id);
        if (agent.getState() != AgentState.AGENT_STATE_WRAP_UP) {
            throw new Problem(ProblemKind.WRAP_UP_NOT_CHANGED, "There is no wrap-up.");
        }
        var status = say(caller, agent, new Wish(READY, null));
        if (status.getState() == AgentState.AGENT_STATE_WRAP_UP) {
            throw new Problem(ProblemKind.WRAP_UP_NOT_CHANGED, "This wrap-up lasts its time.");
        }
        return views.now(status, caller);
    }

    private AgentStatus say(Caller caller, AgentStatus agent, Wish wish) {
        var forced = !caller.is(agent.getExtension());
        var reason = wish.reason == null ? "" : wish.reason;
        var answer =
                acd.setAgentState(
                        SetAgentStateRequest.newBuilder()
                                .setTenantId(caller.tenantId())
                                .setExtension(agent.getExtension())
                                .setReady(READY.equals(wish.state))
                                .setSignedOut(SIGNED_OUT.equals(wish.state))
                                .setForcedBy(forced ? caller.id() : "")
                                .setReason(reason)
                                .build());
        if (answer.hasReasonUnknown()) {
            throw Problem.mistake("reason", "must be one of the tenant's notReadyReasons");
        }
        if (!answer.hasAgent()) {
            throw Edits.unknown("agent");
        }
        if (forced) {
            note(caller, agent, wish.state, reason);
        }
        return answer.getAgent();
    }

    /** It is done already, and acd's events name the supervisor; nobody is kept from it by this. */
    private void note(Caller caller, AgentStatus agent, String state, String reason) {
        var noted =
                Away.unless(
                        () ->
                                editing.note(
                                        NoteForcedStateRequest.newBuilder()
                                                .setTenantId(caller.tenantId())
                                                .setAuthor(caller.id())
                                                .setPersonId(agent.getAgentId())
                                                .setState(state)
                                                .setReason(reason)
                                                .build()));
        if (noted.isEmpty()) {
            LOG.warnf("%s was forced by %s; not in the audit", agent.getAgentId(), caller.id());
        }
    }

    /** An agent of whom the caller may say something. */
    private AgentStatus own(Caller caller, String id) {
        var found =
                acd.agents(caller.tenantId()).stream()
                        .filter(a -> a.getAgentId().equals(id) || a.getExtension().equals(id))
                        .findFirst()
                        .orElseThrow(() -> Edits.unknown("agent"));
        if (!caller.seesAll() && !caller.is(found.getExtension())) {
            throw new Problem(ProblemKind.NOT_ALLOWED, "This is another agent.");
        }
        return found;
    }
}
