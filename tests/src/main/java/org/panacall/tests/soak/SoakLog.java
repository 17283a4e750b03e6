// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.panacall.tests.bench.Tally;

/** Writes what a soak saw: a line each minute, the same and every process as CSV. */
final class SoakLog {

    private static final double MEGABYTE = 1 << 20;

    private final PrintStream out;
    private final Path minutes;
    private final Path processes;
    private Sample before;

    SoakLog(PrintStream out, Path directory) throws IOException {
        this.out = out;
        Files.createDirectories(directory);
        minutes = directory.resolve("soak.csv");
        processes = directory.resolve("soak-processes.csv");
        Files.writeString(processes, ProcessSample.csvHead() + "\n");
    }

    /** The state before the first call, from which costs are reckoned. */
    void begin(Sample sample) throws IOException {
        before = sample;
        Files.writeString(
                minutes,
                "second,well,failed,repeats,repeatsSeen,cpuMillis,compilersMillis,"
                        + String.join(",", sample.figures().keySet())
                        + "\n");
        out.println(
                "| minute | well | failed | repeats ours + theirs | CPU ms a journey"
                        + " | PSS MB | heap MB | descriptors | threads | calls, legs, media legs"
                        + " | rtpengine sessions, ports | NATS consumers, MB"
                        + " | PostgreSQL processes, MB |");
        out.println("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    }

    void line(Tally tally, Sample sample) {
        var spent = sample.times().since(before.times());
        before = sample;
        var figures = sample.figures();
        out.printf(
                "| %.1f | %d | %s | %d + %d | %.1f | %.0f | %.0f | %d | %d | %d, %d, %d | %d, %d"
                        + " | %d, %.1f | %d, %.1f |%n",
                sample.second() / 60.0,
                tally.well,
                tally.failed() == 0 ? "0" : tally.failed() + " " + tally.failures,
                tally.repeats,
                tally.repeatsSeen,
                spent.total() / (double) Math.max(1, tally.well),
                sample.pssBytes() / MEGABYTE,
                sample.heapBytes() / MEGABYTE,
                sample.descriptors(),
                sample.threads(),
                figures.get("calls"),
                figures.get("legs"),
                figures.get("mediaLegs"),
                figures.get("rtpSessions"),
                figures.get("rtpPorts"),
                figures.get("natsConsumers"),
                figures.get("natsBytes") / MEGABYTE,
                figures.get("postgresProcesses"),
                figures.get("postgresBytes") / MEGABYTE);
        out.flush();
        var cells = new ArrayList<Long>();
        cells.addAll(
                List.of(
                        sample.second(),
                        (long) tally.well,
                        (long) tally.failed(),
                        (long) tally.repeats,
                        (long) tally.repeatsSeen,
                        spent.total(),
                        spent.compilers()));
        cells.addAll(figures.values());
        append(minutes, cells.stream().map(Object::toString).collect(Collectors.joining(",")));
        sample.processes().forEach(one -> append(processes, one.csv(sample.second())));
    }

    private static void append(Path file, String line) {
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
