// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.panacall.acd.core.Acd;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.call.Call;
import org.panacall.acd.core.call.Place;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.floor.Floor;
import org.panacall.acd.core.floor.Line;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.ById;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.ledger.Ledger;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.core.rules.OpenHours;
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
    private final ById<AgentId, Agent> agents = new ById<>();
    private final ById<CallId, Call> calls = new ById<>();
    private long epoch;
    private long arrivals;
    private final Waits waits = new Waits(this::queued);

    private final Ledgers ledgers = new Ledgers(this::present);

    // Indexes over the above: things are looked up in those by hash, and none is gone through.
    private final Floor floor;
    private final Map<CallId, NavigableSet<AgentId>> occupants = new LinkedHashMap<>();
    private final OwnCalls ownCalls = new OwnCalls();
    private final Map<QueueId, OpenHours> hours = new LinkedHashMap<>();
    private final Crews crews = new Crews();

    /** Since when sip-ingress does not list them; known to this leader alone. */
    private final Map<CallId, Instant> missing = new LinkedHashMap<>();

    private final Agenda<AgentId> agentAgenda = new Agenda<>();
    private final Agenda<CallId> callAgenda = new Agenda<>();
    private TenantPlan plan;

    public AcdState(TenantPlan plan, Duration leaseGuard) {
        this.plan = plan;
        this.leaseGuard = leaseGuard;
        floor = new Floor(plan, this::agent, this::queued);
    }

    public void apply(AcdEvent event) {
        switch (event) {
            case AcdEvent.LeaderElected elected -> epoch = elected.epoch();
            case AcdEvent.OfCall ofCall -> applyToCall(ofCall);
            case AcdEvent.TermsChanged changed -> ledgers.changeTerms(changed);
            case AcdEvent.CallbackChanged changed -> callBack(changed);
            case AcdEvent.CallbackEnded ended -> endCallback(ended);
            case AcdEvent.AgentChanged changed -> {
                waits.apply(changed);
                put(changed.next(), changed.stamp().at());
            }
            case AcdEvent.RegistrationRenewed renewed -> renew(renewed);
            case AcdEvent.AgentOverdue overdue -> overdue(overdue);
            case AcdEvent.AgentRemoved removed -> {
                waits.apply(removed);
                removeAgent(removed.agent());
            }
        }
    }

    private void applyToCall(AcdEvent.OfCall event) {
        waits.apply(event);
        queued(event.call()).ifPresent(call -> ledgers.follow(event, call));
        switch (event) {
            case AcdEvent.CallQueued queued -> {
                var before = call(queued.call());
                removeCall(queued.call());
                put(CallFold.queued(queued, before, ++arrivals), event.stamp().at());
            }
            case AcdEvent.CallPlaced placed -> put(CallFold.placed(placed), event.stamp().at());
            case AcdEvent.CallReleased released -> removeCall(released.call());
            default ->
                    call(event.call())
                            .flatMap(call -> CallFold.after(event, call))
                            .map(call -> call.numbered(event.stamp().sequence()))
                            .ifPresent(call -> put(call, event.stamp().at()));
        }
    }

    /** Who is in line by a promise has a call that stands in for him. */
    private void callBack(AcdEvent.CallbackChanged changed) {
        var next = changed.next();
        var before = waits.callbacks().callback(next.id()).filter(Callback::inLine);
        var stays = next.inLine() && before.filter(old -> old.isWith(next)).isPresent();
        waits.apply(changed);
        arrivals = Math.max(arrivals, next.place().arrival());
        if (!stays) {
            before.map(Callback::standIn).ifPresent(this::removeCall);
            if (next.inLine()) {
                var at = changed.stamp().at();
                put(next.waiting(at), at);
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
                .ifPresent(heir -> inherit(heir, before.get().place(), ended.stamp().at()));
    }

    private void inherit(QueuedCall heir, Place place, Instant at) {
        floor.remove(heir);
        put(heir.inheriting(place), at);
    }

    private void put(Call call, Instant at) {
        calls.put(call.id(), call);
        callAgenda.set(call.id(), due(call, at));
        if (call instanceof QueuedCall queued) {
            floor.put(queued, at);
            waits.schedule(queued, plan);
        }
    }

    /** By its state, or by the rules of the queue where it waits; a stand-in waits in any case. */
    private Optional<Instant> due(Call call, Instant at) {
        var deadline = call.deadline();
        if (deadline.isPresent() || !(call instanceof QueuedCall queued) || !queued.waits()) {
            return deadline;
        }
        return queued.queue()
                .filter(queue -> !waits.callbacks().isStandIn(call))
                .flatMap(plan::queue)
                .filter(queue -> !queue.conduct().whileWaiting().isEmpty())
                .flatMap(
                        queue ->
                                queued.patience()
                                        .firstLook(
                                                queue.conduct().whileWaiting(),
                                                hours(queue.id()),
                                                at));
    }

    /** A look at a call's queue's rules found nothing; the next one is then. */
    public void lookAgain(CallId call, Optional<Instant> at) {
        callAgenda.set(call, at);
    }

    private void removeCall(CallId id) {
        missing.remove(id);
        callAgenda.set(id, Optional.empty());
        waits.remove(id);
        if (calls.remove(id) instanceof QueuedCall queued) {
            floor.remove(queued);
        }
    }

    private void renew(AcdEvent.RegistrationRenewed renewed) {
        var stamp = renewed.stamp();
        agent(renewed.agent())
                .map(it -> it.renewed(renewed.device().orElse(it.extension()), renewed.until()))
                .ifPresent(agent -> put(agent.numbered(stamp.sequence()), stamp.at()));
    }

    private void overdue(AcdEvent.AgentOverdue overdue) {
        var stamp = overdue.stamp();
        agent(overdue.agent())
                .map(Agent::overdue)
                .ifPresent(agent -> put(agent.numbered(stamp.sequence()), stamp.at()));
    }

    private void put(Agent agent, Instant at) {
        var before = agents.put(agent.id(), agent);
        if (before != null) {
            before.occupiedBy().ifPresent(call -> leave(call, agent.id()));
        }
        agent.occupiedBy()
                .ifPresent(
                        call ->
                                occupants
                                        .computeIfAbsent(call, id -> new TreeSet<>())
                                        .add(agent.id()));
        ownCalls.put(Optional.ofNullable(before), agent);
        schedule(agent);
        seat(agent, at);
    }

    private void seat(Agent agent, Instant at) {
        crews.place(agent, plan.queuesOf(agent.id()));
        floor.seat(agent, at);
    }

    private void schedule(Agent agent) {
        var due =
                Stream.of(agent.deadline(leaseGuard), plan.rules().overdueAt(agent))
                        .flatMap(Optional::stream)
                        .min(Instant::compareTo);
        agentAgenda.set(agent.id(), due);
    }

    private void leave(CallId call, AgentId agent) {
        var others = occupants.get(call);
        if (others != null && others.remove(agent) && others.isEmpty()) {
            occupants.remove(call);
        }
    }

    private void removeAgent(AgentId id) {
        Optional.ofNullable(agents.remove(id)).ifPresent(ownCalls::remove);
        agentAgenda.set(id, Optional.empty());
        ledgers.forget(id);
        crews.remove(id);
        floor.unseat(id);
    }

    /** Works by another plan from now on. */
    public void plan(TenantPlan next, Instant now) {
        plan = next;
        hours.clear();
        floor.plan(next);
        crews.clear();
        agents.values().forEach(agent -> seat(agent, now));
        agents.values().forEach(this::schedule);
        for (var call : List.copyOf(calls.values())) {
            callAgenda.set(call.id(), due(call, call.since()));
            refresh(call.id(), now);
            queued(call.id()).ifPresent(queued -> waits.schedule(queued, plan));
        }
    }

    /** What a call wants may follow from the time, too. */
    public void refresh(CallId call, Instant now) {
        queued(call).ifPresent(queued -> floor.put(queued, now));
    }

    /** When a queue is open. */
    public OpenHours hours(QueueId queue) {
        return hours.computeIfAbsent(
                queue,
                id -> new OpenHours(plan.queue(id).flatMap(known -> known.conduct().hours())));
    }

    public TenantPlan plan() {
        return plan;
    }

    /** Of the next who comes. */
    public long nextArrival() {
        return arrivals + 1;
    }

    public long epoch() {
        return epoch;
    }

    public Optional<Agent> agent(AgentId id) {
        return agents.find(id);
    }

    public Collection<Agent> agents() {
        return agents.values();
    }

    public OwnCalls ownCalls() {
        return ownCalls;
    }

    /** Who is being offered a call, or talks in it. */
    public List<Agent> occupants(CallId call) {
        var ids = occupants.get(call);
        return ids == null
                ? List.of()
                : ids.stream().flatMap(id -> agents.find(id).stream()).toList();
    }

    public Optional<Call> call(CallId id) {
        return calls.find(id);
    }

    public Optional<QueuedCall> queued(CallId id) {
        return calls.find(id).orElse(null) instanceof QueuedCall call
                ? Optional.of(call)
                : Optional.empty();
    }

    public Collection<Call> calls() {
        return calls.values();
    }

    private boolean present(AgentId id) {
        return agent(id).filter(Floor::isPresent).isPresent();
    }

    public Line line(QueueId queue) {
        return floor.line(queue);
    }

    public Ledger ledger(QueueId queue) {
        return ledgers.of(queue);
    }

    /** The queues that remember something of their work. */
    public List<QueueId> queuesCounted() {
        return ledgers.queues();
    }

    public Floor floor() {
        return floor;
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
                        floor.agenda().next(),
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
                ledgers.kept(),
                waits.kept());
    }

    /** Begins with what was kept. */
    public void restore(Acd.Kept kept) {
        epoch = kept.epoch();
        arrivals = kept.arrivals();
        waits.restore(kept.waits(), kept.calls());
        kept.agents().forEach(agent -> put(agent, agent.state().since()));
        kept.calls().forEach(call -> put(call, call.since()));
        ledgers.restore(kept.ledgers());
    }

    /** All that is the case, in words that are the same for the same state. */
    public String fingerprint() {
        var people = agents.values() + "|" + calls.values();
        return epoch + "|" + arrivals + "|" + people + ledgers + "|" + waits.kept();
    }
}
