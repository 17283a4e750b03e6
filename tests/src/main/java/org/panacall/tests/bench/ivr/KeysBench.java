// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.bench.ivr;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.panacall.launcher.Platform;
import org.panacall.launcher.plan.PlatformSettings;
import org.panacall.launcher.plan.Ports;
import org.panacall.tests.bench.CallsBench;
import org.panacall.tests.bench.ProcessTimes;
import org.panacall.tests.load.Journey;
import org.panacall.tests.load.Patients;
import org.panacall.tests.load.Post;
import org.panacall.tests.load.SilentAudio;
import org.panacall.tests.watch.Metrics;

/**
 * Callers in menus through a platform of its own, by SIP and RTP: a prompt plays to each all the
 * time, and each presses a key every two seconds. Prints a table; see {@code bin/bench-ivr}.
 */
public final class KeysBench implements Patients.Listener, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SETTLE = Duration.ofSeconds(5);
    private static final long DIAL_NANOS = 50_000_000L;
    private static final double GOAL_MS = 120;

    private final Platform platform;
    private final int seconds = CallsBench.setting("SECONDS", 20);
    private final KeyLoad keys = new KeyLoad();
    private final Post post;
    private final Patients patients;
    private final List<Journey> live = new ArrayList<>();
    private int answered;
    private int lost;
    private long lastId = System.currentTimeMillis() % 1_000_000 * 700;

    private KeysBench(Platform platform) throws IOException {
        this.platform = platform;
        int sip = platform.ports().sip();
        post = new Post(new InetSocketAddress("127.0.0.1", sip));
        patients =
                new Patients(
                        post,
                        new Patients.Target(MenuClinic.NUMBER, sip),
                        SilentAudio.description(Patients.HOST, keys.port()),
                        this);
    }

    public static void main(String[] arguments) throws IOException {
        try (var platform = start();
                var bench = new KeysBench(platform)) {
            bench.measure();
        }
    }

    private static Platform start() throws IOException {
        var run = Path.of(System.getenv("PANACALL_RUN_DIRECTORY"));
        var seed = Path.of(System.getenv("PANACALL_SEED_FILE"));
        MenuClinic.write(seed, run.resolve("prompts"));
        var variables = new HashMap<String, String>(System.getenv());
        var offset = Integer.toString(Ports.firstFree().offset());
        variables.putIfAbsent("PANACALL_PORT_OFFSET", offset);
        variables.put("PANACALL_DEMO", "false");
        return Platform.start(PlatformSettings.of(variables));
    }

    private void measure() throws IOException {
        System.out.println(
                "| runs at once | keys/s | steps/s | key to next prompt p50 / p99 ms (goal p99 "
                        + (int) GOAL_MS
                        + ") | keys unheard | CPU ms a second: all, ivr | runs a core: all, ivr"
                        + " | ivr PSS MiB | calls lost |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        var sizes = CallsBench.text("CALLS").orElse("50 100 200 300");
        for (var size : sizes.split("[ ,]+")) {
            step(Integer.parseInt(size));
        }
        live.forEach(patients::hangUp);
        run(SETTLE);
    }

    private void step(int calls) throws IOException {
        dialUntil(calls);
        run(SETTLE);
        keys.take();
        int lostBefore = lost;
        var times = ProcessTimes.of(platform);
        double steps = steps();
        long from = System.nanoTime();
        run(Duration.ofSeconds(seconds));
        double took = (System.nanoTime() - from) / 1e9;
        var tally = keys.take();
        var spent = ProcessTimes.of(platform).since(times);
        double all = spent.total() / took;
        double ivr = spent.millis().getOrDefault("ivr-1", 0L) / took;
        System.out.println(
                String.format(
                        Locale.ROOT,
                        "| %d | %.0f | %.0f | %s | %d of %d | %.0f, %.0f | %.0f, %.0f | %d | %d |",
                        live.size(),
                        tally.pressed / took,
                        (steps() - steps) / took,
                        tally.keyToPrompt.medianAndTail(),
                        tally.unheard,
                        tally.pressed,
                        all,
                        ivr,
                        live.size() * 1000 / all,
                        live.size() * 1000 / ivr,
                        pss(),
                        lost - lostBefore));
        System.out.println(
                "    by process: "
                        + spent.millis().entrySet().stream()
                                .sorted((one, two) -> Long.compare(two.getValue(), one.getValue()))
                                .map(one -> one.getKey() + " " + Math.round(one.getValue() / took))
                                .toList());
    }

    private void dialUntil(int calls) throws IOException {
        int more = calls - live.size();
        int wanted = answered + more;
        long from = System.nanoTime();
        for (int i = 0; i < more; i++) {
            post.at(from + i * DIAL_NANOS, this::dial);
        }
        long end = from + more * DIAL_NANOS + PATIENCE.toNanos();
        while (answered < wanted && System.nanoTime() < end) {
            run(Duration.ofMillis(50));
        }
        if (answered < wanted) {
            throw new IllegalStateException(wanted - answered + " calls were not answered");
        }
    }

    private void dial() {
        patients.dial(new Journey(++lastId, System.nanoTime(), true));
    }

    private double steps() {
        return platform.status().stream()
                .filter(status -> status.name().startsWith("ivr-"))
                .mapToDouble(status -> Metrics.of(status).sum("ivr_steps_entered_total").orElse(0))
                .sum();
    }

    private long pss() throws IOException {
        long kilobytes = 0;
        for (var status : platform.status()) {
            if (status.name().startsWith("ivr-")) {
                var rollup = Path.of("/proc/" + status.identity().pid() + "/smaps_rollup");
                kilobytes +=
                        Files.readAllLines(rollup).stream()
                                .filter(line -> line.startsWith("Pss:"))
                                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                                .sum();
            }
        }
        return kilobytes / 1024;
    }

    private void run(Duration time) throws IOException {
        post.runUntil(
                System.nanoTime() + time.toNanos(), (letter, socket) -> patients.receive(letter));
    }

    @Override
    public void answered(Journey journey) {
        answered++;
        live.add(journey);
        keys.begin(journey);
    }

    @Override
    public void over(Journey journey, String how) {
        if (how.equals("503")) {
            // A platform that has just begun refuses some, and says when to come again.
            post.in(1_000_000_000L, this::dial);
            return;
        }
        keys.end(journey);
        if (live.remove(journey) && !how.isEmpty()) {
            lost++;
        }
    }

    @Override
    public void close() throws IOException {
        keys.close();
        post.close();
    }
}
