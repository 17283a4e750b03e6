// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.strategy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.panacall.tests.strategy.Served.Rung;

/** What strategies promise, looked for in the records of served calls, oldest first. */
final class Checks {

    /** What telephones and records tell of a moment, acd hears or said a little apart from it. */
    private static final Duration BLUR = Duration.ofMillis(250);

    /** So few of the steps may be late by more than the blur. */
    private static final int LATE_STEPS_ONE_OF = 20;

    /** Above these, one run in ten thousand is wrong though the dice are fair. */
    private static final double CHI_SQUARE_MAX = 25.7;

    private static final double REPEATS_DEVIATIONS_MAX = 4;

    private Checks() {}

    /** What a strategy goes by, at a moment; whoever has least is to be rung. */
    @FunctionalInterface
    interface Score {
        double of(String agent, List<Served> before, Instant at);
    }

    /**
     * Whenever a telephone rang, no other agent of whom that is certain was free and had a lower
     * score. Enough calls must have had a choice.
     *
     * @param peace an agent is left in after a call that he missed
     */
    static Optional<String> least(
            List<Served> calls, List<String> agents, Duration peace, double blur, Score score) {
        int choices = 0;
        for (var call : calls) {
            for (int i = 0; i < call.rung().size(); i++) {
                var ring = call.rung().get(i);
                var before =
                        calls.stream()
                                .filter(one -> one.talkStartedAt().isBefore(ring.from()))
                                .filter(one -> one != call)
                                .toList();
                var chosen = score.of(ring.extension(), before, ring.from());
                for (var agent : agents) {
                    if (agent.equals(ring.extension())
                            || !isFree(agent, ring.from(), call, calls, peace)) {
                        continue;
                    }
                    choices++;
                    var other = score.of(agent, before, ring.from());
                    if (other + blur < chosen) {
                        return Optional.of(
                                "%s rang at %.3f, %s was free at %.3f"
                                        .formatted(ring.extension(), chosen, agent, other));
                    }
                }
            }
        }
        return choices < calls.size() ? Optional.of("no choice to judge") : Optional.empty();
    }

    /** Whether somebody was certainly free, and was not rung for the same call. */
    private static boolean isFree(
            String agent, Instant at, Served call, List<Served> calls, Duration peace) {
        return calls.stream()
                .allMatch(
                        other ->
                                other.rung().stream()
                                        .filter(ring -> ring.extension().equals(agent))
                                        .noneMatch(
                                                ring ->
                                                        other == call
                                                                || occupies(
                                                                        ring, other, at, peace)));
    }

    private static boolean occupies(Rung ring, Served call, Instant at, Duration peace) {
        var rest = call.agent().equals(ring.extension()) ? Duration.ZERO : peace;
        return !at.isBefore(ring.from().minus(BLUR))
                && !at.isAfter(ring.until().plus(BLUR).plus(rest));
    }

    /** Since when somebody has had no call, in seconds; whoever had none yet before all others. */
    static double idleSince(String agent, List<Served> before) {
        return before.stream()
                .filter(call -> call.agent().equals(agent))
                .mapToDouble(call -> call.endedAt().toEpochMilli() / 1e3)
                .max()
                .orElse(0);
    }

    static double answered(String agent, List<Served> before) {
        return before.stream().filter(call -> call.agent().equals(agent)).count();
    }

    /** In seconds. */
    static double talked(String agent, List<Served> before) {
        return before.stream()
                .filter(call -> call.agent().equals(agent))
                .mapToDouble(call -> call.talk().toMillis() / 1e3)
                .sum();
    }

    /**
     * How far somebody comes after whoever rang last, in the order of the agents; all alike before
     * anybody rang, as warming up may have ended anywhere.
     */
    static double afterLast(String agent, List<String> agents, List<Served> calls, Instant at) {
        return calls.stream()
                .flatMap(call -> call.rung().stream())
                .filter(ring -> ring.from().isBefore(at))
                .max(java.util.Comparator.comparing(Rung::from))
                .map(last -> agents.indexOf(agent) - agents.indexOf(last.extension()) - 1)
                .map(steps -> Math.floorMod(steps, agents.size()))
                .orElse(0);
    }

