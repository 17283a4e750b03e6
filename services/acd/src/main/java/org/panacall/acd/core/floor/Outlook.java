// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.floor;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.panacall.acd.core.call.Offer;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.floor.Stand.Appetite;
import org.panacall.acd.core.floor.Stand.Appetite.Kind;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.match.Ringing;
import org.panacall.acd.core.need.Asked;
import org.panacall.acd.core.need.Needs;
import org.panacall.acd.core.plan.PersonPlan;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.plan.TenantPlan;

/**
 * What a call in a queue wants: it follows from the call, the configuration and the time alone, so
 * a change of the configuration is in force at once, and a new leader sees the same.
 */
final class Outlook {

    private final QueuedCall call;
    private final QueuePlan queue;
    private final TenantPlan plan;
    private final Asked asked;
    private final Instant now;

    Outlook(QueuedCall call, QueuePlan queue, TenantPlan plan, Instant now) {
        this.call = call;
        this.queue = queue;
        this.plan = plan;
        this.now = now;
        asked = Asked.of(call.caller().attributes());
    }

    /**
     * @param present who is at work
     */
    Stand stand(Predicate<AgentId> present) {
        var waiter =
                new Waiter(
                        call.place().since().minus(queue.rules().urgency().of(asked)),
                        call.place().arrival(),
                        call.id(),
                        queue.id());
        var preferred = preferred();
        var hoped = now.isBefore(preferredUntil()) ? hoped(preferred, present) : List.<AgentId>of();
        var until =
                Stream.of(relaxes(), nextTier(), grows(), Optional.of(preferredUntil()))
                        .flatMap(Optional::stream)
                        .filter(now::isBefore)
                        .min(Comparator.naturalOrder());
        var wish = new Wish(needs(), levelMax());
        var appetite = new Appetite(hunger(!hoped.isEmpty()), round());
        return new Stand(waiter, wish, preferred, hoped, appetite, until);
    }

    private Instant since() {
        return call.place().since();
    }

    private List<AgentId> preferred() {
        return asked.preferred().stream()
                .map(Extension::new)
                .flatMap(extension -> plan.personAt(extension).stream())
                .map(PersonPlan::id)
                .distinct()
                .toList();
    }

    private Instant preferredUntil() {
        return asked.preferred().isEmpty()
                ? since()
                : since().plus(queue.rules().fit().preferredFor());
    }

    /** Whoever is away, or has missed it, is not waited for. */
    private List<AgentId> hoped(List<AgentId> preferred, Predicate<AgentId> present) {
        return preferred.stream()
                .filter(agent -> present.test(agent) && call.timesMissed(agent) == 0)
                .toList();
    }

    /** What is still wanted after so long a wait. */
    private Needs needs() {
        var fit = queue.rules().fit();
        var needs = fit.needs().and(asked.needs());
        for (var step : fit.relaxations()) {
            if (now.isBefore(since().plus(step.after()))) {
                break;
            }
            needs = needs.relaxed(step);
        }
        return needs;
    }

    private Optional<Instant> relaxes() {
        return queue.rules().fit().relaxations().stream()
                .map(step -> since().plus(step.after()))
                .filter(now::isBefore)
                .findFirst();
    }

    private int levelMax() {
        var levels = plan.levels(queue.id());
        var wait = queue.rules().fit().tierWait();
        if (wait.isZero() || levels.isEmpty()) {
            return Integer.MAX_VALUE;
        }
        return levels.get((int) Math.min(tiersWaitedFor(wait), levels.size() - 1));
    }

    private long tiersWaitedFor(Duration wait) {
        return Math.max(0, Duration.between(since(), now).dividedBy(wait));
    }

    private Optional<Instant> nextTier() {
        var wait = queue.rules().fit().tierWait();
        if (wait.isZero() || tiersWaitedFor(wait) >= plan.levels(queue.id()).size() - 1) {
            return Optional.empty();
        }
        return Optional.of(since().plus(wait.multipliedBy(tiersWaitedFor(wait) + 1)));
    }

    private Kind hunger(boolean personal) {
        var ringing = call.offers().size();
        if (ringing == 0) {
            return Kind.WAITING;
        }
        if (personal) {
            return Kind.SATED;
        }
        var more =
                switch (queue.rules().strategy().ringing()) {
                    case Ringing.One one -> false;
                    case Ringing.All all -> ringing < all.most();
                    case Ringing.Growing growing ->
                            ringing < growing.most() && grows().filter(now::isBefore).isEmpty();
                };
        return more ? Kind.HUNGRY : Kind.SATED;
    }

    /** When one more phone is to ring. */
    private Optional<Instant> grows() {
        return queue.rules().strategy().ringing() instanceof Ringing.Growing growing
                ? call.offers().stream()
                        .map(Offer::since)
                        .max(Comparator.naturalOrder())
                        .map(last -> last.plus(growing.step()))
                : Optional.empty();
    }

    /** Who has missed it is not rung again beside those who have not. */
    private int round() {
        return call.offers().stream()
                .mapToInt(offer -> call.timesMissed(offer.agent()))
                .min()
                .orElse(Integer.MAX_VALUE);
    }
}
