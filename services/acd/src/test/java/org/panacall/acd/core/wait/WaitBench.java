// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.wait;

import java.util.List;

/**
 * The error table of estimated waits: each rule beside the others on the same simulated days. DAYS
 * and SEED in the environment.
 */
public final class WaitBench {

    private record Goal(int agents, double ofAsterisk) {}

    private static final List<Goal> GOALS =
            List.of(new Goal(5, 0.70), new Goal(20, 0.60), new Goal(50, 0.45));

    private WaitBench() {}

    public static void main(String[] arguments) {
        var days = Integer.parseInt(System.getenv().getOrDefault("DAYS", "100"));
        var seed = Long.parseLong(System.getenv().getOrDefault("SEED", "1"));
        System.out.printf("%d days of 10 hours each, seed %d%n%n", days, seed);
        for (var goal : GOALS) {
            var trial = new Trial(Workload.single(goal.agents()), days, seed);
            print(Workload.single(goal.agents()), trial);
            judge(goal, trial);
        }
        for (var workload :
                List.of(
                        Workload.single(5).deviating(0.6),
                        Workload.single(5).deviating(1.0),
                        Workload.single(50).deviating(0.6),
                        Workload.single(50).deviating(1.0),
                        Workload.urgent(20),
                        Workload.shared())) {
            print(workload, new Trial(workload, days, seed));
        }
    }

    private static void print(Workload workload, Trial trial) {
        System.out.printf(
                "### %s: %d callers waited, %.0f %% of forecasts spoken%n%n",
                workload.name(), trial.ours().count(), 100 * trial.spokenShare());
        System.out.println("| rule | RMSE s | of Asterisk's | relative error | bias s | within |");
        System.out.println("|---|---|---|---|---|---|");
        for (var errors : trial.all()) {
            System.out.printf(
                    "| %s | %.1f | %.0f %% | %.0f %% | %+.1f | %.1f %% |%n",
                    errors.name(),
                    errors.rootMeanSquare(),
                    100 * errors.rootMeanSquare() / trial.asterisk().rootMeanSquare(),
                    100 * errors.meanRelative(),
                    errors.bias(),
                    100 * errors.within());
        }
        System.out.println();
    }

    private static void judge(Goal goal, Trial trial) {
        System.out.printf(
                "Goals: of Asterisk's RMSE %.1f %% (<= %.0f %%) %s, of the oracle's %.3f (<= 1.05)"
                        + " %s, nine of ten cover %.1f %% (88 to 92) %s%n%n",
                100 * trial.ofAsterisk(),
                100 * goal.ofAsterisk(),
                met(trial.ofAsterisk() <= goal.ofAsterisk()),
                trial.ofOracle(),
                met(trial.ofOracle() <= 1.05),
                100 * trial.coverage(),
                met(Math.abs(trial.coverage() - 0.9) <= 0.02));
    }

    private static String met(boolean met) {
        return met ? "met" : "MISSED";
    }
}
