// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.panacall.acd.core.AcdEvent.CallDequeued.Cause;
import org.panacall.acd.core.AcdEvent.Stamp;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.call.Call;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.call.Offer;
import org.panacall.acd.core.call.PlacedCall;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.floor.Matching;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.IdSource;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.ledger.KeptLedger;
import org.panacall.acd.core.plan.Limits;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.core.rules.ExpectedWait;
import org.panacall.acd.core.state.AcdState;
import org.panacall.acd.core.state.Turn;
import org.panacall.acd.core.waiting.Apologies;
import org.panacall.acd.core.waiting.CallingBack;
import org.panacall.acd.core.waiting.Hosting;
import org.panacall.acd.core.waiting.Prospects;
import org.panacall.acd.core.waiting.Waits;
import org.panacall.engine.Core;
import org.panacall.engine.Decision;

/**
 * The queues and agents of one tenant: calls wait in order of arrival and are offered to agents.
 *
 * <p>Owned by a single thread. Its first turn after a replay takes the tenant over: it says who
 * leads, orders once more whatever the state of the calls asks for, and matches every queue.
 */
public final class Acd implements Core<AcdCommand, AcdEvent, AcdEffect, Refusal> {

    /** Who leads the tenant, and for which time in its history. */
    public record Leadership(long epoch, String instance) {}

    /**
     * All that is the case with a tenant, as values that do not change: what a snapshot is made of.
     *
     * @param arrivals how many calls have arrived so far
     */
    public record Kept(
            long epoch,
            long arrivals,
            List<Agent> agents,
            List<Call> calls,
            List<KeptLedger> ledgers,
            Waits.Kept waits) {

        public Kept {
            ledgers = List.copyOf(ledgers);
            agents = List.copyOf(agents);
            calls = List.copyOf(calls);
        }
    }

    private final AcdState state;
    private final Limits limits;
    private final IdSource ids;
    private final ExpectedWait expectedWait;
    private final Leadership leadership;
    private boolean begun;

    public Acd(TenantPlan plan, Limits limits, IdSource ids, Leadership leadership) {
        this(plan, limits, ids, leadership, Optional.empty());
    }

    /**
     * @param expectedWait what rules about long waits go by, instead of what waits have taught
     */
    public Acd(
            TenantPlan plan,
            Limits limits,
            IdSource ids,
            Leadership leadership,
            ExpectedWait expectedWait) {
        this(plan, limits, ids, leadership, Optional.of(expectedWait));
    }

    private Acd(
            TenantPlan plan,
            Limits limits,
            IdSource ids,
            Leadership leadership,
            Optional<ExpectedWait> given) {
        expectedWait = given.orElse(this::expectedWait);
        state = new AcdState(plan, limits.guards().lease());
        this.limits = limits;
        this.ids = ids;
        this.leadership = leadership;
    }

    private Optional<Duration> expectedWait(QueuedCall call, Instant now) {
        return new Prospects(state, now).trusted(call);
    }

    @Override
    public Decision<AcdEvent, AcdEffect, Refusal> handle(AcdCommand command, Instant now) {
        var turn = new Turn(now, state, limits, ids, expectedWait);
        // First what is due, so that a word after the deadline loses even when the tick is late.
        advance(turn);
        var refusal = decide(command, turn);
        // And what became due by it: a call that is back in line may have waited for too long.
        advance(turn);
        settle(turn);
        return turn.decision(refusal);
    }

    @Override
    public Decision<AcdEvent, AcdEffect, Refusal> tick(Instant now) {
        var turn = new Turn(now, state, limits, ids, expectedWait);
        advance(turn);
        settle(turn);
        return turn.decision(Optional.empty());
    }

    @Override
    public Optional<Instant> nextDeadline() {
        if (!begun) {
            return Optional.of(Instant.EPOCH);
        }
        return Optional.of(state.nextDeadline()).filter(Instant.MAX::isAfter);
    }

    @Override
    public void apply(AcdEvent event) {
        state.apply(event);
    }

    private static void match(Turn turn) {
        var state = turn.state();
        new Matching(state.floor(), state::ledger, turn.now(), new Offering(turn)).match();
    }

