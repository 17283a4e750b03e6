// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.chaos;

import java.io.PrintStream;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.panacall.tests.chaos.Patient.Place;

/**
 * Outcomes as a table in Markdown, goals beside them; then what missed, and why calls were lost.
 */
final class OutcomeTable {

    private static final int COLUMNS = 16;

    private final PrintStream out;

    OutcomeTable(PrintStream out) {
        this.out = out;
    }

    void head() {
        out.println(
                "| fault | goal | talks kept | hang-up after | waiting served | greeted served"
                        + " | silence in talks, in queue and greeting | next offer"
                        + " | phone registers | ready again | new calls well | again from"
                        + " | slowest first answer | records right | ghosts | verdict |");
        out.println("|---".repeat(COLUMNS) + "|");
    }

    /** A row of the table. */
    void row(Outcome outcome) {
        var cells =
                List.of(
                        "%s (%s: %.0f)"
                                .formatted(
                                        outcome.fault().title(),
                                        outcome.victim,
                                        outcome.victimsCalls),
                        outcome.fault().goal(),
                        outcome.wellOf(Place.TALK),
                        seconds(outcome.controlMillis),
                        outcome.wellOf(Place.QUEUE),
                        outcome.wellOf(Place.GREETING),
                        gaps(outcome.talkGaps) + ", " + gaps(outcome.playGaps),
                        seconds(outcome.nextOfferMillis),
                        seconds(outcome.registeredMillis),
                        seconds(outcome.readyMillis),
                        newCalls(outcome),
                        seconds(outcome.backMillis),
                        first(outcome.slowestFirstMillis),
                        records(outcome),
                        outcome.ghosts.isEmpty() ? "none" : String.join(", ", outcome.ghosts),
                        outcome.broken().isEmpty() ? "holds" : "**misses**");
        out.println("| " + String.join(" | ", cells) + " |");
        out.flush();
    }

    /** What missed of a round, one line a claim, and why calls were lost. */
    void misses(Outcome outcome) {
        outcome.broken()
                .forEach(
                        (claim, seen) ->
                                out.printf(
                                        "%s: not so: %s: %s%n",
                                        outcome.fault().title(), claim.title(), seen));
        if (!outcome.losses.isEmpty()) {
            out.printf("%s: lost: %s%n", outcome.fault().title(), outcome.losses);
        }
    }

    private static String newCalls(Outcome outcome) {
        var failures =
                outcome.newCallFailures.isEmpty() ? "" : " " + outcome.newCallFailures.toString();
        return outcome.newCallsWell + " of " + outcome.newCalls + failures;
    }

    private static String records(Outcome outcome) {
        int wrong = outcome.wrongRecords.values().stream().mapToInt(Integer::intValue).sum();
        var right = (outcome.records - wrong) + " of " + outcome.records;
        return wrong == 0 ? right : right + " " + outcome.wrongRecords;
    }

    private static String first(long millis) {
        return millis == Long.MAX_VALUE ? "none" : seconds(OptionalLong.of(millis));
    }

    /** Median and worst, in seconds. */
    private static String gaps(List<Long> millis) {
        if (millis.isEmpty()) {
            return "–";
        }
        var sorted = millis.stream().sorted().toList();
        var median = OptionalLong.of(sorted.get((sorted.size() - 1) / 2));
        return seconds(median) + " / " + seconds(OptionalLong.of(Collections.max(sorted)));
    }

    private static String seconds(OptionalLong millis) {
        return millis.isPresent() ? "%.1f s".formatted(millis.getAsLong() / 1_000.0) : "–";
    }
}
