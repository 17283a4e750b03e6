// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.ledger.KeptLedger.Work;
import org.panacall.acd.core.ledger.Terms.Unit;

/**
 * What a queue remembers of its work, as far as its strategy goes by that: a fold over events. It
 * is bounded by the steps of its window and by the number of those who serve the queue.
 */
public final class Ledger {

    /** One call; of a talk, each millisecond counts for so much less. */
    private static final long CALL = 1_000_000;

    private static final long MILLISECOND = 1_000;
    private static final long FIRST_GUESS_MILLIS = Duration.ofMinutes(3).toMillis();

    private Terms terms = Terms.NONE;
    private long sequence;
    private Optional<AgentId> last = Optional.empty();

    /** 0 before the first talk. */
    private long meanTalkMillis;

    private final Map<AgentId, Tally> tallies = new LinkedHashMap<>();
    private final Split split = new Split();

    /** Who is at something that is not counted yet. */
    private final NavigableSet<AgentId> underWay = new TreeSet<>();

    /** Counts by these terms from now on; what is known and still of use is kept. */
    public void agree(Terms next, long number, Instant at) {
        if (next.unit() != terms.unit()) {
            underWay.clear();
        }
        if (!next.counts()) {
            tallies.clear();
        }
        terms = next;
        sequence = number;
        tallies.values().removeIf(tally -> tally.isForgotten(when(at)));
        split.agree(next);
        underWay.removeIf(agent -> !split.shares(agent));
    }

    public Terms terms() {
        return terms;
    }

    /** Number of the last event about the terms. */
    public long sequence() {
        return sequence;
    }

    /** Who was offered a call last. */
    public Optional<AgentId> last() {
        return last;
    }

    public void offered(Deed deed) {
        last = Optional.of(deed.agent());
        if (terms.unit() == Unit.OFFERED) {
            split.count(deed, CALL, when(deed.at()));
        } else if (split.shares(deed.agent())) {
            underWay.add(deed.agent());
        }
    }

    /** He is no longer of the tenant's people. */
    public void forget(AgentId agent) {
        tallies.remove(agent);
        underWay.remove(agent);
    }

    /** The offer came to nothing. */
    public void notAnswered(AgentId agent) {
        underWay.remove(agent);
    }

    public void answered(Deed deed) {
        tally(deed, new Work(1, 0));
        if (terms.unit() == Unit.ANSWERED) {
            underWay.remove(deed.agent());
            split.count(deed, CALL, when(deed.at()));
        }
    }

    /** He answered but was gone before he could talk, which is no answer. */
    public void returned(Deed deed) {
        tally(deed, new Work(-1, 0));
        underWay.remove(deed.agent());
        if (terms.unit() == Unit.ANSWERED) {
            split.count(deed, -CALL, when(deed.at()));
        }
    }

    public void talked(Deed deed, Duration time) {
        tally(deed, new Work(0, time.toMillis()));
        if (terms.unit() == Unit.TALK_TIME) {
            underWay.remove(deed.agent());
            learn(time.toMillis());
            split.count(deed, time.toMillis() * MILLISECOND, when(deed.at()));
        }
    }

    /** The first talk says more than a guess: with one far too long, shares alone would decide. */
    private void learn(long talkMillis) {
        var before = meanTalkMillis == 0 ? talkMillis : meanTalkMillis;
        meanTalkMillis = Math.max(1, (7 * before + talkMillis) / 8);
    }

    private void tally(Deed deed, Work work) {
        if (terms.counts()) {
            tallies.computeIfAbsent(deed.agent(), id -> new Tally()).add(work, when(deed.at()));
        }
    }

    private When when(Instant at) {
        return new When(at, terms.window());
    }

    /** Calls that he answered within the window. */
    public int answeredBy(AgentId agent, Instant now) {
        var tally = tallies.get(agent);
        return tally == null ? 0 : tally.sum(when(now)).answered();
    }

    /** How long he talked within the window. */
    public Duration talkOf(AgentId agent, Instant now) {
        var tally = tallies.get(agent);
        return tally == null ? Duration.ZERO : Duration.ofMillis(tally.sum(when(now)).talkMillis());
    }

    /**
     * Whose turn it is by the shares; the first of them when no share is theirs.
     *
     * @param fitting in the order in which they have been idle; not empty
     */
    public AgentId next(List<AgentId> fitting, Instant now, Predicate<AgentId> present) {
        return split.next(fitting, new Split.Moment(underWay, unit(), when(now), present));
    }

    /** What one more call is expected to count for. */
    private long unit() {
        if (terms.unit() != Unit.TALK_TIME) {
            return CALL;
        }
        return (meanTalkMillis == 0 ? FIRST_GUESS_MILLIS : meanTalkMillis) * MILLISECOND;
    }

    /** What is the case, for a snapshot. */
    public KeptLedger kept(QueueId queue) {
        var work = new TreeMap<AgentId, NavigableMap<Long, Work>>();
        tallies.forEach((agent, tally) -> work.put(agent, tally.kept()));
        var memory = new KeptLedger.Memory(last, meanTalkMillis, underWay);
        return new KeptLedger(queue, sequence, terms, memory, work, split.kept());
    }

    /** Begins with what was kept. */
    public static Ledger of(KeptLedger kept) {
        var ledger = new Ledger();
        ledger.terms = kept.terms();
        ledger.sequence = kept.sequence();
        ledger.last = kept.memory().last();
        ledger.meanTalkMillis = kept.memory().meanTalkMillis();
        ledger.underWay.addAll(kept.memory().underWay());
        kept.work().forEach((agent, work) -> ledger.tallies.put(agent, Tally.of(work)));
        ledger.split.restore(kept.terms(), kept.owed());
        return ledger;
    }
}
