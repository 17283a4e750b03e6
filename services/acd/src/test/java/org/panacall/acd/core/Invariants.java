// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.panacall.acd.core.agent.AgentInvariants;
import org.panacall.acd.core.call.Call;
import org.panacall.acd.core.call.Offer;
import org.panacall.acd.core.call.PlacedCall;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.call.Target;
import org.panacall.acd.core.fairness.Fairness;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.CallbackId;
import org.panacall.acd.core.id.OfferId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.plan.Limits;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.core.rules.Action;
import org.panacall.acd.core.waiting.Callback;
import org.panacall.acd.core.waiting.WaitingInvariants;

/** What must hold of acd at any moment, checked against a shadow of its own made from events. */
public final class Invariants {

    /** Some phones ring for long, until all others ring as well. */
    private static final Duration OFFER_MAX = Duration.ofSeconds(123);

    private static final int VISITS_MAX = 14;
    private static final int CHAIN_MAX = 16;

    private record Open(CallId call, AgentId agent, Offer offer) {}

    private final Map<CallId, QueueId> left = new TreeMap<>();
    private final Map<QueueId, TreeMap<Long, CallId>> lines = new TreeMap<>();
    private final Map<CallId, Long> arrivals = new TreeMap<>();
    private final Map<CallId, QueueId> queues = new TreeMap<>();
    private final Map<OfferId, Open> offers = new TreeMap<>();
    private final AgentInvariants agents = new AgentInvariants();
    private final Map<String, Long> sequences = new TreeMap<>();
    private final Fairness fair = new Fairness();
    private final Set<CallId> overflowing = new TreeSet<>();
    private final Map<CallId, Integer> steps = new TreeMap<>();
    private final Map<CallId, TreeMap<QueueId, Integer>> visits = new TreeMap<>();
    private final WaitingInvariants waiting = new WaitingInvariants();
    private final Map<CallbackId, Callback> callbacks = new TreeMap<>();
    private long arrived;

