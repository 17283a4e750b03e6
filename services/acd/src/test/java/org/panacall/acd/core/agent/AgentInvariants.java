// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.panacall.acd.core.Acd;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.id.AgentId;

/** What must hold of each agent by himself. */
public final class AgentInvariants {

    /** The transitions of the agent's diagram. */
    private static final Map<String, Set<String>> DIAGRAM =
            Map.of(
                    "NotReady", Set.of("NotReady", "Ready", "Offered", "OnCall"),
                    "Ready", Set.of("Ready", "NotReady", "Offered", "OnCall"),
                    "Offered", Set.of("Offered", "Ready", "NotReady", "OnCall"),
                    "OnCall", Set.of("OnCall", "WrapUp", "Ready", "NotReady"),
                    "WrapUp", Set.of("WrapUp", "Ready", "NotReady", "OnCall"));

    private final Map<AgentId, AgentState> states = new TreeMap<>();

    /** States only follow the diagram. */
    public void changed(Agent agent) {
        var before = states.put(agent.id(), agent.state());
        if (before != null) {
            var from = before.getClass().getSimpleName();
            var to = agent.state().getClass().getSimpleName();
            assertTrue(DIAGRAM.get(from).contains(to), () -> from + " -> " + to);
        }
    }

    public void removed(AgentId agent) {
        states.remove(agent);
    }

    /** Looks at him after a turn. */
    public static void check(Acd acd, Agent agent, Instant now) {
        if (agent.state() instanceof AgentState.Ready) {
            assertTrue(agent.signedIn() && agent.intent().ready(), () -> "ready: " + agent);
        }
        if (agent.state() instanceof AgentState.Offered offered) {
            var call = acd.call(offered.call()).orElseThrow();
            var offer = ((QueuedCall) call).offerTo(agent.id()).orElseThrow();
            assertEquals(offered.offer(), offer.id());
        }
        if (agent.state() instanceof AgentState.OnCall onCall) {
            assertTrue(acd.call(onCall.call()).isPresent(), () -> "on a call that is gone");
        }
        checkDue(agent, now);
    }

    /** Nobody is stuck: what ends by itself has its time before it. */
    private static void checkDue(Agent agent, Instant now) {
        switch (agent.state()) {
            case AgentState.WrapUp wrapUp -> {
                assertTrue(wrapUp.until().isAfter(now), () -> "stuck: " + agent);
                assertFalse(
                        wrapUp.since().plus(Notes.LONGEST).isBefore(wrapUp.until()),
                        () -> "writes for ever: " + agent);
            }
            case AgentState.Ready ready ->
                    assertTrue(
                            ready.pausedUntil().map(now::isBefore).orElse(true),
                            () -> "stuck: " + agent);
            case AgentState.NotReady not -> {}
            case AgentState.Offered offered -> {}
            case AgentState.OnCall talk -> {}
        }
    }
}