    private Optional<Refusal> decide(AcdCommand command, Turn turn) {
        switch (command) {
            case AcdCommand.EnqueueCall enqueue -> {
                return new Queueing(turn).enqueue(enqueue);
            }
            case AcdCommand.PlaceCall place -> {
                return new Placing(turn).place(place);
            }
            case AcdCommand.RequestCallback request -> {
                return new Queueing(turn).promise(request);
            }
            case AcdCommand.CancelCallback(var callback) -> {
                return new Queueing(turn).cancel(callback);
            }
            case AcdCommand.SetAgentState say -> {
                return new Attending(turn).say(say);
            }
            case AcdCommand.ExtendWrapUp extend -> {
                return new Attending(turn).extend(extend);
            }
            case AcdCommand.HearOwnCallBegan began -> new Placing(turn).began(began);
            case AcdCommand.HearOwnCallEnded(var call) -> new Placing(turn).ended(call);
            case AcdCommand.Notice notice -> new Hearing(turn).hear(notice);
            case AcdCommand.HearEffectFailed(var effect, var failure) ->
                    new Reconciling(turn).failed(effect, failure);
            case AcdCommand.RenewRegistrations renew -> new Attending(turn).renew(renew);
            case AcdCommand.ConfigureTenant(var plan) -> new Attending(turn).configure(plan);
            case AcdCommand.ReconcileCalls reconcile -> new Reconciling(turn).reconcile(reconcile);
            case AcdCommand.LoseSipIngress(var gone) -> new Reconciling(turn).lose(gone);
        }
        return Optional.empty();
    }

    /** Does what is due, also what became so by that. Whether anything was. */
    private boolean advance(Turn turn) {
        if (!begun) {
            begun = true;
            takeOver(turn);
        }
        var any = false;
        while (moveOn(turn)) {
            any = true;
        }
        return any;
    }

    private boolean moveOn(Turn turn) {
        var any = false;
        for (var agent = state.agentAgenda().due(turn.now());
                agent.isPresent();
                agent = state.agentAgenda().due(turn.now())) {
            any = true;
            new Attending(turn).due(agent.get());
        }
        for (var call = state.callAgenda().due(turn.now());
                call.isPresent();
                call = state.callAgenda().due(turn.now())) {
            any = true;
            due(call.get(), turn);
        }
        for (var call = state.floor().agenda().due(turn.now());
                call.isPresent();
                call = state.floor().agenda().due(turn.now())) {
            any = true;
            state.refresh(call.get(), turn.now());
        }
        return any;
    }

    /**
     * Calls find their agents or another queue, then those who still wait hear what is due. That
     * may bring a callback back in line, or a call to where it has waited for too long.
     */
    private void settle(Turn turn) {
        match(turn);
        while (advance(turn) || host(turn)) {
            advance(turn);
            match(turn);
        }
    }

    /** Whether anything was due for those who wait. */
    private boolean host(Turn turn) {
        var waits = state.waits();
        var any = false;
        for (var call = waits.agenda().due(turn.now());
                call.isPresent();
                call = waits.agenda().due(turn.now())) {
            any = true;
            new Hosting(turn).due(call.get());
        }
        for (var callback = waits.callbacks().agenda().due(turn.now());
                callback.isPresent();
                callback = waits.callbacks().agenda().due(turn.now())) {
            any = true;
            new CallingBack(turn).due(callback.get());
        }
        return any;
    }

    private void takeOver(Turn turn) {
        if (state.epoch() < leadership.epoch()) {
            var stamp = new Stamp(turn.now(), leadership.epoch());
            turn.emit(new AcdEvent.LeaderElected(stamp, leadership.epoch(), leadership.instance()));
        }
        new Attending(turn).configure(state.plan());
        var orders = new Orders(turn);
        state.calls().forEach(orders::resume);
        state.waits().callbacks().all().forEach(new Apologies(turn)::resume);
    }

    /** A call's deadline has passed. */
    private void due(CallId id, Turn turn) {
        var ending = new Ending(turn);
        switch (state.call(id).orElseThrow()) {
            case Call call when call.leaving() -> {
                new Orders(turn).hangUp(call, EndReason.CALL_LOST);
                ending.release(id, EndReason.CALL_LOST, Cause.FAILED);
            }
            case QueuedCall call -> due(call, turn);
            case PlacedCall call -> due(call, turn);
        }
    }

