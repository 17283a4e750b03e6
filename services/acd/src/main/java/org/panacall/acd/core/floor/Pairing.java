// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.floor;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.panacall.acd.core.call.Offer;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.ledger.Ledger;
import org.panacall.acd.core.match.Candidate;
import org.panacall.acd.core.match.Situation;
import org.panacall.acd.core.plan.QueuePlan;

/** Finds the next call for an agent, and the next agent for a call. */
final class Pairing {

    private record Pick(Instant rank, Waiter waiter) {}

    private static final Comparator<Pick> BY_RANK =
            Comparator.comparing(Pick::rank).thenComparing(Pick::waiter);

    private final Floor floor;
    private final Instant now;

    Pairing(Floor floor, Instant now) {
        this.floor = floor;
        this.now = now;
    }

    /** A call's rank among those of all queues. */
    Instant rank(Waiter waiter) {
        return waiter.rank().minus(queue(waiter.queue()).rules().urgency().weight());
    }

    private QueuePlan queue(QueueId id) {
        return floor.plan().queue(id).orElseThrow();
    }

    /**
     * The call that a free agent is to have: one that waits for him and nobody else, or the one
     * that comes first in his queues.
     */
    Optional<Waiter> first(AgentId agent) {
        return own(agent).or(() -> pick(agent, (queue, seat) -> floor.line(queue).first(seat)));
    }

    /** The same in one queue; any other call of it would overtake this one. */
    Optional<Waiter> first(AgentId agent, QueueId queue) {
        return own(agent)
                .or(
                        () ->
                                Optional.ofNullable(floor.bench().seatsOf(agent).get(queue))
                                        .flatMap(seat -> floor.line(queue).first(seat)));
    }

    private Optional<Waiter> own(AgentId agent) {
        return floor.personal()
                .waitingFor(agent)
                .filter(waiter -> mayRing(agent, waiter.queue()))
                .findFirst();
    }

    private boolean mayRing(AgentId agent, QueueId queue) {
        return floor.agent(agent).filter(one -> floor.mayRing(one, queue)).isPresent();
    }

    /** A call that rings already and should ring at his phone too. */
    Optional<Waiter> firstHungry(AgentId agent) {
        return pick(
                agent,
                (queue, seat) ->
                        floor.line(queue)
                                .firstHungry(
                                        seat,
                                        waiter ->
                                                floor.call(waiter.call())
                                                        .filter(call -> admits(call, agent))
                                                        .isPresent()));
    }

    /** The best of his queues: those that are more important to him count as older. */
    private Optional<Waiter> pick(
            AgentId agent, BiFunction<QueueId, Candidate, Optional<Waiter>> of) {
        Pick best = null;
        for (var entry : floor.bench().seatsOf(agent).entrySet()) {
            var waiter = of.apply(entry.getKey(), entry.getValue());
            if (waiter.isPresent()) {
                var headStart = entry.getValue().member().headStart();
                var pick = new Pick(rank(waiter.get()).minus(headStart), waiter.get());
                best = best == null || BY_RANK.compare(pick, best) < 0 ? pick : best;
            }
        }
        return Optional.ofNullable(best).map(Pick::waiter);
    }

    /** Whether a call wants more phones rung than ring for it now. */
    boolean wantsMore(QueuedCall call) {
        return floor.stand(call.id()).filter(Stand::wantsMore).isPresent();
    }

    /** Whether no other call that wants the same comes before it. */
    boolean isHead(QueuedCall call) {
        return floor.stand(call.id())
                .filter(
                        stand ->
                                stand.personal()
                                        || floor.line(stand.waiter().queue()).isHead(stand))
                .isPresent();
    }

    Optional<Waiter> waiter(QueuedCall call) {
        return floor.stand(call.id()).map(Stand::waiter);
    }

    /** Who has missed a call is not rung for it beside others who have not. */
    private boolean admits(QueuedCall call, AgentId agent) {
        return floor.stand(call.id())
                .filter(stand -> call.timesMissed(agent) <= stand.appetite().round())
                .isPresent();
    }

    /** Who is to be rung next for a call that wants somebody to be. */
    Optional<AgentId> choose(QueuedCall call, Ledger ledger) {
        var stand = floor.stand(call.id()).orElseThrow();
        var queue = queue(stand.waiter().queue());
        if (stand.personal()) {
            return stand.hoped().stream().filter(one -> mayRing(one, queue.id())).findFirst();
        }
        return preferred(call, stand)
                .or(() -> byStrategy(call, stand, queue, ledger).map(Candidate::agent));
    }

    /** Nobody waits for those whom the call prefers any longer, but they come first. */
    private Optional<AgentId> preferred(QueuedCall call, Stand stand) {
        return stand.preferred().stream()
                .filter(one -> call.timesMissed(one) == 0)
                .filter(
                        one -> {
                            var seats = floor.bench().seatsOf(one);
                            var seat = seats.get(stand.waiter().queue());
                            return seat != null && stand.wish().metBy(seat);
                        })
                .findFirst();
    }

    private Optional<Candidate> byStrategy(
            QueuedCall call, Stand stand, QueuePlan queue, Ledger ledger) {
        var team = new Situation.Team(floor.plan().members(queue.id()), ledger, floor::present);
        var situation = new Situation(call.id(), stand.wish().needs(), team, now);
        return equals(call, stand)
                .flatMap(fitting -> queue.rules().strategy().choose(fitting, situation));
    }

    /** Those who come before all others, whatever the strategy. */
    private Optional<Stream<Candidate>> equals(QueuedCall call, Stand stand) {
        var free = floor.bench().free(stand.waiter().queue());
        Predicate<Candidate> fits = one -> stand.wish().metBy(one) && admits(call, one.agent());
        if (call.missed().isEmpty()) {
            // They come in the order of their standing.
            return free.stream()
                    .filter(fits)
                    .findFirst()
                    .map(
                            first ->
                                    free.tailSet(first, true).stream()
                                            .takeWhile(one -> same(one, first))
                                            .filter(fits));
        }
        var order = standing(call);
        return free.stream()
                .filter(fits)
                .min(order)
                .map(
                        first ->
                                free.stream()
                                        .filter(one -> order.compare(one, first) == 0)
                                        .filter(fits));
    }

    private static boolean same(Candidate one, Candidate other) {
        return Candidate.BY_STANDING.compare(one, other) == 0;
    }

    /** Who talks elsewhere comes last; who missed the call after those who missed it less often. */
    private Comparator<Candidate> standing(QueuedCall call) {
        return Comparator.comparing((Candidate one) -> one.idle().busy())
                .thenComparingInt(one -> call.timesMissed(one.agent()))
                .thenComparing(one -> call.goesToOthersFirst(one.agent(), now))
                .thenComparing(Candidate.BY_STANDING);
    }

    /** How many phones could ring for a call in the end, with those that do already left out. */
    int phones(QueuedCall call) {
        var stand = floor.stand(call.id()).orElseThrow();
        var rung = call.offers().stream().map(Offer::agent).toList();
        return Math.max(
                1,
                (int)
                        floor.plan().members(stand.waiter().queue()).entrySet().stream()
                                .filter(entry -> floor.present(entry.getKey()))
                                .filter(
                                        entry ->
                                                entry.getValue().level() <= stand.wish().levelMax())
                                .filter(entry -> !rung.contains(entry.getKey()))
                                .count());
    }
}
