// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.panacall.launcher.Platform;

/**
 * The platform at a quarter above its peak, and at ten times of it, with talking calls beside the
 * flood; see {@code bin/bench-overload} for what can be set.
 */
public final class OverloadBench {

    private static final double GROWTH = 1.25;
    private static final int FILL_SECONDS = 5;
    private static final int PEAK_SECONDS = 10;
    private static final int CALM_SECONDS = 20;
    private static final int PAGE_BYTES = 4096;

    private final Platform platform;
    private final CallLoad load;
    private final int agents = CallsBench.setting("AGENTS", 400);
    private final int seconds = CallsBench.setting("SECONDS", 20);
    private final int held = CallsBench.setting("HELD", 20);

    private OverloadBench(Platform platform) throws IOException {
        this.platform = platform;
        load =
                new CallLoad(
                        platform.ports().sip(),
                        BenchClinic.NUMBER,
                        new CallLoad.Lengths(CallsBench.PROMPT, CallsBench.TALK),
                        false);
    }

    public static void main(String[] arguments) throws IOException {
        int agents = CallsBench.setting("AGENTS", 400);
        try (var platform = CallsBench.start(System.getenv(), agents)) {
            new OverloadBench(platform).run();
        }
    }

    private void run() throws IOException {
        System.out.printf("Machine: %s%n%n", CallTable.machine());
        try (load) {
            load.register(agents);
            load.atRate(20, new CallLoad.Window(1, CallsBench.setting("WARM", 60)), () -> 0);
            head();
            double peak = CallsBench.text("PEAK").map(Double::valueOf).orElse(0.0);
            if (peak == 0) peak = findPeak();
            System.out.printf(Locale.ROOT, "| *peak* | **%.1f** | | | | | | | |%n", peak);
            load.hold(held);
            var memory = memory();
            flood(GROWTH * peak, peak);
            flood(10 * peak, peak);
            int lost = load.release();
            System.out.printf(
                    "%nOf %d calls that talked all the time %d were lost, or did not end by BYE and"
                            + " 200.%nResident memory, MiB:%nbefore %s%nafter  %s%n",
                    held, lost, memory, memory());
        }
    }

    private static void head() {
        System.out.println(
                "| offered/s | done/s | of the offer, of the peak | 503 | in ms, p50 / p99 |"
                        + " other failures | repeats ours + theirs | INVITE→200 ms |"
                        + " CPU ms a journey |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        System.out.println("| *goal* | | ≥ 90 % | | p99 ≤ 500 | 0 | | | |");
    }

    /**
     * Offers more and more until it is not all done, twice over, for other work on the machine
     * counts as well; what was done at most is the peak.
     */
    private double findPeak() throws IOException {
        double peak = 0;
        int missed = 0;
        for (double rate = 20; missed < 2; rate = missed > 0 ? rate : rate * GROWTH) {
            var window = new CallLoad.Window(FILL_SECONDS, PEAK_SECONDS);
            double done = step(rate, window, rate) / (double) PEAK_SECONDS;
            peak = Math.max(peak, done);
            missed = done < 0.93 * rate ? missed + 1 : 0;
        }
        return peak;
    }

    /** A flood, then half the peak until the last call that is refused. */
    private void flood(double rate, double peak) throws IOException {
        step(rate, new CallLoad.Window(FILL_SECONDS, seconds), peak);
        long over = System.nanoTime();
        var calm = load.atRate(peak / 2, new CallLoad.Window(0, CALM_SECONDS), () -> 0);
        double normal = Math.max(0, (calm.lastFailed - over) / 1e9);
        System.out.printf(
                Locale.ROOT,
                "| then %.1f | %d failed, INVITE→200 %s | normal after %.1f s (goal ≤ 10) |"
                        + " | | | | | |%n",
                peak / 2,
                calm.failed(),
                calm.answered.medianAndTail(),
                calm.lastFailed == Long.MIN_VALUE ? 0 : normal);
    }

    private int step(double rate, CallLoad.Window window, double peak) throws IOException {
        var times = new ProcessTimes[2];
        int[] reading = {0};
        var tally =
                load.atRate(rate, window, () -> times[reading[0]++] = ProcessTimes.of(platform));
        int refused = tally.failures.getOrDefault("503", 0);
        tally.failures.remove("503");
        System.out.printf(
                Locale.ROOT,
                "| %.1f | %.1f | %.0f %% | %d | %s | %s | %d + %d | %s | %.1f |%n",
                rate,
                tally.well / (double) window.seconds(),
                100 * tally.well / (double) window.seconds() / Math.max(1, peak),
                refused,
                tally.refusal.medianAndTail(),
                tally.failures.isEmpty() ? "0" : tally.failures.toString(),
                tally.repeats,
                tally.repeatsSeen,
                tally.answered.medianAndTail(),
                times[1].since(times[0]).total() / (double) Math.max(1, tally.well));
        System.out.flush();
        return tally.well;
    }

    /** Of each process with its children, as far as there is much of it. */
    private String memory() {
        return platform.status().stream()
                .map(status -> status.name() + " " + resident(status.identity().pid()))
                .collect(Collectors.joining(", "));
    }

    private static long resident(long pid) {
        return ProcessHandle.of(pid)
                .map(
                        root ->
                                Stream.concat(Stream.of(root), root.descendants())
                                        .mapToLong(process -> pages(process.pid()))
                                        .sum())
                .map(pages -> pages * PAGE_BYTES >> 20)
                .orElse(0L);
    }

    /** Resident pages that are the process's own. */
    private static long pages(long pid) {
        try {
            var fields = Files.readString(Path.of("/proc/" + pid + "/statm")).split(" ");
            return Long.parseLong(fields[1]) - Long.parseLong(fields[2]);
        } catch (IOException ended) {
            return 0;
        }
    }
}
