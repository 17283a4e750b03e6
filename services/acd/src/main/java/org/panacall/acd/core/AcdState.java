// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.call.Call;
import org.panacall.acd.core.call.Line;
import org.panacall.acd.core.call.Place;
import org.panacall.acd.core.call.PlacedCall;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.match.Bench;
import org.panacall.acd.core.match.Candidate;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.core.time.Agenda;

/**
 * What is the case with a tenant's agents and calls: a fold over events, and nothing else changes
 * it. The plan is configuration and no history: it shapes the indexes, never what is the case.
 */
final class AcdState {

    private final Duration leaseGuard;
    private final NavigableMap<AgentId, Agent> agents = new TreeMap<>();
    private final NavigableMap<CallId, Call> calls = new TreeMap<>();
    private long epoch;
    private long arrivals;

    // Indexes over the above.
    private final NavigableMap<QueueId, Line> lines = new TreeMap<>();
    private final NavigableMap<CallId, NavigableSet<AgentId>> occupants = new TreeMap<>();
    private final NavigableSet<QueueId> stirred = new TreeSet<>();

    /** Since when sip-ingress does not list them; known to this leader alone. */
    private final NavigableMap<CallId, Instant> missing = new TreeMap<>();

    private final Agenda<AgentId> agentAgenda = new Agenda<>();
    private final Agenda<CallId> callAgenda = new Agenda<>();
    private Bench bench = new Bench();
    private TenantPlan plan;

    AcdState(TenantPlan plan, Duration leaseGuard) {
        this.plan = plan;
        this.leaseGuard = leaseGuard;
    }

    void apply(AcdEvent event) {
        switch (event) {
            case AcdEvent.LeaderElected elected -> epoch = elected.epoch();
            case AcdEvent.OfCall ofCall -> applyToCall(ofCall);
            case AcdEvent.AgentChanged changed -> put(changed.next());
            case AcdEvent.RegistrationRenewed renewed -> renew(renewed);
            case AcdEvent.AgentRemoved removed -> removeAgent(removed.agent());
        }
    }

    private void applyToCall(AcdEvent.OfCall event) {
        var at = event.stamp().at();
        switch (event) {
            case AcdEvent.CallQueued queued -> queue(queued);
            case AcdEvent.CallPlaced placed -> place(placed);
            case AcdEvent.CallReleased released -> removeCall(released.call());
            case AcdEvent.OfferMade made ->
                    queued(made.call()).ifPresent(call -> put(event, call.offered(made.offer())));
            case AcdEvent.OfferAccepted accepted ->
                    queued(accepted.call())
                            .flatMap(call -> call.offerTo(accepted.agent()))
                            .map(o -> new QueuedCall.State.Talking(o.agent(), o.leg(), at))
                            .ifPresent(talking -> change(event, talking));
            case AcdEvent.OfferEnded ended -> endOffer(ended);
            case AcdEvent.CallReturned(var stamp, var id, var agent, var until) ->
                    queued(id)
                            .map(call -> call.in(new QueuedCall.State.Waiting(at)))
                            .ifPresent(call -> put(event, call.missedBy(agent, until)));
            case AcdEvent.CallDequeued dequeued ->
                    call(dequeued.call()).ifPresent(call -> put(event, call));
            case AcdEvent.NumberDialled(var stamp, var id, var leg, var until) ->
                    change(event, new PlacedCall.State.RingingNumber(leg, at, until));
            case AcdEvent.NumberAnswered answered -> answer(answered);
            case AcdEvent.CallEnding ending -> end(ending);
            case AcdEvent.CallMoved moved ->
                    call(moved.call()).ifPresent(call -> put(event, call.at(moved.sipIngress())));
        }
    }

    private void queue(AcdEvent.CallQueued queued) {
        var at = queued.stamp().at();
        removeCall(queued.call());
        arrivals++;
        put(
                queued,
                new QueuedCall(
                        queued.call(),
                        queued.caller(),
                        queued.target(),
                        new Place(at, arrivals, queued.music()),
                        Collections.emptyNavigableMap(),
                        new QueuedCall.State.Waiting(at),
                        queued.stamp().sequence()));
    }

    private void place(AcdEvent.CallPlaced placed) {
        var placing = placed.placing();
        var state = new PlacedCall.State.RingingAgent(placed.stamp().at(), placing.ringsUntil());
        put(
                placed,
                new PlacedCall(
                        placed.call(),
                        placed.agent(),
                        placing.plan(),
                        placing.sipIngress(),
                        state,
                        placed.stamp().sequence()));
    }

    private void answer(AcdEvent.NumberAnswered answered) {
        if (calls.get(answered.call()) instanceof PlacedCall call
                && call.state() instanceof PlacedCall.State.RingingNumber ringing) {
            var talking = new PlacedCall.State.Talking(ringing.leg(), answered.stamp().at());
            put(answered, call.in(talking));
        }
    }

    private void end(AcdEvent.CallEnding ending) {
        var at = ending.stamp().at();
        var call = calls.get(ending.call());
        if (call instanceof PlacedCall placed && ending.toldUntil().isPresent()) {
            var until = ending.toldUntil().get();
            put(ending, placed.in(new PlacedCall.State.Telling(ending.reason(), at, until)));
        } else if (call instanceof QueuedCall queued) {
            put(ending, queued.leave(ending.callerThere(), at, ending.forgottenAt()));
        } else if (call != null) {
            put(ending, call.leave(at, ending.forgottenAt()));
        }
    }

