// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.ById;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.ledger.Deed;
import org.panacall.acd.core.ledger.KeptLedger;
import org.panacall.acd.core.ledger.Ledger;

/** What each queue remembers of its work: part of the fold over events. */
final class Ledgers {

    private static final Ledger EMPTY = new Ledger();

    private final ById<QueueId, Ledger> ledgers = new ById<>();
    private final Predicate<AgentId> present;

    /**
     * @param present who is at work
     */
    Ledgers(Predicate<AgentId> present) {
        this.present = present;
    }

    /** What a queue remembers; not to be changed. */
    Ledger of(QueueId queue) {
        return ledgers.find(queue).orElse(EMPTY);
    }

    List<QueueId> queues() {
        return ledgers.ids();
    }

    private Ledger own(QueueId queue) {
        return ledgers.computeIfAbsent(queue, Ledger::new);
    }

    private Deed deed(AgentId agent, AcdEvent event) {
        return new Deed(agent, event.stamp().at(), present);
    }

    void changeTerms(AcdEvent.TermsChanged changed) {
        var stamp = changed.stamp();
        own(changed.queue()).agree(changed.terms(), stamp.sequence(), stamp.at());
    }

    /**
     * An event about a call. What becomes of it elsewhere than with its queue's members is none of
     * the queue's work.
     *
     * @param call as it is before
     */
    void follow(AcdEvent.OfCall event, QueuedCall call) {
        if (!call.waitsForQueue()) {
            return;
        }
        var queue = call.queue().orElseThrow();
        switch (event) {
            case AcdEvent.OfferMade made -> own(queue).offered(deed(made.offer().agent(), made));
            case AcdEvent.OfferAccepted accepted ->
                    own(queue).answered(deed(accepted.agent(), accepted));
            case AcdEvent.OfferEnded ended -> own(queue).notAnswered(ended.agent());
            case AcdEvent.CallReturned returned ->
                    own(queue).returned(deed(returned.agent(), returned));
            case AcdEvent.CallEnding ending -> end(queue, call, event);
            case AcdEvent.CallReleased released -> end(queue, call, event);
            default -> {}
        }
    }

    private void end(QueueId queue, QueuedCall call, AcdEvent event) {
        if (call.state() instanceof QueuedCall.State.Talking talking) {
            var time = between(talking.since(), event.stamp().at());
            own(queue).talked(deed(talking.agent(), event), time);
        }
    }

    private static Duration between(Instant since, Instant until) {
        return until.isBefore(since) ? Duration.ZERO : Duration.between(since, until);
    }

    void forget(AgentId agent) {
        ledgers.values().forEach(ledger -> ledger.forget(agent));
    }

    List<KeptLedger> kept() {
        return queues().stream().map(queue -> of(queue).kept(queue)).toList();
    }

    void restore(List<KeptLedger> kept) {
        kept.forEach(ledger -> ledgers.put(ledger.queue(), Ledger.of(ledger)));
    }

    @Override
    public String toString() {
        return kept().toString();
    }
}
