// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.bench.peer;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * FreeSWITCH's mod_callcenter as its documentation and sample configuration describe it: one look
 * every 100 ms over all waiting callers, longest wait first; for each the agent of the lowest tier
 * whose last call ended longest ago. Nothing is read from its sources.
 */
final class CallCenter implements Distributor {

    /** What tiers mean. */
    enum Tiers {
        /** Everybody is of one tier. */
        NONE,
        /** Lower tiers first, others at once when nobody of them is free. */
        ORDER,
        /** Higher tiers only for those who have waited for {@link #TIER_WAIT}. */
        WAIT
    }

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration TIER_WAIT = Duration.ofSeconds(30);
    private static final Duration REJECT_DELAY = Duration.ofSeconds(10);
    private static final int NO_ANSWERS_MAX = 3;

    private final Trial trial;
    private final Tiers tiers;

    /** Callers by arrival, and who is being rung for them. */
    private final TreeMap<Integer, Optional<Integer>> waiting = new TreeMap<>();

    private final TreeMap<Integer, Duration> lastEnds = new TreeMap<>();
    private final TreeMap<Integer, Duration> readyAt = new TreeMap<>();
    private final TreeMap<Integer, Integer> noAnswers = new TreeMap<>();
    private final TreeSet<Integer> onBreak = new TreeSet<>();
    private final List<List<Integer>> servants;
    private boolean looking;

    CallCenter(Trial trial, Tiers tiers) {
        this.trial = trial;
        this.tiers = tiers;
        var shape = trial.day().shape();
        servants = IntStream.range(0, shape.queues()).mapToObj(shape::servants).toList();
    }

    @Override
    public void arrived(int call) {
        waiting.put(call, Optional.empty());
        lookSoon();
    }

    @Override
    public void abandoned(int call) {
        waiting.remove(call).ifPresent(agent -> trial.stop(call, agent));
    }

    @Override
    public void answered(int call, int agent) {
        waiting.remove(call);
        noAnswers.remove(agent);
    }

    @Override
    public void rejected(int call, int agent) {
        readyAt.put(agent, trial.now().plus(REJECT_DELAY));
        waiting.put(call, Optional.empty());
        lookSoon();
    }

    @Override
    public void talkEnded(int call, int agent) {
        lastEnds.put(agent, trial.now());
        readyAt.put(agent, trial.now().plus(Shape.WRAP_UP));
    }

    @Override
    public void returned(int agent) {
        onBreak.remove(agent);
        noAnswers.remove(agent);
    }

    /** At the next whole tenth of a second; nothing to look for when nobody waits. */
    private void lookSoon() {
        if (!looking) {
            looking = true;
            var rest = LOOK.toMillis() - trial.now().toMillis() % LOOK.toMillis();
            trial.agenda().in(Duration.ofMillis(rest), this::look);
        }
    }

    private void look() {
        looking = false;
        for (var call : List.copyOf(waiting.keySet())) {
            if (waiting.get(call).isEmpty()) {
                choose(call).ifPresent(agent -> ring(call, agent));
            }
        }
        if (!waiting.isEmpty()) {
            lookSoon();
        }
    }

    private Optional<Integer> choose(int call) {
        var arrival = trial.day().arrivals().get(call);
        var waited = trial.now().minus(arrival.at());
        return servants.get(arrival.queue()).stream()
                .filter(this::available)
                .filter(agent -> reaches(tier(agent, arrival.queue()), waited))
                .min(
                        Comparator.comparing((Integer agent) -> tier(agent, arrival.queue()))
                                .thenComparing(agent -> lastEnd(agent).toSeconds())
                                .thenComparing(agent -> agent));
    }

    private boolean available(int agent) {
        var ready = readyAt.get(agent);
        return trial.idlePhone(agent)
                && !onBreak.contains(agent)
                && (ready == null || !ready.minus(trial.now()).isPositive());
    }

    private int tier(int agent, int queue) {
        return tiers == Tiers.NONE ? 1 : trial.day().shape().level(agent, queue);
    }

    private boolean reaches(int tier, Duration waited) {
        return tiers != Tiers.WAIT || tier == 1 || waited.compareTo(TIER_WAIT) >= 0;
    }

    private Duration lastEnd(int agent) {
        return lastEnds.getOrDefault(agent, Duration.ZERO);
    }

    private void ring(int call, int agent) {
        waiting.put(call, Optional.of(agent));
        trial.ring(call, agent);
        var rung = trial.now();
        trial.agenda().in(Shape.RING, () -> notAnswered(call, agent, rung));
    }

    private void notAnswered(int call, int agent, Duration rung) {
        if (trial.rings(call, agent, rung)) {
            trial.stop(call, agent);
            waiting.put(call, Optional.empty());
            if (noAnswers.merge(agent, 1, Integer::sum) >= NO_ANSWERS_MAX) {
                onBreak.add(agent);
            }
        }
    }
}
