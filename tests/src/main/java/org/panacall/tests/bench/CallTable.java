// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;

/** The figures as a table in Markdown, goals beside them. */
public final class CallTable {

    private final PrintStream out;
    private double idleMillisASecond;

    CallTable(PrintStream out) {
        this.out = out;
    }

    /** The machine, by its own words. */
    public static String machine() throws IOException {
        var model =
                Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                        .filter(line -> line.startsWith("model name"))
                        .findFirst()
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .orElse("unknown CPU");
        return "%d × %s, load %s, %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        model,
                        Files.readString(Path.of("/proc/loadavg")).split(" ")[0],
                        Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    void head(int agents, boolean rtp) throws IOException {
        out.printf("Machine: %s%n", machine());
        out.printf(
                "Load: journeys of 1 s prompt and 2 s talk, %d agents, callers %s RTP, on the same"
                        + " machine; the platform sends RTP all the time.%n%n",
                agents, rtp ? "with" : "without");
    }

    void idle(ProcessTimes fiveSeconds) {
        idleMillisASecond = fiveSeconds.total() / 5.0;
        out.printf(
                Locale.ROOT,
                "Idle: %.0f ms of CPU a second (%s)%n%n",
                idleMillisASecond,
                split(fiveSeconds, 5));
        out.println(
                "| step | done/s | failed | repeats ours + theirs | INVITE→100"
                        + " | INVITE→200 | prompt's end→agent's INVITE | agent free→INVITE"
                        + " | CPU ms a journey | of it compilers | less idle | load"
                        + " | NATS messages |");
        out.println("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        out.println(
                "| *goal* | ≥ 150 | 0 | 0 | p99 ≤ 20 | p99 ≤ 100 | p99 ≤ 50"
                        + " | 15 / 50 | ≤ 10 | | | | |");
    }

    void row(String step, Tally tally, CallsBench.Spending spent) {
        double calls = Math.max(1, tally.well);
        double gross = spent.platform().total() / calls;
        double idle = idleMillisASecond * spent.seconds() / calls;
        out.printf(
                Locale.ROOT,
                "| %s | %.1f | %s | %d + %d | %s | %s | %s | %s"
                        + " | **%.1f** | %.1f | %.1f | %.1f | %.1f |%n",
                step,
                tally.well / spent.seconds(),
                failures(tally),
                tally.repeats,
                tally.repeatsSeen,
                tally.trying.medianAndTail(),
                tally.answered.medianAndTail(),
                tally.rang.medianAndTail(),
                tally.nextOffer.medianAndTail(),
                gross,
                spent.platform().compilers() / calls,
                gross - idle,
                spent.loadMillis() / calls,
                spent.messages() / calls);
        splits.append("\n| ").append(step).append(" | ").append(split(spent.platform(), calls));
        splits.append(" |");
        out.flush();
    }

    /** The split by process, of all rows. */
    void foot() {
        out.printf("%n| step | CPU ms a journey by process |%n|---|---|%s%n", splits);
        out.println("\nTimes in ms, p50 / p99.");
    }

    private final StringBuilder splits = new StringBuilder();

    private static String failures(Tally tally) {
        if (tally.failed() == 0) {
            return "0 of " + tally.started;
        }
        var refusals =
                tally.refusal.count() == 0 ? "" : ", refused in " + tally.refusal.medianAndTail();
        return tally.failed() + " of " + tally.started + " " + tally.failures + refusals;
    }

    private static String split(ProcessTimes times, double by) {
        return times.millis().entrySet().stream()
                .filter(entry -> entry.getValue() / by >= 0.05)
                .sorted((a, b) -> Long.compare(b.getValue(), a.getValue()))
                .map(
                        entry ->
                                String.format(
                                        Locale.ROOT,
                                        "%s %.2f",
                                        entry.getKey(),
                                        entry.getValue() / by))
                .collect(Collectors.joining(", "));
    }
}
