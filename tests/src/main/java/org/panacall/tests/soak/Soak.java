// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.panacall.launcher.Platform;
import org.panacall.launcher.plan.PlatformSettings;
import org.panacall.launcher.plan.Ports;
import org.panacall.tests.bench.BenchClinic;
import org.panacall.tests.bench.CallLoad;
import org.panacall.tests.bench.CallTable;
import org.panacall.tests.bench.Tally;
import org.panacall.tests.watch.Vitals;

/**
 * Whole journeys at a steady rate for a long time through a platform of its own, with a sample of
 * all its processes each minute; see {@code bin/soak}. Exit code 1 when a call failed or a thing
 * grew or stayed.
 */
public final class Soak {

    private static final Duration PROMPT = Duration.ofSeconds(1);
    private static final Duration TALK = Duration.ofSeconds(2);
    private static final int WARM_RATE = 10;
    private static final Duration AFTERWARDS = Duration.ofSeconds(20);

    private final int minutes = number("MINUTES", 60);
    private final double rate = number("RATE", 20);
    private final boolean rtp = number("RTP", 1) == 1;
    private final int warm = number("WARM", 30);
    private final Platform platform;
    private final Sampler sampler;
    private final SoakLog log;
    private final List<Sample> samples = new ArrayList<>();
    private final Map<String, Integer> failures = new TreeMap<>();
    private final ExecutorService looks =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("looks").factory());
    private Map<String, Long> earlyHeaps = Map.of();
    private long well;
    private long repeats;
    private long startedAt;

    private Soak(Platform platform, Path run) throws IOException {
        this.platform = platform;
        sampler = new Sampler(platform, run);
        log = new SoakLog(System.out, text("CSV").map(Path::of).orElse(run));
    }

    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        var run = Path.of(System.getenv("PANACALL_RUN_DIRECTORY"));
        var variables = new HashMap<String, String>(System.getenv());
        variables.computeIfAbsent(
                "PANACALL_PORT_OFFSET", name -> Integer.toString(Ports.firstFree().offset()));
        variables.put("PANACALL_DEMO", "false");
        var seed = Path.of(System.getenv("PANACALL_SEED_FILE"));
        BenchClinic.write(seed, run.resolve("prompts"), agents(), PROMPT);
        boolean flat;
        try (var platform = Platform.start(PlatformSettings.of(variables))) {
            flat = new Soak(platform, run).run();
        }
        System.exit(flat ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        System.out.printf("Machine: %s%n", CallTable.machine());
        System.out.printf(
                "%d minutes of %.0f calls/s, %d agents, parties %s RTP.%n%n",
                minutes, rate, agents(), rtp ? "with" : "without");
        var lengths = new CallLoad.Lengths(PROMPT, TALK);
        var port = platform.ports().sip();
        try (var load = new CallLoad(port, BenchClinic.NUMBER, lengths, rtp)) {
            load.register(agents());
            load.atRate(Math.min(rate, WARM_RATE), new CallLoad.Window(1, warm), () -> 0);
            log.begin(sampler.take(0));
            startedAt = System.nanoTime();
            var minute = new CallLoad.Period(Duration.ofMinutes(1), this::hear);
            load.steadily(rate, Duration.ofMinutes(minutes), minute);
            looks.shutdown();
            looks.awaitTermination(1, TimeUnit.MINUTES);
            return judge(load);
        }
    }

    /** On the load's thread, so the looking is left to another. */
    private void hear(Tally tally) {
        looks.execute(() -> look(tally));
    }

    private void look(Tally tally) {
        long second = (System.nanoTime() - startedAt) / 1_000_000_000;
        var sample = sampler.take(second);
        samples.add(sample);
        log.line(tally, sample);
        well += tally.well;
        repeats += tally.repeats + tally.repeatsSeen;
        tally.failures.forEach((why, count) -> failures.merge(why, count, Integer::sum));
        if (samples.size() == Math.max(1, minutes / 3)) {
            earlyHeaps = Heaps.afterCollection(platform);
        }
    }

    private boolean judge(CallLoad load) throws IOException {
        load.run(AFTERWARDS);
        var lateHeaps = Heaps.afterCollection(platform);
        // The last sample is of the time without calls.
        var verdict = new Verdict(samples.subList(0, samples.size() - 1));
        var missed = new ArrayList<String>();
        if (!failures.isEmpty()) {
            missed.add("calls failed: " + failures);
        }
        missed.addAll(verdict.restarts());
        missed.addAll(verdict.growth());
        if (verdict.judgesMemory()) {
            missed.addAll(Verdict.heapGrowth(earlyHeaps, lateHeaps));
        }
        new Vitals(platform).ghosts().forEach(ghost -> missed.add("left behind: " + ghost));
        System.out.printf(
                "%n%d calls well, %d failed, %d repeats.%n",
                well, failures.values().stream().mapToInt(Integer::intValue).sum(), repeats);
        heaps(lateHeaps);
        if (!verdict.judgesMemory()) {
            System.out.printf(
                    "Memory is not judged: %d minutes at least, for JVMs warm up for minutes.%n",
                    Verdict.SAMPLES_MIN);
        }
        missed.forEach(one -> System.out.println("Not so: " + one));
        System.out.println(missed.isEmpty() ? "Flat." : "Not flat.");
        return missed.isEmpty();
    }

    private void heaps(Map<String, Long> late) {
        System.out.println("\n| process | heap after GC, early → late, MB |\n|---|---|");
        late.forEach(
                (name, bytes) ->
                        System.out.printf(
                                "| %s | %.1f → %.1f |%n",
                                name,
                                earlyHeaps.getOrDefault(name, 0L) / (double) (1 << 20),
                                bytes / (double) (1 << 20)));
        System.out.println();
    }

    private static int agents() {
        return number("AGENTS", Math.max(60, number("RATE", 20) * 6));
    }

    private static int number(String name, int standard) {
        return text(name).map(Integer::parseInt).orElse(standard);
    }

    private static Optional<String> text(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(text -> !text.isBlank());
    }
}
