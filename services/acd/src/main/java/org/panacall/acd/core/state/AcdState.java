// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.state;

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
import org.panacall.acd.core.Acd;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.call.Call;
import org.panacall.acd.core.call.Line;
import org.panacall.acd.core.call.Place;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.match.Bench;
import org.panacall.acd.core.match.Candidate;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.core.time.Agenda;
import org.panacall.acd.core.waiting.Callback;
import org.panacall.acd.core.waiting.Crews;
import org.panacall.acd.core.waiting.Waits;

/**
 * What is the case with a tenant's agents and calls: a fold over events, and nothing else changes
 * it. The plan is configuration and no history: it shapes the indexes, never what is the case.
 */
public final class AcdState {

    private final Duration leaseGuard;
    private final NavigableMap<AgentId, Agent> agents = new TreeMap<>();
    private final NavigableMap<CallId, Call> calls = new TreeMap<>();
    private long epoch;
    private long arrivals;
    private final Waits waits = new Waits(this::queued);

    // Indexes over the above.
    private final NavigableMap<QueueId, Line> lines = new TreeMap<>();
    private final NavigableMap<CallId, NavigableSet<AgentId>> occupants = new TreeMap<>();
    private final NavigableSet<QueueId> stirred = new TreeSet<>();

    /** Since when sip-ingress does not list them; known to this leader alone. */
    private final NavigableMap<CallId, Instant> missing = new TreeMap<>();

    private final Agenda<AgentId> agentAgenda = new Agenda<>();
    private final Agenda<CallId> callAgenda = new Agenda<>();
    private final Crews crews = new Crews();
    private Bench bench = new Bench();
    private TenantPlan plan;

    public AcdState(TenantPlan plan, Duration leaseGuard) {
        this.plan = plan;
        this.leaseGuard = leaseGuard;
    }

    public void apply(AcdEvent event) {
        switch (event) {
            case AcdEvent.CallbackChanged changed -> callBack(changed);
            case AcdEvent.CallbackEnded ended -> endCallback(ended);
            default -> waits.apply(event);
        }
        switch (event) {
            case AcdEvent.LeaderElected elected -> epoch = elected.epoch();
            case AcdEvent.OfCall ofCall -> applyToCall(ofCall);
            case AcdEvent.OfCallback ofCallback -> {}
            case AcdEvent.AgentChanged changed -> put(changed.next());
            case AcdEvent.RegistrationRenewed renewed -> renew(renewed);
            case AcdEvent.AgentRemoved removed -> removeAgent(removed.agent());
        }
    }

    private void applyToCall(AcdEvent.OfCall event) {
        switch (event) {
            case AcdEvent.CallQueued queued -> {
                removeCall(queued.call());
                put(CallFold.queued(queued, ++arrivals));
            }
            case AcdEvent.CallPlaced placed -> put(CallFold.placed(placed));
            case AcdEvent.CallReleased released -> removeCall(released.call());
            default ->
                    call(event.call())
                            .flatMap(call -> CallFold.after(event, call))
                            .ifPresent(call -> put(call.numbered(event.stamp().sequence())));
        }
    }

    /** Who is in line by a promise has a call that stands in for him. */
    private void callBack(AcdEvent.CallbackChanged changed) {
        var next = changed.next();
        var before = waits.callbacks().callback(next.id()).filter(Callback::inLine);
        var stays = next.inLine() && before.filter(old -> old.isWith(next)).isPresent();
        waits.apply(changed);
        if (!stays) {
            before.map(Callback::standIn).ifPresent(this::removeCall);
            if (next.inLine()) {
                put(next.waiting(changed.stamp().at()));
            }
        }
    }

    private void endCallback(AcdEvent.CallbackEnded ended) {
        var before = waits.callbacks().callback(ended.callback());
        waits.apply(ended);
        before.filter(Callback::inLine).map(Callback::standIn).ifPresent(this::removeCall);
        ended.heir()
                .flatMap(this::queued)
                .filter(heir -> before.isPresent())
                .ifPresent(heir -> inherit(heir, before.get().place()));
    }