    private void endOffer(AcdEvent.OfferEnded ended) {
        var agent = ended.agent();
        queued(ended.call())
                .map(call -> call.notOffered(agent, ended.stamp().at()))
                .map(
                        call ->
                                ended.othersFirst()
                                        .map(until -> call.missedBy(agent, until))
                                        .orElse(call))
                .ifPresent(call -> put(ended, call));
    }

    private void change(AcdEvent.OfCall event, QueuedCall.State next) {
        queued(event.call()).ifPresent(call -> put(event, call.in(next)));
    }

    private void change(AcdEvent.OfCall event, PlacedCall.State next) {
        if (calls.get(event.call()) instanceof PlacedCall call) {
            put(event, call.in(next));
        }
    }

    private void put(AcdEvent.OfCall event, Call changed) {
        put(changed.numbered(event.stamp().sequence()));
    }

    private void put(Call call) {
        calls.put(call.id(), call);
        callAgenda.set(call.id(), call.deadline());
        if (call instanceof QueuedCall queued) {
            queued.queue()
                    .ifPresent(
                            queue -> {
                                line(queue).put(queued);
                                stirred.add(queue);
                            });
        }
    }

    private void removeCall(CallId id) {
        missing.remove(id);
        callAgenda.set(id, Optional.empty());
        if (calls.remove(id) instanceof QueuedCall queued) {
            queued.queue().ifPresent(queue -> line(queue).remove(queued));
        }
    }

    private void renew(AcdEvent.RegistrationRenewed renewed) {
        agent(renewed.agent())
                .map(agent -> agent.renewed(renewed.until()))
                .ifPresent(agent -> put(agent.numbered(renewed.stamp().sequence())));
    }

    private void put(Agent agent) {
        var before = agents.put(agent.id(), agent);
        if (before != null) {
            before.call().ifPresent(call -> leave(call, agent.id()));
        }
        agent.call()
                .filter(call -> !(agent.state() instanceof AgentState.WrapUp))
                .ifPresent(
                        call ->
                                occupants
                                        .computeIfAbsent(call, id -> new TreeSet<>())
                                        .add(agent.id()));
        agentAgenda.set(agent.id(), agent.deadline(leaseGuard));
        seat(agent);
    }

    private void leave(CallId call, AgentId agent) {
        var others = occupants.get(call);
        if (others != null && others.remove(agent) && others.isEmpty()) {
            occupants.remove(call);
        }
    }

    private void removeAgent(AgentId id) {
        agents.remove(id);
        agentAgenda.set(id, Optional.empty());
        bench.place(id, Optional.empty(), plan.queuesOf(id));
    }

    private void seat(Agent agent) {
        var queues = plan.queuesOf(agent.id());
        var seat =
                agent.state() instanceof AgentState.Ready ready && agent.free()
                        ? Optional.of(new Candidate(agent.id(), ready.idleSince(), ready.since()))
                        : Optional.<Candidate>empty();
        bench.place(agent.id(), seat, queues);
        if (seat.isPresent()) {
            stirred.addAll(queues);
        }
    }

    /** Works by another plan from now on. */
    void plan(TenantPlan next) {
        plan = next;
        bench = new Bench();
        agents.values().forEach(this::seat);
        stirAll();
    }

    TenantPlan plan() {
        return plan;
    }

    long epoch() {
        return epoch;
    }

    Optional<Agent> agent(AgentId id) {
        return Optional.ofNullable(agents.get(id));
    }

    Collection<Agent> agents() {
        return Collections.unmodifiableCollection(agents.values());
    }

    /** Who is being offered a call, or talks in it. */
    List<Agent> occupants(CallId call) {
        return occupants.getOrDefault(call, Collections.emptyNavigableSet()).stream()
                .map(agents::get)
                .toList();
    }

    Optional<Call> call(CallId id) {
        return Optional.ofNullable(calls.get(id));
    }

    Optional<QueuedCall> queued(CallId id) {
        return calls.get(id) instanceof QueuedCall call ? Optional.of(call) : Optional.empty();
    }

    Collection<Call> calls() {
        return Collections.unmodifiableCollection(calls.values());
    }

    Line line(QueueId queue) {
        return lines.computeIfAbsent(queue, id -> new Line());
    }

    Stream<Candidate> free(QueueId queue) {
        return bench.free(queue).stream();
    }

    /** Queues where something changed that may let a call find an agent. */
    NavigableSet<QueueId> stirred() {
        return stirred;
    }

    /** Has every queue looked at anew, as after a replay. */
    void stirAll() {
        stirred.addAll(lines.keySet());
    }

    Agenda<AgentId> agentAgenda() {
        return agentAgenda;
    }

    Agenda<CallId> callAgenda() {
        return callAgenda;
    }

    Instant nextDeadline() {
        return Stream.of(agentAgenda.next(), callAgenda.next())
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    /** Since when a call is not listed by its sip-ingress; now, when that is news. */
    Instant missing(CallId call, Instant now) {
        return missing.computeIfAbsent(call, id -> now);
    }

    /** It is listed. */
    void found(CallId call) {
        missing.remove(call);
    }

    /** What is the case, for a snapshot. */
    Acd.Kept kept() {
        return new Acd.Kept(
                epoch, arrivals, List.copyOf(agents.values()), List.copyOf(calls.values()));
    }

    /** Begins with what was kept. */
    void restore(Acd.Kept kept) {
        epoch = kept.epoch();
        arrivals = kept.arrivals();
        kept.agents().forEach(this::put);
        kept.calls().forEach(this::put);
    }

    /** All that is the case, in words that are the same for the same state. */
    String fingerprint() {
        return epoch + "|" + arrivals + "|" + agents.values() + "|" + calls.values();
    }
}
