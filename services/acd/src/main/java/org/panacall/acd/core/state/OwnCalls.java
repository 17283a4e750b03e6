// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.ById;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.SipIngress;

/**
 * Whose own calls there are: an index over the agents. And what this leader alone knows: which of
 * them ended a moment ago, so that an older list of calls does not bring them back.
 */
public final class OwnCalls {

    private static final Duration REMEMBERED = Duration.ofSeconds(30);
    private static final int ENDED_MAX = 1_000;

    private final ById<CallId, AgentId> callers = new ById<>();
    private final LinkedHashMap<CallId, Instant> ended = new LinkedHashMap<>();

    void put(Optional<Agent> before, Agent next) {
        before.ifPresent(agent -> agent.presence().ownCalls().keySet().forEach(callers::remove));
        next.presence().ownCalls().keySet().forEach(call -> callers.put(call, next.id()));
    }

    void remove(Agent agent) {
        agent.presence().ownCalls().keySet().forEach(callers::remove);
    }

    /** Who dialled a call. */
    public Optional<AgentId> caller(CallId call) {
        return callers.find(call);
    }

    /** All that there are. */
    public List<CallId> all() {
        return callers.ids();
    }

    /** We heard of its end. */
    public void ended(CallId call, Instant now) {
        if (ended.size() >= ENDED_MAX) {
            ended.pollFirstEntry();
        }
        ended.put(call, now);
    }

    public boolean endedLately(CallId call, Instant now) {
        return Optional.ofNullable(ended.get(call))
                .filter(at -> at.plus(REMEMBERED).isAfter(now))
                .isPresent();
    }

    /** Where a call is held, as far as its caller's agent knows. */
    public static boolean heldBy(Agent agent, CallId call, SipIngress sipIngress) {
        var own = agent.presence().ownCalls().get(call);
        return own != null && own.sipIngress().equals(sipIngress);
    }
}