    private void inherit(QueuedCall heir, Place place) {
        heir.queue().ifPresent(queue -> line(queue).remove(heir));
        put(heir.inheriting(place));
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
            waits.schedule(queued, plan);
        }
    }

    private void removeCall(CallId id) {
        missing.remove(id);
        callAgenda.set(id, Optional.empty());
        waits.remove(id);
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
        crews.remove(id);
        bench.place(id, Optional.empty(), plan.queuesOf(id));
    }

    private void seat(Agent agent) {
        var queues = plan.queuesOf(agent.id());
        crews.place(agent, queues);
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
    public void plan(TenantPlan next) {
        plan = next;
        bench = new Bench();
        crews.clear();
        agents.values().forEach(this::seat);
        calls.keySet().forEach(id -> queued(id).ifPresent(call -> waits.schedule(call, plan)));
        stirAll();
    }

    public TenantPlan plan() {
        return plan;
    }

    public long epoch() {
        return epoch;
    }

    public Optional<Agent> agent(AgentId id) {
        return Optional.ofNullable(agents.get(id));
    }

    public Collection<Agent> agents() {
        return Collections.unmodifiableCollection(agents.values());
    }

    /** Who is being offered a call, or talks in it. */
    public List<Agent> occupants(CallId call) {
        return occupants.getOrDefault(call, Collections.emptyNavigableSet()).stream()
                .map(agents::get)
                .toList();
    }

    public Optional<Call> call(CallId id) {
        return Optional.ofNullable(calls.get(id));
    }

    public Optional<QueuedCall> queued(CallId id) {
        return calls.get(id) instanceof QueuedCall call ? Optional.of(call) : Optional.empty();
    }

    public Collection<Call> calls() {
        return Collections.unmodifiableCollection(calls.values());
    }

    public Line line(QueueId queue) {
        return lines.computeIfAbsent(queue, id -> new Line());
    }

    public Stream<Candidate> free(QueueId queue) {
        return bench.free(queue).stream();
    }

    /** Queues where something changed that may let a call find an agent. */
    public NavigableSet<QueueId> stirred() {
        return stirred;
    }

    /** Has every queue looked at anew, as after a replay. */
    public void stirAll() {
        stirred.addAll(lines.keySet());
    }

    /** What those who wait hear and were promised, and what waits have taught. */
    public Waits waits() {
        return waits;
    }

    /** Agents by the queues they serve. */
    public Crews crews() {
        return crews;
    }

    public Agenda<AgentId> agentAgenda() {
        return agentAgenda;
    }

    public Agenda<CallId> callAgenda() {
        return callAgenda;
    }

    public Instant nextDeadline() {
        return Stream.of(
                        agentAgenda.next(),
                        callAgenda.next(),
                        waits.agenda().next(),
                        waits.callbacks().agenda().next())
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    /** Since when a call is not listed by its sip-ingress; now, when that is news. */
    public Instant missing(CallId call, Instant now) {
        return missing.computeIfAbsent(call, id -> now);
    }

    /** It is listed. */
    public void found(CallId call) {
        missing.remove(call);
    }

    /** What is the case, for a snapshot. */
    public Acd.Kept kept() {
        return new Acd.Kept(
                epoch,
                arrivals,
                List.copyOf(agents.values()),
                List.copyOf(calls.values()),
                waits.kept());
    }

    /** Begins with what was kept. */
    public void restore(Acd.Kept kept) {
        epoch = kept.epoch();
        arrivals = kept.arrivals();
        waits.restore(kept.waits());
        kept.agents().forEach(this::put);
        kept.calls().forEach(this::put);
    }

    /** All that is the case, in words that are the same for the same state. */
    public String fingerprint() {
        return epoch
                + "|"
                + arrivals
                + "|"
                + agents.values()
                + "|"
                + calls.values()
                + "|"
                + waits.kept();
    }
}
