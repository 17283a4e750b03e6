// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.bench.peer;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Acd beside the published rules of peers: the same days by seed, a row for each rule. */
public final class PeersBench {

    private static final List<Shape> SHAPES =
            List.of(
                    new Shape("One queue, 8 agents", 8, 1, 0.85),
                    new Shape("One queue, 30 agents", 30, 1, 0.92),
                    new Shape("A clinic: 12 queues, 60 agents of three queues each", 60, 12, 0.9));

    private final PrintStream out;
    private final int days;

    public PeersBench(PrintStream out, int days) {
        this.out = out;
        this.days = days;
    }

    public void run() {
        out.printf("%n### Beside the published rules of peers%n%n");
        out.printf(
                Locale.ROOT,
                "%d Mondays by seed, ten hours each. Talks log-normal of %d s, %d s of wrap-up,"
                        + " patience exponential of %d s, a telephone rings for %d s.%n",
                days,
                Shape.TALK.toSeconds(),
                Shape.WRAP_UP.toSeconds(),
                Shape.PATIENCE.toSeconds(),
                Shape.RING.toSeconds());
        SHAPES.forEach(this::table);
    }

    static Map<String, Function<Trial, Distributor>> rules() {
        var rules = new LinkedHashMap<String, Function<Trial, Distributor>>();
        rules.put("**acd, longest idle**", OurCore::new);
        rules.put("app_queue, rrmemory", trial -> new AppQueue(trial, AppQueue.Rule.RRMEMORY));
        rules.put(
                "app_queue, leastrecent", trial -> new AppQueue(trial, AppQueue.Rule.LEASTRECENT));
        rules.put(
                "app_queue, linear with penalties",
                trial -> new AppQueue(trial, AppQueue.Rule.LINEAR));
        rules.put(
                "mod_callcenter, longest-idle-agent",
                trial -> new CallCenter(trial, CallCenter.Tiers.NONE));
        rules.put(
                "the same, tiers by order", trial -> new CallCenter(trial, CallCenter.Tiers.ORDER));
        rules.put(
                "the same, higher tiers after 30 s",
                trial -> new CallCenter(trial, CallCenter.Tiers.WAIT));
        return rules;
    }

    private void table(Shape shape) {
        out.printf("%n%s, load %.2f:%n%n", shape.name(), shape.load());
        out.println(
                "| rule | mean wait s | more than acd's, day by day | 95 % wait less than s"
                        + " | abandoned % | within 20 s % | offers a talk | variation of talks"
                        + " | of idle time |");
        out.println("|---|---|---|---|---|---|---|---|---|");
        var ours = scores(shape, OurCore::new);
        rules().forEach((name, rule) -> row(name, ours, scores(shape, rule)));
    }

    private List<Scores> scores(Shape shape, Function<Trial, Distributor> rule) {
        var found = new ArrayList<Scores>();
        for (int seed = 0; seed < days; seed++) {
            found.add(Trial.of(new Day(shape, seed), rule));
        }
        return found;
    }

    private void row(String name, List<Scores> ours, List<Scores> scores) {
        var more =
                IntStream.range(0, days)
                        .mapToDouble(day -> scores.get(day).meanWait() - ours.get(day).meanWait())
                        .toArray();
        out.printf(
                Locale.ROOT,
                "| %s | %.1f | %+.1f ± %.1f | %.0f | %.1f | %.1f | %.2f | %.2f | %.2f |%n",
                name,
                mean(scores, Scores::meanWait),
                Arrays.stream(more).average().orElse(Double.NaN),
                error(more),
                mean(scores, day -> day.waitQuantile(0.95)),
                100 * mean(scores, Scores::abandonedShare),
                100 * mean(scores, Scores::serviceLevel),
                mean(scores, Scores::offersACall),
                mean(scores, Scores::talksVariation),
                mean(scores, Scores::idleVariation));
        out.flush();
    }

    private static double mean(List<Scores> scores, ToDoubleFunction<Scores> figure) {
        return scores.stream().mapToDouble(figure).average().orElse(Double.NaN);
    }

    /** Standard error of a mean. */
    private static double error(double[] values) {
        var mean = Arrays.stream(values).average().orElse(Double.NaN);
        var squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
        return Math.sqrt(squares / Math.max(1, values.length - 1) / values.length);
    }
}