    /** Fair dice: all alike, and nothing of whom the last call went to. */
    static Optional<String> random(List<Served> calls, List<String> agents) {
        var expected = (double) calls.size() / agents.size();
        var chiSquare =
                counts(calls, agents).values().stream()
                        .mapToDouble(count -> Math.pow(count - expected, 2) / expected)
                        .sum();
        if (chiSquare > CHI_SQUARE_MAX) {
            return Optional.of("chi-square %.1f".formatted(chiSquare));
        }
        int repeats = 0;
        for (int i = 1; i < calls.size(); i++) {
            repeats += calls.get(i).agent().equals(calls.get(i - 1).agent()) ? 1 : 0;
        }
        var chance = 1.0 / agents.size();
        var tries = calls.size() - 1;
        var deviation = Math.sqrt(tries * chance * (1 - chance));
        return Math.abs(repeats - tries * chance) > REPEATS_DEVIATIONS_MAX * deviation
                ? Optional.of(repeats + " times the same again")
                : Optional.empty();
    }

    /** All who were free rang at once, and whoever would answer first has it. */
    static Optional<String> all(
            List<Served> calls, List<String> agents, BiFunction<String, Rung, Instant> answers) {
        for (var call : calls) {
            var at = call.rung().getFirst().from();
            var rang = call.rung().stream().map(Rung::extension).toList();
            for (var agent : agents) {
                if (!rang.contains(agent) && isFree(agent, at, call, calls, Duration.ZERO)) {
                    return Optional.of("%s was free and did not ring".formatted(agent));
                }
            }
            var first =
                    call.rung().stream()
                            .map(ring -> answers.apply(ring.extension(), ring))
                            .min(Instant::compareTo)
                            .orElseThrow();
            var winner =
                    call.rung().stream()
                            .filter(ring -> ring.extension().equals(call.agent()))
                            .map(ring -> answers.apply(ring.extension(), ring))
                            .findFirst();
            if (winner.isEmpty() || winner.get().isAfter(first.plus(BLUR))) {
                return Optional.of("%s was not the first to answer".formatted(call.agent()));
            }
        }
        return Optional.empty();
    }

    /**
     * A step lies between one ring and the next: never less, and rarely more than what a busy
     * machine makes of it, but never two.
     *
     * @param together whether those that rang before go on meanwhile, or are silent by then
     */
    static Optional<String> steps(List<Served> calls, Duration step, boolean together) {
        int seen = 0;
        int lateSteps = 0;
        for (var call : calls) {
            for (int i = 1; i < call.rung().size(); i++) {
                var before = call.rung().get(i - 1);
                var ring = call.rung().get(i);
                var late = Duration.between(before.from(), ring.from()).minus(step);
                seen++;
                lateSteps += late.compareTo(BLUR) > 0 ? 1 : 0;
                if (late.compareTo(BLUR.negated()) < 0 || late.compareTo(step) > 0) {
                    return Optional.of("a step of %s and %s".formatted(step, late));
                }
                if (before.until().isAfter(ring.from().plus(BLUR)) != together) {
                    return Optional.of(together ? "fell silent" : "rang together");
                }
            }
        }
        if (lateSteps * LATE_STEPS_ONE_OF > seen) {
            return Optional.of("%d of %d steps were late".formatted(lateSteps, seen));
        }
        return seen == 0 ? Optional.of("no step was seen") : Optional.empty();
    }

    /** At any moment nobody is further away from his exact share than may be. */
    static Optional<String> shares(Split split) {
        var owed = new TreeMap<String, Double>();
        for (int i = 0; i < split.calls().size(); i++) {
            var call = split.calls().get(i);
            var amount = split.amount().applyAsDouble(call);
            split.shares(i).forEach((key, share) -> owed.merge(key, share * amount, Double::sum));
            owed.merge(split.key().apply(call), -amount, Double::sum);
            for (var entry : owed.entrySet()) {
                if (split.settled(i) && Math.abs(entry.getValue()) > split.most()) {
                    return Optional.of(
                            "after %d calls %s was owed %.2f"
                                    .formatted(i + 1, entry.getKey(), entry.getValue()));
                }
            }
        }
        return Optional.empty();
    }

    /** Nobody has had many more calls than another. */
    static Optional<String> spread(List<Served> calls, List<String> agents, long most) {
        var counts = counts(calls, agents);
        var least = counts.values().stream().min(Long::compare).orElse(0L);
        var greatest = counts.values().stream().max(Long::compare).orElse(0L);
        return greatest - least <= most
                ? Optional.empty()
                : Optional.of("from %d to %d calls".formatted(least, greatest));
    }

    static Map<String, Long> counts(List<Served> calls, List<String> agents) {
        var counts = new TreeMap<String, Long>();
        agents.forEach(agent -> counts.put(agent, 0L));
        calls.forEach(call -> counts.merge(call.agent(), 1L, Long::sum));
        return counts;
    }
}
