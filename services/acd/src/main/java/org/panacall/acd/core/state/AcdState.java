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
import org.panacall.acd.core.call.Place;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.floor.Floor;
import org.panacall.acd.core.floor.Line;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.ledger.Ledger;
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

    private final Ledgers ledgers = new Ledgers(this::present);

    // Indexes over the above.
    private final NavigableMap<CallId, NavigableSet<AgentId>> occupants = new TreeMap<>();
    private final Floor floor;
    private final Crews crews = new Crews();

    /** Since when sip-ingress does not list them; known to this leader alone. */
    private final NavigableMap<CallId, Instant> missing = new TreeMap<>();

    private final Agenda<AgentId> agentAgenda = new Agenda<>();
    private final Agenda<CallId> callAgenda = new Agenda<>();
    private TenantPlan plan;

    public AcdState(TenantPlan plan, Duration leaseGuard) {
        this.plan = plan;
        this.leaseGuard = leaseGuard;
        floor = new Floor(plan, this::agent, this::queued, Agent::talksElsewhere);
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
            case AcdEvent.AgentRemoved removed -> {
                waits.apply(removed);
                removeAgent(removed.agent());
            }
        }
    }

    private void applyToCall(AcdEvent.OfCall event) {
        var before = calls.get(event.call());
        waits.apply(event);
        ledgers.apply(event, before);
        switch (event) {
            case AcdEvent.CallQueued queued -> {
                removeCall(queued.call());
                put(CallFold.queued(queued, ++arrivals), event.stamp().at());
            }
            case AcdEvent.CallPlaced placed -> put(CallFold.placed(placed), event.stamp().at());
            case AcdEvent.CallReleased released -> removeCall(released.call());
            default -> {
                if (before != null) {
                    CallFold.after(event, before).ifPresent(call -> put(event, call));
                }
            }
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

    private void put(AcdEvent.OfCall event, Call changed) {
        put(changed.numbered(event.stamp().sequence()), event.stamp().at());
    }

    private void put(Call call, Instant at) {
        calls.put(call.id(), call);
        callAgenda.set(call.id(), call.deadline());
        if (call instanceof QueuedCall queued) {
            floor.put(queued, at);
            waits.schedule(queued, plan);
        }
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
                .map(agent -> agent.renewed(renewed.until()).numbered(stamp.sequence()))
                .ifPresent(agent -> put(agent, stamp.at()));
    }

    private void put(Agent agent, Instant at) {
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
        seat(agent, at);
    }

    private void seat(Agent agent, Instant at) {
        crews.place(agent, plan.queuesOf(agent.id()));
        floor.seat(agent, at);
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
        ledgers.forget(id);
        crews.remove(id);
        floor.unseat(id);
    }

    /** Works by another plan from now on. */
    public void plan(TenantPlan next, Instant now) {
        plan = next;
        floor.plan(next);
        crews.clear();
        agents.values().forEach(agent -> seat(agent, now));
        List.copyOf(calls.values()).forEach(call -> refresh(call.id(), now));
        calls.keySet().forEach(id -> queued(id).ifPresent(call -> waits.schedule(call, plan)));
    }

    /** What a call wants may follow from the time, too. */
    public void refresh(CallId call, Instant now) {
        queued(call).ifPresent(queued -> floor.put(queued, now));
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
