// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.agent.Notes;
import org.panacall.acd.core.call.PlacedCall;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.call.Target;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.OfferId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.plan.Limits;
import org.panacall.acd.core.rules.Action;

/** What must hold of acd at any moment, checked against a shadow of its own made from events. */
final class Invariants {

    private static final Duration OFFER_MAX = Duration.ofSeconds(18);
    private static final int VISITS_MAX = 14;
    private static final int CHAIN_MAX = 16;

    /** The transitions of the agent's diagram. */
    private static final Map<String, Set<String>> DIAGRAM =
            Map.of(
                    "NotReady", Set.of("NotReady", "Ready", "Offered", "OnCall"),
                    "Ready", Set.of("Ready", "NotReady", "Offered", "OnCall"),
                    "Offered", Set.of("Offered", "Ready", "NotReady", "OnCall"),
                    "OnCall", Set.of("OnCall", "WrapUp", "Ready", "NotReady"),
                    "WrapUp", Set.of("WrapUp", "Ready", "NotReady", "OnCall"));

    private record Open(CallId call, AgentId agent, Instant since) {}

    private final Map<CallId, QueueId> left = new TreeMap<>();
    private final Map<QueueId, TreeMap<Long, CallId>> lines = new TreeMap<>();
    private final Map<CallId, Long> arrivals = new TreeMap<>();
    private final Map<CallId, QueueId> queues = new TreeMap<>();
    private final Map<OfferId, Open> offers = new TreeMap<>();
    private final Map<AgentId, AgentState> states = new TreeMap<>();
    private final Map<String, Long> sequences = new TreeMap<>();
    private final Set<CallId> overflowing = new TreeSet<>();
    private final Map<CallId, Integer> steps = new TreeMap<>();
    private final Map<CallId, TreeMap<QueueId, Integer>> visits = new TreeMap<>();
    private long arrived;

    /** Follows one event. */
    void follow(AcdEvent event) {
        if (!(event instanceof AcdEvent.LeaderElected)) {
            var before = sequences.put(event.entity(), event.stamp().sequence());
            assertEquals(
                    before == null ? 1L : before + 1,
                    event.stamp().sequence(),
                    () -> "sequence of " + event);
        }
        switch (event) {
            case AcdEvent.CallQueued queued -> queued(queued);
            case AcdEvent.OfferMade made -> made(made);
            case AcdEvent.OfferAccepted accepted -> offerOver(accepted.offer());
            case AcdEvent.OfferEnded ended -> ended(ended);
            case AcdEvent.CallReturned returned -> returned(returned.call());
            case AcdEvent.CallOverflowed overflowed -> overflowed(overflowed);
            case AcdEvent.CallTold told -> {}
            case AcdEvent.DeviceRung rung -> {}
            case AcdEvent.DeviceEnded ended -> {}
            case AcdEvent.AgentOverdue overdue -> {}
            case AcdEvent.CallDequeued dequeued -> leaveLine(dequeued.call());
            case AcdEvent.CallReleased released -> {
                leaveLine(released.call());
                left.remove(released.call());
                overflowing.remove(released.call());
                steps.remove(released.call());
                visits.remove(released.call());
                sequences.remove(released.call().value());
            }
            case AcdEvent.AgentChanged changed -> changed(changed.next());
            case AcdEvent.AgentRemoved removed -> {
                states.remove(removed.agent());
                sequences.remove(removed.agent().value());
            }
            case AcdEvent.LeaderElected elected -> {}
            case AcdEvent.CallPlaced placed -> {}
            case AcdEvent.NumberDialled dialled -> {}
            case AcdEvent.NumberAnswered answered -> {}
            case AcdEvent.CallEnding ending -> {}
            case AcdEvent.CallMoved moved -> {}
            case AcdEvent.RegistrationRenewed renewed -> {}
        }
    }

    private void queued(AcdEvent.CallQueued queued) {
        leaveLine(queued.call());
        overflowing.remove(queued.call());
        if (queued.target() instanceof Target.ToQueue(var queue)) {
            var visits = this.visits.computeIfAbsent(queued.call(), id -> new TreeMap<>());
            assertTrue(
                    visits.merge(queue, 1, Integer::sum) <= VISITS_MAX,
                    () -> queued.call() + " comes again and again to " + queue);
        }
        arrived++;
        arrivals.put(queued.call(), arrived);
        if (queued.target() instanceof Target.ToQueue(var queue)) {
            queues.put(queued.call(), queue);
            line(queue).put(arrived, queued.call());
        }
    }

    private TreeMap<Long, CallId> line(QueueId queue) {
        return lines.computeIfAbsent(queue, id -> new TreeMap<>());
    }

    private void made(AcdEvent.OfferMade made) {
        var offer = made.offer();
        var queued = made.queue().isPresent() && !isOffered(made.call());
        if (queued && !overflowing.contains(made.call())) {
            assertEquals(
                    made.call(),
                    line(made.queue().get()).pollFirstEntry().getValue(),
                    "a later call overtook an earlier one");
        }
        assertTrue(
                offers.values().stream().noneMatch(open -> open.agent().equals(offer.agent())),
                () -> offer.agent() + " has two offers");
        offers.put(offer.id(), new Open(made.call(), offer.agent(), made.stamp().at()));
    }

