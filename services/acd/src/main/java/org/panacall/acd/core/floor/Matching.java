// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.floor;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.ledger.Ledger;
import org.panacall.acd.core.match.Ringing;
import org.panacall.acd.core.plan.QueuePlan;

/**
 * Brings waiting calls and free agents together. Before a turn none of them fit each other, so only
 * those that the turn has stirred are looked at.
 */
public final class Matching {

    /** Does what is found to be done; the floor shows it at once. */
    public interface Doer {

        /** Rings an agent for a call. */
        void ring(QueuedCall call, Agent agent, Duration time);

        /** Sends a call elsewhere whose queue is gone. */
        void moveOn(QueuedCall call);
    }

    /**
     * A call that may find an agent now.
     *
     * @param rank among the calls of all queues
     * @param by the agent for whom it is looked at; empty when it was stirred itself
     */
    private record Look(Instant rank, Waiter waiter, Optional<AgentId> by)
            implements Comparable<Look> {

        private static final Comparator<Look> ORDER =
                Comparator.comparing(Look::rank)
                        .thenComparing(Look::waiter)
                        .thenComparing(look -> look.by().map(AgentId::value).orElse(""));

        @Override
        public int compareTo(Look other) {
            return ORDER.compare(this, other);
        }
    }

    private final Floor floor;
    private final Function<QueueId, Ledger> ledgers;
    private final Doer doer;
    private final Pairing pairing;

    public Matching(Floor floor, Function<QueueId, Ledger> ledgers, Instant now, Doer doer) {
        this.floor = floor;
        this.ledgers = ledgers;
        this.doer = doer;
        pairing = new Pairing(floor, now);
    }

    /** Offers calls until there is none that waits and an agent who fits it. */
    public void match() {
        var stirred = floor.stirred();
        while (!stirred.isEmpty()) {
            var calls = stirred.calls();
            var agents = stirred.agents();
            var lost = stirred.lost();
            stirred.clear();
            lost.forEach(this::moveOn);
            var looks = new TreeSet<Look>();
            calls.forEach(call -> look(call).ifPresent(looks::add));
            agents.forEach(agent -> look(agent).ifPresent(looks::add));
            while (!looks.isEmpty()) {
                take(looks.pollFirst(), looks);
            }
            // Nobody waits in vain by now: who is left may ring for calls that ring already.
            hungry(calls).forEach(this::feed);
            agents.forEach(this::feed);
        }
    }

    /** Those that ring already, by rank. */
    private List<CallId> hungry(List<CallId> calls) {
        return Stream.concat(calls.stream(), floor.stirred().calls().stream())
                .distinct()
                .flatMap(id -> floor.call(id).stream())
                .filter(call -> !call.waits())
                .flatMap(call -> pairing.waiter(call).stream())
                .sorted(Comparator.comparing(pairing::rank).thenComparing(one -> one))
                .map(Waiter::call)
                .toList();
    }

    private void moveOn(CallId id) {
        floor.call(id).filter(QueuedCall::waits).ifPresent(doer::moveOn);
    }

    private Optional<Look> look(CallId id) {
        return floor.call(id)
                .filter(QueuedCall::waits)
                .flatMap(pairing::waiter)
                .map(waiter -> new Look(pairing.rank(waiter), waiter, Optional.empty()));
    }

    private Optional<Look> look(AgentId id) {
        return free(id).flatMap(agent -> pairing.first(id))
                .map(waiter -> new Look(pairing.rank(waiter), waiter, Optional.of(id)));
    }

    private Optional<Agent> free(AgentId id) {
        return floor.agent(id).filter(Agent::free);
    }

    private void take(Look look, NavigableSet<Look> looks) {
        var current = look.by().isPresent() ? look(look.by().get()) : look(look.waiter().call());
        if (current.isPresent() && !current.get().equals(look)) {
            looks.add(current.get());
        } else if (current.isPresent() && isNext(look) && serve(look.waiter())) {
            look.by().flatMap(this::look).ifPresent(looks::add);
            if (look.by().isEmpty()) {
                look(look.waiter().call()).ifPresent(looks::add);
            }
        }
    }

    /** Whoever stands behind another who wants the same has nothing to hope for. */
    private boolean isNext(Look look) {
        return look.by().isPresent()
                || floor.call(look.waiter().call()).filter(pairing::isHead).isPresent();
    }

    /**
     * Finds an agent for a call. Should he have to take an earlier one of its queue, then for that
     * one instead.
     *
     * @return whether somebody is rung
     */
    private boolean serve(Waiter waiter) {
        var next = Optional.of(waiter);
        while (next.isPresent()) {
            var call = floor.call(next.get().call()).orElseThrow();
            var agent = choose(call);
            if (agent.isEmpty()) {
                return false;
            }
            var due = pairing.first(agent.get(), next.get().queue());
            if (due.equals(next)) {
                ring(call, agent.get());
                return true;
            }
            next = due;
        }
        return false;
    }

    private Optional<AgentId> choose(QueuedCall call) {
        return call.queue().flatMap(queue -> pairing.choose(call, ledgers.apply(queue)));
    }

    private void ring(QueuedCall call, AgentId id) {
        var rules = call.queue().flatMap(floor.plan()::queue).map(QueuePlan::rules).orElseThrow();
        var strategy = rules.strategy();
        var phones =
                strategy.ringing() instanceof Ringing.Growing growing
                        ? Math.min(pairing.phones(call), growing.most() - call.offers().size())
                        : 1;
        var time = strategy.ringTime(rules.offerTimeout(), phones);
        doer.ring(call, floor.agent(id).orElseThrow(), time);
    }

    /** More phones for a call that should ring at several. */
    private void feed(CallId id) {
        var call = floor.call(id).filter(pairing::wantsMore);
        while (call.isPresent()) {
            var agent = choose(call.get());
            if (agent.isEmpty()) {
                return;
            }
            ring(call.get(), agent.get());
            call = floor.call(id).filter(pairing::wantsMore);
        }
    }

    /** A call that rings already, for an agent whom nobody waits for. */
    private void feed(AgentId id) {
        var waiter = free(id).flatMap(agent -> pairing.firstHungry(id));
        while (waiter.isPresent()) {
            var call = floor.call(waiter.get().call()).orElseThrow();
            ring(call, choose(call).orElseThrow());
            waiter = free(id).flatMap(agent -> pairing.firstHungry(id));
        }
    }
}
