// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.agents;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;
import java.util.List;
import org.panacall.desktop.Page;
import org.panacall.desktop.Wire;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.acd.AcdClient;
import org.panacall.desktop.problems.Problem;
import org.panacall.desktop.problems.ProblemKind;
import org.panacall.proto.acd.v1.AgentStatus;
import org.panacall.proto.acd.v1.SetAgentStateRequest;

/** Agents as they are now. */
@Path("/api/v1/agents")
@RunOnVirtualThread
public class AgentsResource {

    private static final int REASON_MAX = 40;

    /**
     * An agent.
     *
     * @param state not-ready, ready, offered, on-call or wrap-up
     * @param registered whether the SIP phone is
     */
    public record Agent(
            String id,
            String extension,
            String name,
            String state,
            Instant since,
            String reason,
            String call,
            boolean registered,
            List<String> queues) {}

    /** What an agent is to be: ready or not-ready, with a reason. */
    public record Wish(String state, String reason) {}

    private final Access access;
    private final AcdClient acd;

    AgentsResource(Access access, AcdClient acd) {
        this.access = access;
        this.acd = acd;
    }

    /** All agents; an agent sees colleagues too, but not what calls they have. */
    @GET
    public Page<Agent> list(@Context HttpHeaders headers) {
        var caller = access.caller(headers);
        return Page.whole(
                acd.agents(caller.tenantId()).stream()
                        .map(
                                agent ->
                                        agent(
                                                agent,
                                                caller.seesAll()
                                                        || caller.is(agent.getExtension())))
                        .toList());
    }

    /** One agent, by id or extension. */
    @GET
    @Path("/{id}")
    public Agent one(String id, @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        var agent = known(caller.tenantId(), id);
        return agent(agent, caller.seesAll() || caller.is(agent.getExtension()));
    }

    /** Makes an agent ready or not ready. Agents change themselves, supervisors everybody. */
    @PUT
    @Path("/{id}/state")
    public Agent change(String id, Wish wish, @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        var agent = known(caller.tenantId(), id);
        if (!caller.seesAll() && !caller.is(agent.getExtension())) {
            throw new Problem(ProblemKind.NOT_ALLOWED, "This is another agent.");
        }
        if (wish == null || !("ready".equals(wish.state) || "not-ready".equals(wish.state))) {
            throw Problem.mistake("state", "must be ready or not-ready");
        }
        if (wish.reason != null && wish.reason.length() > REASON_MAX) {
            throw Problem.mistake("reason", "must have at most " + REASON_MAX + " characters");
        }
        var answer =
                acd.setAgentState(
                        SetAgentStateRequest.newBuilder()
                                .setTenantId(caller.tenantId())
                                .setExtension(agent.getExtension())
                                .setReady("ready".equals(wish.state))
                                .setReason(wish.reason == null ? "" : wish.reason)
                                .build());
        if (!answer.hasAgent()) {
            throw unknown();
        }
        return agent(answer.getAgent(), true);
    }

    private AgentStatus known(String tenantId, String id) {
        return acd.agents(tenantId).stream()
                .filter(agent -> agent.getAgentId().equals(id) || agent.getExtension().equals(id))
                .findFirst()
                .orElseThrow(AgentsResource::unknown);
    }

    private static Problem unknown() {
        return new Problem(ProblemKind.NOT_FOUND, "There is no such agent.");
    }

    private static Agent agent(AgentStatus agent, boolean withCall) {
        return new Agent(
                agent.getAgentId(),
                agent.getExtension(),
                agent.getName(),
                Wire.word(agent.getState().name(), "AGENT_STATE_"),
                Wire.time(agent.hasSince(), agent.getSince()),
                Wire.text(agent.getReason()),
                withCall ? Wire.text(agent.getCallId()) : null,
                agent.getRegistered(),
                agent.getQueueIdsList());
    }
}
