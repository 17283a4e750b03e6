// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.floor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.agent.Intent;
import org.panacall.acd.core.agent.Presence.OwnCall;
import org.panacall.acd.core.call.Caller;
import org.panacall.acd.core.call.Place;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.call.Target;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.PlayId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.acd.core.ledger.Ledger;
import org.panacall.acd.core.match.LongestIdle;
import org.panacall.acd.core.need.Needs;
import org.panacall.acd.core.plan.Fit;
import org.panacall.acd.core.plan.Member;
import org.panacall.acd.core.plan.PersonPlan;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.core.plan.Urgency;
import org.panacall.acd.core.rules.Overflow;

/**
 * Two stages: who talks on another of his devices is left in peace, or rung when nobody else is.
 */
class BusyAgentsTest {

    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final QueueId QUEUE = new QueueId("registry");
    private static final CallId OWN = new CallId("call_own");

    private final Map<AgentId, Agent> agents = new TreeMap<>();

    private Floor floor(boolean ringsBusy) {
        var fit = new Fit(Needs.NONE, List.of(), Duration.ZERO, Duration.ZERO, ringsBusy);
        var rules =
                new QueuePlan.Rules(
                        new LongestIdle(),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(30),
                        fit,
                        Urgency.NONE);
        var people =
                Stream.of("103", "104")
                        .map(
                                number ->
                                        new PersonPlan(
                                                new AgentId("agent_" + number),
                                                new Extension(number),
                                                "",
                                                true,
                                                Duration.ZERO))
                        .toList();
        var members =
                List.of(Member.of(new Extension("103"), 0), Member.of(new Extension("104"), 1));
        var queue = new QueuePlan(QUEUE, "", "", rules, 10, "", members);
        var plan = new TenantPlan(new PartyNumber(""), List.of(queue), people);
        return new Floor(plan, id -> Optional.ofNullable(agents.get(id)), id -> Optional.of(CALL));
    }

    private static final QueuedCall CALL =
            new QueuedCall(
                    new CallId("call_a"),
                    new Caller(
                            new LegId("leg_a"),
                            new PartyNumber(""),
                            new PartyNumber(""),
                            true,
                            new SipIngress("127.0.0.1:9010"),
                            Map.of()),
                    new Target.ToQueue(QUEUE),
                    new Place(NOW, 1, new PlayId("play_a")),
                    new TreeMap<>(),
                    Overflow.NONE,
                    new QueuedCall.State.Waiting(NOW),
                    1);

    private Agent ready(Floor floor, String number, Instant since) {
        var id = new AgentId("agent_" + number);
        var extension = new Extension(number);
        var agent =
                Agent.unknown(id, extension, Intent.READY, since)
                        .registered(extension, since.plusSeconds(3600), since);
        return seat(floor, agent, since);
    }

    /** The same; and he talks in a call of his own. */
    private Agent busy(Floor floor, String number, Instant since) {
        var own = new OwnCall(new SipIngress("127.0.0.1:9010"), since);
        return seat(floor, ready(floor, number, since).dialled(OWN, own), since);
    }

    private Agent seat(Floor floor, Agent agent, Instant now) {
        agents.put(agent.id(), agent);
        floor.seat(agent, now);
        return agent;
    }

    private static Optional<String> chosen(Floor floor) {
        floor.put(CALL, NOW);
        return new Pairing(floor, NOW).choose(CALL, new Ledger()).map(AgentId::value);
    }

    @Test
    void whoTalksElsewhereIsSkippedWhileSomebodyElseIsFree() {
        // Given
        var floor = floor(true);
        busy(floor, "103", NOW.minusSeconds(60));
        ready(floor, "104", NOW.minusSeconds(30));

        // When
        var chosen = chosen(floor);

        // Then
        assertEquals(Optional.of("agent_104"), chosen);
    }

    @Test
    void whoTalksElsewhereIsRungWhenNobodyElseIsFreeAndTheQueueAllowsIt() {
        // Given
        var floor = floor(true);
        busy(floor, "103", NOW.minusSeconds(60));

        // When
        var chosen = chosen(floor);

        // Then
        assertEquals(Optional.of("agent_103"), chosen);
    }

    @Test
    void whoTalksElsewhereIsLeftInPeaceWhereTheQueueDoesNotAllowIt() {
        // Given
        var floor = floor(false);
        busy(floor, "103", NOW.minusSeconds(60));

        // When
        var chosen = chosen(floor);

        // Then
        assertEquals(Optional.empty(), chosen);
    }

    @Test
    void hisTalkOverHeIsFreeLikeTheOthers() {
        // Given
        var floor = floor(false);
        var busy = busy(floor, "103", NOW.minusSeconds(60));
        floor.stirred().clear();

        // When
        seat(floor, busy.undialled(OWN, NOW), NOW);

        // Then
        assertEquals(List.of(new AgentId("agent_103")), floor.stirred().agents());
        assertEquals(Optional.of("agent_103"), chosen(floor));
    }
}