    /** Follows one event, which happened under this plan. */
    public void follow(AcdEvent event, TenantPlan plan) {
        if (!(event instanceof AcdEvent.LeaderElected)) {
            var before = sequences.put(event.entity(), event.stamp().sequence());
            assertEquals(
                    before == null ? 1L : before + 1,
                    event.stamp().sequence(),
                    () -> "sequence of " + event);
        }
        fair.follow(event);
        switch (event) {
            case AcdEvent.CallQueued queued -> queued(queued);
            case AcdEvent.OfferMade made -> made(made, plan);
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
                waiting.released(released.call());
                sequences.remove(released.call().value());
            }
            case AcdEvent.AgentChanged changed -> agents.changed(changed.next());
            case AcdEvent.AgentRemoved removed -> {
                agents.removed(removed.agent());
                sequences.remove(removed.agent().value());
            }
            case AcdEvent.LeaderElected elected -> {}
            case AcdEvent.TermsChanged changed -> {}
            case AcdEvent.ListeningChanged changed -> waiting.listens(changed);
            case AcdEvent.CallbackChanged changed -> calledBack(changed.next());
            case AcdEvent.CallbackEnded ended -> notCalledBack(ended);
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

    private void calledBack(Callback next) {
        var before = callbacks.put(next.id(), next);
        arrived = Math.max(arrived, next.place().arrival());
        if (before == null || before.inLine()) {
            Optional.ofNullable(before)
                    .filter(old -> !next.inLine() || !old.isWith(next))
                    .ifPresent(old -> standsInNoMore(old.standIn()));
        }
        if (next.inLine() && !queues.containsKey(next.standIn())) {
            arrivals.put(next.standIn(), next.place().arrival());
            queues.put(next.standIn(), next.queue());
            line(next.queue()).put(next.place().arrival(), next.standIn());
        }
        var numbers =
                callbacks.values().stream()
                        .map(open -> open.queue() + open.caller().number().value())
                        .toList();
        assertEquals(numbers.size(), Set.copyOf(numbers).size(), "two callbacks to one number");
    }

    private void standsInNoMore(CallId standIn) {
        leaveLine(standIn);
        left.remove(standIn);
        sequences.remove(standIn.value());
    }

    private void notCalledBack(AcdEvent.CallbackEnded ended) {
        var before = callbacks.remove(ended.callback());
        assertNotNull(before, () -> ended.callback() + " ended twice");
        sequences.remove(ended.callback().value());
        if (before.inLine()) {
            standsInNoMore(before.standIn());
        }
        ended.heir()
                .ifPresent(
                        heir -> {
                            var queue = queues.get(heir);
                            line(queue).remove(arrivals.get(heir));
                            arrivals.put(heir, before.place().arrival());
                            line(queue).put(before.place().arrival(), heir);
                        });
    }

    private TreeMap<Long, CallId> line(QueueId queue) {
        return lines.computeIfAbsent(queue, id -> new TreeMap<>());
    }

    private void made(AcdEvent.OfferMade made, TenantPlan plan) {
        var offer = made.offer();
        if (made.queue().isPresent() && !overflowing.contains(made.call())) {
            fair.made(made, plan);
            line(made.queue().get()).remove(arrivals.get(made.call()));
        }
        assertTrue(
                offer.agent().isOutside()
                        || offers.values().stream()
                                .noneMatch(open -> open.agent().equals(offer.agent())),
                () -> offer.agent() + " has two offers");
        assertTrue(
                offer.expiresAt().isBefore(made.stamp().at().plus(OFFER_MAX).plusMillis(1)),
                () -> "rings without end: " + offer);
        offers.put(offer.id(), new Open(made.call(), offer.agent(), offer));
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
        steps.merge(event.call(), event.action() instanceof Action.RingStage ? 0 : 1, Integer::sum);
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

    /** Looks at the whole, after a turn. */
    public void check(Acd acd, Instant now) {
        fair.check(acd, acd.calls(), now);
        for (var agent : acd.agents()) {
            AgentInvariants.check(acd, agent, now);
        }
        var occupants = occupants(acd);
        acd.calls().forEach(call -> checkCall(call, occupants));
        checkDeadlines(acd, now);
    }

    /**
     * Looks at what a turn touched: as state is a fold over events, nothing else has changed. The
     * calls that a free agent could have are those at the heads of his lines.
     */
    public void check(Acd acd, List<AcdEvent> turn, Instant now) {
        var touched = new TreeSet<CallId>();
        var entities = new TreeSet<String>();
        turn.forEach(event -> entities.add(event.entity()));
        for (var agent : acd.agents()) {
            if (entities.contains(agent.id().value())) {
                AgentInvariants.check(acd, agent, now);
                agent.call().ifPresent(touched::add);
                if (agent.free()) {
                    touched.addAll(heads(acd.plan().queuesOf(agent.id())));
                }
            }
        }
        turn.stream()
                .filter(AcdEvent.OfCall.class::isInstance)
                .forEach(event -> touched.add(((AcdEvent.OfCall) event).call()));
        turn.stream()
                .filter(AcdEvent.CallbackChanged.class::isInstance)
                .forEach(event -> touched.add(((AcdEvent.CallbackChanged) event).next().standIn()));
        fair.check(acd, touched.stream().flatMap(id -> acd.call(id).stream()).toList(), now);
        var occupants = occupants(acd);
        for (var id : touched) {
            acd.call(id)
                    .ifPresentOrElse(
                            call -> checkCall(call, occupants),
                            () -> assertNull(occupants.get(id), id + " is gone"));
        }
        checkDeadlines(acd, now);
    }

    private List<CallId> heads(List<QueueId> of) {
        return of.stream()
                .map(queue -> line(queue).firstEntry())
                .filter(Objects::nonNull)
                .map(Map.Entry::getValue)
                .toList();
    }

    private void checkDeadlines(Acd acd, Instant now) {
        offers.forEach(
                (id, open) ->
                        assertFalse(
                                open.offer().expiresAt().isBefore(now),
                                () -> id + " outlived its deadline"));
        assertFalse(
                acd.nextDeadline().filter(deadline -> deadline.isBefore(now)).isPresent(),
                "a deadline was passed over");
    }

    private void checkCall(Call call, Map<CallId, List<AgentId>> occupants) {
        switch (call) {
            case QueuedCall queued ->
                    checkCall(queued, occupants.getOrDefault(call.id(), List.of()));
            case PlacedCall placed -> checkCall(placed);
        }
    }

    private static void checkCall(PlacedCall call) {
        var talks = call.state() instanceof PlacedCall.State.Talking;
        assertTrue(talks || call.deadline().isPresent(), () -> "nothing is due for " + call);
    }

    private void checkCall(QueuedCall call, List<AgentId> occupants) {
        switch (call.state()) {
            case QueuedCall.State.Waiting waiting -> {
                assertEquals(List.of(), occupants);
                assertTrue(call.waits(), () -> "neither in line nor elsewhere: " + call);
                var queue = call.queue().orElseThrow();
                assertEquals(call.id(), line(queue).get(arrivals.get(call.id())));
            }
            case QueuedCall.State.Offered offered ->
                    assertEquals(
                            offered.offers().keySet().stream()
                                    .filter(agent -> !agent.isOutside())
                                    .toList(),
                            occupants);
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

    /** By the agents' own words, each in order. */
    private static Map<CallId, List<AgentId>> occupants(Acd acd) {
        var all = new TreeMap<CallId, List<AgentId>>();
        for (var agent : acd.agents()) {
            agent.occupiedBy()
                    .ifPresent(
                            call ->
                                    all.computeIfAbsent(call, id -> new ArrayList<>())
                                            .add(agent.id()));
        }
        return all;
    }

    /** Nothing is left when everybody went home. */
    public void checkEnd(Acd acd) {
        assertEquals(Map.of(), offers);
        assertEquals(Map.of(), callbacks, "somebody waits to be called back for ever");
        assertEquals(List.of(), List.copyOf(acd.calls()));
        lines.values().forEach(line -> assertEquals(Map.of(), line));
        acd.agents().forEach(agent -> assertTrue(agent.resting(), () -> "not at rest: " + agent));
    }
}
