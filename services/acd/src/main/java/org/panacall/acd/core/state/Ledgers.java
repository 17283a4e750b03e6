// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.call.Call;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.ledger.Deed;
import org.panacall.acd.core.ledger.KeptLedger;
import org.panacall.acd.core.ledger.Ledger;

/** What each queue remembers of its work: part of the fold over events. */
final class Ledgers {

    private static final Ledger EMPTY = new Ledger();

    private final NavigableMap<QueueId, Ledger> ledgers = new TreeMap<>();
    private final Predicate<AgentId> present;

    /**
     * @param present who is at work
     */
    Ledgers(Predicate<AgentId> present) {
        this.present = present;
    }

    /** What a queue remembers; not to be changed. */
    Ledger of(QueueId queue) {
        return ledgers.getOrDefault(queue, EMPTY);
    }

    List<QueueId> queues() {
        return List.copyOf(ledgers.keySet());
    }

    private Ledger own(QueueId queue) {
        return ledgers.computeIfAbsent(queue, id -> new Ledger());
    }

    private Deed deed(AgentId agent, AcdEvent event) {
        return new Deed(agent, event.stamp().at(), present);
    }

    void changeTerms(AcdEvent.TermsChanged changed) {
        var stamp = changed.stamp();
        own(changed.queue()).agree(changed.terms(), stamp.sequence(), stamp.at());
    }

    /**
     * A call's event is a deed of its queue's agents, or none.
     *
     * @param before the call as it was; null when there was none
     */
    void apply(AcdEvent.OfCall event, Call before) {
        switch (event) {
            case AcdEvent.OfferMade made when before instanceof QueuedCall -> offer(made);
            case AcdEvent.OfferAccepted accepted when before instanceof QueuedCall call ->
                    accept(call, accepted);
            case AcdEvent.OfferEnded ended when before instanceof QueuedCall call ->
                    endOffer(call, ended);
            case AcdEvent.CallReturned returned when before instanceof QueuedCall call ->
                    returned(call, returned);
            case AcdEvent.CallEnding ending -> end(before, ending);
            case AcdEvent.CallReleased released -> end(before, released);
            default -> {}
        }
    }

    private void offer(AcdEvent.OfferMade made) {
        made.queue().ifPresent(queue -> own(queue).offered(deed(made.offer().agent(), made)));
    }

    private void accept(QueuedCall call, AcdEvent.OfferAccepted accepted) {
        call.queue().ifPresent(queue -> own(queue).answered(deed(accepted.agent(), accepted)));
    }

    private void endOffer(QueuedCall call, AcdEvent.OfferEnded ended) {
        call.queue().ifPresent(queue -> own(queue).notAnswered(ended.agent()));
    }

    private void returned(QueuedCall call, AcdEvent.CallReturned returned) {
        call.queue().ifPresent(queue -> own(queue).returned(deed(returned.agent(), returned)));
    }

    /**
     * A call ends.
     *
     * @param call as it is before
     */
    private void end(Call call, AcdEvent event) {
        if (call instanceof QueuedCall queued
                && queued.state() instanceof QueuedCall.State.Talking talking) {
            var time = between(talking.since(), event.stamp().at());
            queued.queue()
                    .ifPresent(queue -> own(queue).talked(deed(talking.agent(), event), time));
        }
    }

    private static Duration between(Instant since, Instant until) {
        return until.isBefore(since) ? Duration.ZERO : Duration.between(since, until);
    }

    void forget(AgentId agent) {
        ledgers.values().forEach(ledger -> ledger.forget(agent));
    }

    List<KeptLedger> kept() {
        return ledgers.entrySet().stream()
                .map(entry -> entry.getValue().kept(entry.getKey()))
                .toList();
    }

    void restore(List<KeptLedger> kept) {
        kept.forEach(ledger -> ledgers.put(ledger.queue(), Ledger.of(ledger)));
    }

    @Override
    public String toString() {
        return kept().toString();
    }
}
