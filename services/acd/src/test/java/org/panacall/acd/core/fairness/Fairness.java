// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.fairness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.panacall.acd.core.Acd;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.call.Call;
import org.panacall.acd.core.call.Offer;
import org.panacall.acd.core.call.Place;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.CallbackId;
import org.panacall.acd.core.match.Ringing;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.core.rules.Action;
import org.panacall.acd.core.rules.Overflow;
import org.panacall.acd.core.waiting.Callback;

/**
 * What must hold of who gets which call: nobody waits in vain, nobody is overtaken, and whoever is
 * to come first does.
 */
public final class Fairness {

    private final TreeMap<CallId, QueuedCall> calls = new TreeMap<>();
    private final TreeMap<AgentId, Agent> agents = new TreeMap<>();
    private final TreeMap<CallbackId, Callback> callbacks = new TreeMap<>();
    private long arrived;

    public void follow(AcdEvent event) {
        switch (event) {
            case AcdEvent.CallQueued queued -> queued(queued);
            case AcdEvent.OfferEnded ended -> ended(ended);
            case AcdEvent.OfferAccepted accepted -> occupy(accepted.call());
            case AcdEvent.CallEnding ending -> occupy(ending.call());
            case AcdEvent.CallTold told -> occupy(told.call());
            case AcdEvent.CallOverflowed overflowed -> overflowed(overflowed);
            case AcdEvent.CallReturned returned ->
                    calls.computeIfPresent(
                            returned.call(),
                            (id, call) ->
                                    call.in(new QueuedCall.State.Waiting(returned.stamp().at()))
                                            .missedBy(returned.agent(), returned.othersFirst()));
            case AcdEvent.CallReleased released -> calls.remove(released.call());
            case AcdEvent.CallbackChanged changed -> promised(changed.next(), changed.stamp().at());
            case AcdEvent.CallbackEnded ended -> keptOrBroken(ended);
            case AcdEvent.AgentChanged changed -> agents.put(changed.agent(), changed.next());
            case AcdEvent.AgentRemoved removed -> agents.remove(removed.agent());
            default -> {
                // Offers are looked at before they are followed; the rest changes nothing here.
            }
        }
    }

    private void queued(AcdEvent.CallQueued queued) {
        var at = queued.stamp().at();
        calls.put(
                queued.call(),
                new QueuedCall(
                        queued.call(),
                        queued.caller(),
                        queued.target(),
                        new Place(at, ++arrived, queued.music()),
                        new TreeMap<>(),
                        Overflow.NONE,
                        new QueuedCall.State.Waiting(at),
                        0));
    }

    /** In line by a promise: as old and as urgent as the caller was. */
    private void promised(Callback next, Instant now) {
        var before = callbacks.put(next.id(), next);
        arrived = Math.max(arrived, next.place().arrival());
        if (before != null && !(next.inLine() && next.isWith(before))) {
            calls.remove(before.standIn());
        }
        if (next.inLine() && !calls.containsKey(next.standIn())) {
            calls.put(next.standIn(), next.waiting(now));
        }
    }

    private void keptOrBroken(AcdEvent.CallbackEnded ended) {
        var before = callbacks.remove(ended.callback());
        calls.remove(before.standIn());
        ended.heir()
                .ifPresent(
                        heir ->
                                calls.computeIfPresent(
                                        heir, (id, call) -> call.inheriting(before.place())));
    }

    private void ended(AcdEvent.OfferEnded ended) {
        calls.computeIfPresent(
                ended.call(),
                (id, call) -> {
                    var without = call.notOffered(ended.agent(), ended.stamp().at());
                    return ended.othersFirst()
                            .map(until -> without.missedBy(ended.agent(), until))
                            .orElse(without);
                });
    }

    /** Out of its place while something is tried, and back in it when the queue keeps it. */
    private void overflowed(AcdEvent.CallOverflowed event) {
        var kept = event.action() instanceof Action.KeepWaiting;
        calls.computeIfPresent(
                event.call(),
                (id, call) ->
                        call.overflowing(
                                        kept
                                                ? Overflow.NONE
                                                : Overflow.NONE.tried(event.followed()))
                                .in(new QueuedCall.State.Waiting(event.stamp().at())));
    }

    private void occupy(CallId id) {
        calls.computeIfPresent(
                id,
                (same, call) ->
                        call.in(
                                new QueuedCall.State.Leaving(
                                        false, false, Instant.EPOCH, Instant.MAX)));
    }

