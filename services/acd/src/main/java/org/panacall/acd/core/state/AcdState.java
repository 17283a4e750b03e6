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
import org.panacall.acd.core.call.PlacedCall;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.floor.Floor;
import org.panacall.acd.core.floor.Line;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.ledger.Ledger;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.core.time.Agenda;

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

    private final Ledgers ledgers = new Ledgers(this::present);

    // Indexes over the above.
    private final NavigableMap<CallId, NavigableSet<AgentId>> occupants = new TreeMap<>();
    private final Floor floor;

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
            case AcdEvent.AgentChanged changed -> put(changed.next(), changed.stamp().at());
            case AcdEvent.RegistrationRenewed renewed -> renew(renewed);
            case AcdEvent.AgentRemoved removed -> removeAgent(removed.agent());
        }
    }

    private void applyToCall(AcdEvent.OfCall event) {
        var at = event.stamp().at();
        switch (event) {
            case AcdEvent.CallQueued queued -> queue(queued);
            case AcdEvent.CallPlaced placed -> place(placed);
            case AcdEvent.CallReleased released -> release(released);
            case AcdEvent.OfferMade made ->
                    queued(made.call()).ifPresent(call -> offer(call, made));
            case AcdEvent.OfferAccepted accepted ->
                    queued(accepted.call()).ifPresent(call -> accept(call, accepted));
            case AcdEvent.OfferEnded ended ->
                    queued(ended.call()).ifPresent(call -> endOffer(call, ended));
            case AcdEvent.CallReturned returned ->
                    queued(returned.call()).ifPresent(call -> takeBack(call, returned));
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
        ledgers.end(call, ending);
        if (call instanceof PlacedCall placed && ending.toldUntil().isPresent()) {
            var until = ending.toldUntil().get();
            put(ending, placed.in(new PlacedCall.State.Telling(ending.reason(), at, until)));
        } else if (call instanceof QueuedCall queued) {
            put(ending, queued.leave(ending.callerThere(), at, ending.forgottenAt()));
        } else if (call != null) {
            put(ending, call.leave(at, ending.forgottenAt()));
        }
    }

    private void offer(QueuedCall call, AcdEvent.OfferMade made) {
        ledgers.offer(made);
        put(made, call.offered(made.offer()));
    }

    private void accept(QueuedCall call, AcdEvent.OfferAccepted accepted) {
        ledgers.accept(call, accepted);
        var at = accepted.stamp().at();
        call.offerTo(accepted.agent())
                .map(offer -> new QueuedCall.State.Talking(offer.agent(), offer.leg(), at))
                .ifPresent(talking -> put(accepted, call.in(talking)));
    }

    private void endOffer(QueuedCall call, AcdEvent.OfferEnded ended) {
        ledgers.endOffer(call, ended);
        var agent = ended.agent();
        var without = call.notOffered(agent, ended.stamp().at());
        put(
                ended,
                ended.othersFirst().map(until -> without.missedBy(agent, until)).orElse(without));
    }

    private void takeBack(QueuedCall call, AcdEvent.CallReturned returned) {
        ledgers.returned(call, returned);
        var waiting = call.in(new QueuedCall.State.Waiting(returned.stamp().at()));
        put(returned, waiting.missedBy(returned.agent(), returned.othersFirst()));
    }

    private void release(AcdEvent.CallReleased released) {
        call(released.call()).ifPresent(call -> ledgers.end(call, released));
        removeCall(released.call());
    }

    private void change(AcdEvent.OfCall event, PlacedCall.State next) {
        if (calls.get(event.call()) instanceof PlacedCall call) {
            put(event, call.in(next));
        }
    }

    private void put(AcdEvent.OfCall event, Call changed) {
        put(changed.numbered(event.stamp().sequence()), event.stamp().at());
    }

    private void put(Call call, Instant at) {
        calls.put(call.id(), call);
        callAgenda.set(call.id(), call.deadline());
        if (call instanceof QueuedCall queued) {
            floor.put(queued, at);
        }
    }

    private void removeCall(CallId id) {
        missing.remove(id);
        callAgenda.set(id, Optional.empty());
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
        floor.unseat(id);
    }

    /** Works by another plan from now on. */
    public void plan(TenantPlan next, Instant now) {
        plan = next;
        floor.plan(next);
        agents.values().forEach(agent -> floor.seat(agent, now));
        List.copyOf(calls.values()).forEach(call -> refresh(call.id(), now));
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

    public Agenda<AgentId> agentAgenda() {
        return agentAgenda;
    }

    public Agenda<CallId> callAgenda() {
        return callAgenda;
    }

    public Instant nextDeadline() {
        return Stream.of(agentAgenda.next(), callAgenda.next(), floor.agenda().next())
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
                ledgers.kept());
    }

    /** Begins with what was kept. */
    public void restore(Acd.Kept kept) {
        epoch = kept.epoch();
        arrivals = kept.arrivals();
        kept.agents().forEach(agent -> put(agent, agent.state().since()));
        kept.calls().forEach(call -> put(call, call.since()));
        ledgers.restore(kept.ledgers());
    }

    /** All that is the case, in words that are the same for the same state. */
    public String fingerprint() {
        return epoch + "|" + arrivals + "|" + agents.values() + "|" + calls.values() + ledgers;
    }
}
