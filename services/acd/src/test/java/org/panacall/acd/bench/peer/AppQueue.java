// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.bench.peer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Asterisk's app_queue as its documentation and sample configuration describe it, with {@code
 * autofill}, {@code shared_lastcall} and no {@code ringinuse}: every caller looks for himself, once
 * a second, whether it is his turn; then he tries members for {@code timeout} and pauses for {@code
 * retry}. Nothing is read from its sources.
 */
final class AppQueue implements Distributor {

    /** How the next member is chosen. */
    enum Rule {
        /** In turn, beginning after the one who was last. */
        RRMEMORY,
        /** Whose last call ended longest ago. */
        LEASTRECENT,
        /** In the order of the configuration, lower penalties first. */
        LINEAR
    }

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(5);

    /** One queue: members in their order, callers in theirs. */
    private static final class Line {
        private final List<Integer> members;
        private final List<Waiter> waiters = new ArrayList<>();

        /** Where round robin goes on. */
        private int pointer;

        private Line(List<Integer> members) {
            this.members = members;
        }
    }

    /** One caller and how far he has come. */
    private static final class Waiter {
        private final int call;
        private final Line line;
        private final TreeSet<Integer> tried = new TreeSet<>();
        private boolean trying;
        private int begins;
        private Duration passUntil = Duration.ZERO;
        private Optional<Integer> rung = Optional.empty();

        private Waiter(int call, Line line) {
            this.call = call;
            this.line = line;
        }
    }

    private final Trial trial;
    private final Rule rule;
    private final List<Line> lines = new ArrayList<>();
    private final TreeMap<Integer, Waiter> waiters = new TreeMap<>();
    private final TreeMap<Integer, Duration> lastCalls = new TreeMap<>();

    AppQueue(Trial trial, Rule rule) {
        this.trial = trial;
        this.rule = rule;
        var shape = trial.day().shape();
        for (int queue = 0; queue < shape.queues(); queue++) {
            lines.add(new Line(shape.servants(queue)));
        }
    }

    @Override
    public void arrived(int call) {
        var line = lines.get(trial.day().arrivals().get(call).queue());
        var waiter = new Waiter(call, line);
        waiters.put(call, waiter);
        line.waiters.add(waiter);
        look(waiter);
    }

    @Override
    public void abandoned(int call) {
        leave(call).rung.ifPresent(agent -> trial.stop(call, agent));
    }

    @Override
    public void answered(int call, int agent) {
        passed(leave(call), agent);
    }

    /** The member counts as busy for this pass, and the next best is rung. */
    @Override
    public void rejected(int call, int agent) {
        var waiter = waiters.get(call);
        waiter.rung = Optional.empty();
        ringBest(waiter);
    }

    @Override
    public void talkEnded(int call, int agent) {
        lastCalls.put(agent, trial.now());
    }

    @Override
    public void returned(int agent) {
        // Nobody is paused unless autopause is set.
    }

    private Waiter leave(int call) {
        var waiter = waiters.remove(call);
        waiter.line.waiters.remove(waiter);
        return waiter;
    }

    private boolean waits(Waiter waiter) {
        return waiters.get(waiter.call) == waiter;
    }

    private void look(Waiter waiter) {
        if (!waits(waiter)) {
            return;
        }
        if (isTurnOf(waiter)) {
            waiter.trying = true;
            waiter.tried.clear();
            waiter.passUntil = trial.now().plus(Shape.RING);
            ringBest(waiter);
        } else {
            trial.agenda().in(LOOK, () -> look(waiter));
        }
    }

    /** With autofill: fewer callers ahead, who are not trying, than members who could be rung. */
    private boolean isTurnOf(Waiter waiter) {
        var ahead =
                waiter.line.waiters.stream()
                        .takeWhile(other -> other != waiter)
                        .filter(other -> !other.trying)
                        .count();
        return waiter.line.members.stream().filter(this::available).count() > ahead;
    }

    private boolean available(int agent) {
        var last = lastCalls.get(agent);
        return trial.idlePhone(agent)
                && (last == null || !last.plus(Shape.WRAP_UP).minus(trial.now()).isPositive());
    }

    private void ringBest(Waiter waiter) {
        var best =
                waiter.line.members.stream()
                        .filter(this::available)
                        .filter(agent -> !waiter.tried.contains(agent))
                        .min(Comparator.comparing(agent -> metric(waiter, agent)));
        if (best.isEmpty()) {
            pause(waiter);
            return;
        }
        int agent = best.get();
        waiter.rung = best;
        waiter.tried.add(agent);
        trial.ring(waiter.call, agent);
        var until = waiter.passUntil;
        trial.agenda()
                .in(
                        until.minus(trial.now()),
                        () -> {
                            if (waits(waiter)
                                    && waiter.passUntil.equals(until)
                                    && waiter.rung.equals(best)) {
                                trial.stop(waiter.call, agent);
                                passed(waiter, agent);
                                pause(waiter);
                            }
                        });
    }

    /** Nobody answered in this pass: the same caller tries again after a while. */
    private void pause(Waiter waiter) {
        waiter.rung = Optional.empty();
        waiter.trying = false;
        trial.agenda().in(RETRY, () -> look(waiter));
    }

    /** A pass ended at this member. */
    private void passed(Waiter waiter, int agent) {
        var next = (waiter.line.members.indexOf(agent) + 1) % waiter.line.members.size();
        waiter.line.pointer = next;
        waiter.begins = next;
    }

    /** The least is rung. */
    private double metric(Waiter waiter, int agent) {
        var members = waiter.line.members;
        var position = members.indexOf(agent);
        return switch (rule) {
            case RRMEMORY -> Math.floorMod(position - waiter.line.pointer, members.size());
            case LEASTRECENT -> {
                var last = lastCalls.get(agent);
                yield last == null ? -1 : last.toSeconds();
            }
            case LINEAR -> {
                var penalty = trial.day().shape().level(agent, queueOf(waiter)) - 1;
                var turn = Math.floorMod(position - waiter.begins, members.size());
                yield penalty * members.size() + turn;
            }
        };
    }

    private int queueOf(Waiter waiter) {
        return trial.day().arrivals().get(waiter.call).queue();
    }
}