    private static void due(QueuedCall call, Turn turn) {
        var overflowing = new Overflowing(turn);
        switch (call.state()) {
            case QueuedCall.State.Offered offered -> due(offered, call, turn);
            case QueuedCall.State.Waiting waiting -> overflowing.look(call);
            case QueuedCall.State.Dialled dialled -> overflowing.notForwarded(call, dialled.leg());
            case QueuedCall.State.Told told -> new Ending(turn).hangUp(call, told.reason().end());
            case QueuedCall.State.HandedOver handedOver ->
                    new Ending(turn).release(call.id(), EndReason.HANDED_OVER, Cause.OVERFLOW);
            case QueuedCall.State.Talking talking -> {}
            case QueuedCall.State.Forwarded forwarded -> {}
            case QueuedCall.State.Leaving leaving -> {}
        }
    }

    /** Phones that were rung for too long, and those that are to ring now. */
    private static void due(QueuedCall.State.Offered offered, QueuedCall call, Turn turn) {
        for (var offer : offered.offers().values()) {
            var now = turn.state().queued(call.id());
            if (now.filter(present -> present.offers().contains(offer)).isEmpty()) {
                continue;
            }
            if (offer.expiresAt().isAfter(turn.now())) {
                new Ringing(turn).due(now.get(), offer);
            } else {
                new Offering(turn).giveUp(now.get(), offer, Offer.End.NO_ANSWER);
            }
        }
        turn.state()
                .queued(call.id())
                .filter(now -> now.nextStage().filter(at -> !at.isAfter(turn.now())).isPresent())
                .ifPresent(new Overflowing(turn)::goOn);
    }

    private static void due(PlacedCall call, Turn turn) {
        switch (call.state()) {
            case PlacedCall.State.RingingNumber ringing -> {
                new Orders(turn).hangUp(call, ringing.leg(), EndReason.NO_ANSWER);
                new Placing(turn).tell(call, EndReason.NO_ANSWER);
            }
            case PlacedCall.State.Telling telling ->
                    new Ending(turn).hangUp(call, telling.reason());
            case PlacedCall.State.RingingAgent ringing -> {
                if (new CallingBack(turn).whispers(call)) {
                    new Placing(turn).dial(call);
                } else {
                    new Ending(turn).hangUp(call, EndReason.NO_ANSWER);
                }
            }
            case PlacedCall.State.Talking talking -> {}
            case PlacedCall.State.Leaving leaving -> {}
        }
    }

    /** What is the case, for a snapshot. */
    public Kept kept() {
        return state.kept();
    }

    /** Begins with a snapshot; before the first event and command. */
    public void restore(Kept kept) {
        state.restore(kept);
    }

    /** All agents, by id. Valid on the owner's thread alone, as are the other questions. */
    public Collection<Agent> agents() {
        return state.agents();
    }

    public Collection<Call> calls() {
        return state.calls();
    }

    public Optional<Call> call(CallId id) {
        return state.call(id);
    }

    public TenantPlan plan() {
        return state.plan();
    }

    /** Calls that wait in a queue, being offered or not. */
    public int waiting(QueueId queue) {
        return state.line(queue).size();
    }

    /** The calls that wait in a queue, being offered or not, in the order of the line. */
    public List<QueuedCall> line(QueueId queue) {
        return state.line(queue).held().stream()
                .flatMap(call -> state.queued(call).stream())
                .toList();
    }

    /** Promises to call back that are open. */
    public int callbacks(QueueId queue) {
        return state.waits().callbacks().count(queue);
    }

    /** What waiting callers hear, and what was promised to those who hung up. */
    public Waits waits() {
        return state.waits();
    }

    /** Since when the call waits that has waited longest. */
    public Optional<Instant> waitingSince(QueueId queue) {
        return state.line(queue).eldest().flatMap(state::queued).map(call -> call.place().since());
    }

    /** All that is the case, in words that are the same for the same state. */
    public String fingerprint() {
        return state.fingerprint();
    }
}