    private Oracle oracle(TenantPlan plan, Instant now) {
        var present =
                agents.values().stream()
                        .filter(agent -> !(agent.state() instanceof AgentState.NotReady))
                        .map(Agent::id)
                        .collect(Collectors.toCollection(TreeSet::new));
        return new Oracle(plan, now, present);
    }

    /** Somebody is about to be rung for a queue's call. */
    public void made(AcdEvent.OfferMade made, TenantPlan plan) {
        var call = calls.get(made.call());
        var agent = agents.get(made.offer().agent());
        var oracle = oracle(plan, made.stamp().at());
        assertTrue(oracle.mayRing(call, agent), () -> agent + " does not fit " + call);
        var earlier =
                calls.values().stream()
                        .filter(other -> waitsInQueue(other, plan))
                        .filter(other -> comesFirst(oracle, other, call, agent))
                        .map(QueuedCall::id)
                        .toList();
        assertEquals(List.of(), earlier, () -> "overtaken by " + call.id() + " at " + agent.id());
        assertFalse(
                somebodyComesBefore(oracle, made, call), () -> "others come before " + agent.id());
        calls.put(call.id(), call.offered(made.offer()));
    }

    private static boolean waitsInQueue(QueuedCall call, TenantPlan plan) {
        return call.waits() && call.queue().flatMap(plan::queue).isPresent();
    }

    /** A call that waits for him alone, or an earlier one of the same queue that he fits. */
    private static boolean comesFirst(
            Oracle oracle, QueuedCall other, QueuedCall call, Agent agent) {
        if (other.id().equals(call.id()) || !oracle.mayRing(other, agent)) {
            return false;
        }
        var own = oracle.hoped(other).contains(agent.id());
        var alsoOwn = oracle.hoped(call).contains(agent.id());
        if (own != alsoOwn) {
            return own;
        }
        var sameLine = own || other.queue().equals(call.queue());
        var rings = !call.offers().isEmpty();
        return sameLine && (rings || oracle.byRank().compare(other, call) < 0);
    }

    /** Whether another free agent should have been rung before him, whatever the strategy. */
    private boolean somebodyComesBefore(Oracle oracle, AcdEvent.OfferMade made, QueuedCall call) {
        var agent = agents.get(made.offer().agent());
        if (!oracle.hoped(call).isEmpty() || prefers(call, agent)) {
            return false;
        }
        var standing =
                Comparator.comparing(Agent::talksElsewhere)
                        .thenComparing(one -> call.timesMissed(one.id()))
                        .thenComparing(one -> call.goesToOthersFirst(one.id(), made.stamp().at()))
                        .thenComparing(one -> oracle.member(call, one.id()).orElseThrow().level());
        return agents.values().stream()
                .filter(other -> oracle.mayRing(call, other))
                .filter(other -> call.timesMissed(other.id()) <= round(call))
                .anyMatch(other -> standing.compare(other, agent) < 0);
    }

    /** While phones ring, nobody is rung beside them who missed the call more often than they. */
    private static int round(QueuedCall call) {
        return call.offers().stream()
                .map(Offer::agent)
                .mapToInt(call::timesMissed)
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    private static boolean prefers(QueuedCall call, Agent agent) {
        var preferred = call.caller().attributes().getOrDefault("preferred", "");
        return List.of(preferred.split(",")).contains(agent.extension().value());
    }

    /** After a turn: those of these calls that wait have nobody to wait for. */
    public void check(Acd acd, Collection<Call> calls, Instant now) {
        var oracle = oracle(acd.plan(), now);
        for (var call : calls) {
            if (call instanceof QueuedCall queued && queued.queue().isPresent()) {
                check(acd, queued, oracle);
            }
        }
    }

    private static void check(Acd acd, QueuedCall call, Oracle oracle) {
        if (call.queue().flatMap(acd.plan()::queue).isEmpty()) {
            return;
        }
        var free = acd.agents().stream().filter(agent -> oracle.mayRing(call, agent)).toList();
        if (call.waits()) {
            assertEquals(
                    List.of(), free, () -> call.id() + " waits while fitting agents are ready");
            return;
        }
        var strategy = acd.plan().queue(call.queue().get()).map(it -> it.rules().strategy());
        var ringing = call.offers().size();
        if (ringing > 0
                && call.waitsForQueue()
                && strategy.isPresent()
                && strategy.get().ringing() instanceof Ringing.All(var most)
                && ringing < most
                && oracle.hoped(call).isEmpty()) {
            assertEquals(
                    List.of(),
                    free.stream()
                            .filter(agent -> call.timesMissed(agent.id()) <= round(call))
                            .toList(),
                    () -> "phones that should ring for " + call.id() + " too");
        }
    }
}