    private boolean isOffered(CallId call) {
        return offers.values().stream().anyMatch(open -> open.call().equals(call));
    }

    private void ended(AcdEvent.OfferEnded ended) {
        offerOver(ended.offer());
        var queue = queues.get(ended.call());
        if (queue != null && !isOffered(ended.call())) {
            line(queue).put(arrivals.get(ended.call()), ended.call());
        }
    }

    private void returned(CallId call) {
        var queue = queues.getOrDefault(call, left.get(call));
        if (queue != null) {
            queues.put(call, queue);
            line(queue).put(arrivals.get(call), call);
        }
    }

    /** Out of its place while something is tried, and back in it when the queue has it again. */
    private void overflowed(AcdEvent.CallOverflowed event) {
        overflowing.add(event.call());
        returned(event.call());
        event.queue().ifPresent(queue -> line(queue).remove(arrivals.get(event.call())));
        if (event.action() instanceof Action.KeepWaiting) {
            overflowing.remove(event.call());
            returned(event.call());
        }
        steps.merge(event.call(), 1, Integer::sum);
        assertTrue(
                steps.get(event.call()) <= Limits.usual().overflows().steps() + CHAIN_MAX,
                () -> event.call() + " goes round");
    }

    private void offerOver(OfferId offer) {
        assertNotNull(offers.remove(offer), () -> offer + " ended twice");
    }

    private void leaveLine(CallId call) {
        var queue = queues.remove(call);
        if (queue != null) {
            line(queue).remove(arrivals.get(call));
            left.put(call, queue);
        }
    }

    private void changed(Agent agent) {
        var before = states.put(agent.id(), agent.state());
        if (before != null) {
            var from = before.getClass().getSimpleName();
            var to = agent.state().getClass().getSimpleName();
            assertTrue(DIAGRAM.get(from).contains(to), () -> from + " -> " + to);
        }
    }

    /** Looks at the whole, after a turn. */
    void check(Acd acd, Instant now) {
        for (var agent : acd.agents()) {
            checkAgent(acd, agent, now);
        }
        for (var call : acd.calls()) {
            switch (call) {
                case QueuedCall queued -> checkCall(acd, queued);
                case PlacedCall placed -> checkCall(placed);
            }
        }
        offers.forEach(
                (id, open) ->
                        assertFalse(
                                open.since().plus(OFFER_MAX).isBefore(now),
                                () -> id + " outlived its deadline"));
        assertFalse(
                acd.nextDeadline().filter(deadline -> deadline.isBefore(now)).isPresent(),
                "a deadline was passed over");
    }

    private static void checkAgent(Acd acd, Agent agent, Instant now) {
        if (agent.state() instanceof AgentState.Ready) {
            assertTrue(agent.signedIn() && agent.intent().ready(), () -> "ready: " + agent);
            assertFalse(agent.free() && agent.talksElsewhere(), "free, and in a talk of his own");
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

    private static void checkCall(PlacedCall call) {
        var talks = call.state() instanceof PlacedCall.State.Talking;
        assertTrue(talks || call.deadline().isPresent(), () -> "nothing is due for " + call);
    }

    private void checkCall(Acd acd, QueuedCall call) {
        var occupants =
                acd.agents().stream()
                        .filter(agent -> agent.occupiedBy().filter(call.id()::equals).isPresent())
                        .map(Agent::id)
                        .toList();
        switch (call.state()) {
            case QueuedCall.State.Waiting waiting -> {
                assertEquals(List.of(), occupants);
                assertTrue(call.waits(), () -> "neither in line nor elsewhere: " + call);
                var queue = call.queue().orElseThrow();
                assertEquals(call.id(), line(queue).get(arrivals.get(call.id())));
                assertNull(fitting(acd, queue), "a call waits while a fitting agent is ready");
            }
            case QueuedCall.State.Offered offered ->
                    assertEquals(List.copyOf(offered.offers().keySet()), occupants);
            case QueuedCall.State.Talking talking ->
                    assertEquals(List.of(talking.agent()), occupants);
            case QueuedCall.State.Dialled dialled -> assertEquals(List.of(), occupants);
            case QueuedCall.State.Forwarded forwarded -> assertEquals(List.of(), occupants);
            case QueuedCall.State.HandedOver handedOver -> assertEquals(List.of(), occupants);
            case QueuedCall.State.Told told -> assertEquals(List.of(), occupants);
            case QueuedCall.State.Leaving leaving -> assertTrue(occupants.size() <= 1);
        }
        var undated =
                call.waits()
                        || call.state() instanceof QueuedCall.State.Talking
                        || call.state() instanceof QueuedCall.State.Forwarded;
        assertTrue(undated || call.deadline().isPresent(), () -> "nothing is due for " + call);
    }

    private static Agent fitting(Acd acd, QueueId queue) {
        return acd.agents().stream()
                .filter(Agent::free)
                .filter(agent -> acd.plan().queuesOf(agent.id()).contains(queue))
                .findFirst()
                .orElse(null);
    }

    /** Nothing is left when everybody went home. */
    void checkEnd(Acd acd) {
        assertEquals(Map.of(), offers);
        assertEquals(List.of(), List.copyOf(acd.calls()));
        lines.values().forEach(line -> assertEquals(Map.of(), line));
        acd.agents().forEach(agent -> assertTrue(agent.resting(), () -> "not at rest: " + agent));
    }
}
