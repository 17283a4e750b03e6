// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.takeover;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.panacall.launcher.Platform;
import org.panacall.tests.bench.BenchClinic;
import org.panacall.tests.bench.CallTable;
import org.panacall.tests.bench.CallsBench;
import org.panacall.tests.load.Crowd;
import org.panacall.tests.watch.Metrics;
import org.panacall.tests.watch.Vitals;

/**
 * {@code kill -9} of acd's leader under many talks and waiting calls: none may be lost or offered
 * twice, order is kept, and the next offer comes soon; see {@code bin/kill-acd} for what can be
 * set. Exit code 1 when one of these does not hold.
 */
public final class LeaderKill {

    private static final Duration HANG_UP_AFTER = Duration.ofMillis(500);
    private static final Duration CLEAN_WITHIN = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final long PAUSE_MAX_MILLIS = 3_000;

    private final Platform platform;
    private final Vitals vitals;
    private final int talks;
    private final int waiting;
    private final int ringing;

    private LeaderKill(Platform platform, int talks) {
        this.platform = platform;
        vitals = new Vitals(platform);
        this.talks = talks;
        waiting = CallsBench.setting("WAITING", 200);
        ringing = CallsBench.setting("RINGING", 5);
    }

    public static void main(String[] arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        var talks = CallsBench.setting("TALKS", 100);
        var variables = new HashMap<String, String>(System.getenv());
        variables.putIfAbsent("PANACALL_REPLICAS", "acd=2");
        boolean holds;
        try (var platform = CallsBench.start(variables, talks)) {
            holds = new LeaderKill(platform, talks).run(CallsBench.setting("ROUNDS", 1));
        }
        System.exit(holds ? 0 : 1);
    }

    private boolean run(int rounds) throws IOException {
        System.out.printf("Machine: %s%n%n", CallTable.machine());
        System.out.println(
                "| killed | talks, of them ringing | waiting | lost | offered twice | overtaken"
                        + " | next offer after | left afterwards | verdict |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        System.out.println("| *goal* | | | 0 | 0 | 0 | ≤ 3 s | none | |");
        boolean holds = true;
        for (int i = 0; i < rounds; i++) {
            holds &= round();
        }
        return holds;
    }

    private boolean round() throws IOException {
        try (var crowd = new Crowd(platform.ports().sip())) {
            crowd.register(talks, SOON);
            var queue = new FullQueue(crowd, BenchClinic.NUMBER);
            var queued = new Look(() -> queued() >= waiting);
            queue.fill(talks, waiting, queued);
            queue.ring(ringing);
            var leader = vitals.busiest("acd");
            long killedAt = System.nanoTime();
            platform.kill(leader);
            crowd.run(HANG_UP_AFTER);
            var pause = queue.nextOfferMillis(killedAt);
            var misses = new ArrayList<String>();
            if (!queue.serveAll()) {
                misses.add("not all served in time");
            }
            crowd.await(new Look(() -> vitals.ghosts().isEmpty()), CLEAN_WITHIN);
            judge(queue, pause, misses);
            row(leader, queue, pause, misses);
            platform.awaitReady();
            return misses.isEmpty();
        }
    }

    /** A question that takes its time is asked beside the telephones, which must go on. */
    private static final class Look implements BooleanSupplier {
        private final BooleanSupplier question;
        private CompletableFuture<Boolean> answer = CompletableFuture.completedFuture(false);

        private Look(BooleanSupplier question) {
            this.question = question;
        }

        @Override
        public boolean getAsBoolean() {
            if (!answer.isDone()) {
                return false;
            }
            var last = answer.join();
            answer =
                    last
                            ? answer
                            : CompletableFuture.supplyAsync(
                                    question::getAsBoolean, Thread::startVirtualThread);
            return last;
        }
    }

    private double queued() {
        return platform.status().stream()
                .filter(status -> status.name().startsWith("acd"))
                .mapToDouble(status -> Metrics.of(status).sum("acd_calls_waiting").orElse(0))
                .sum();
    }

    private void judge(FullQueue queue, OptionalLong pause, List<String> misses) {
        if (!queue.lost().isEmpty()) {
            misses.add("lost");
        }
        if (queue.twice() > 0) {
            misses.add("offered twice");
        }
        if (queue.overtaken() > 0) {
            misses.add("overtaken");
        }
        if (pause.orElse(Long.MAX_VALUE) > PAUSE_MAX_MILLIS) {
            misses.add("pause");
        }
        if (!vitals.ghosts().isEmpty()) {
            misses.add("ghosts");
        }
    }

    private void row(String leader, FullQueue queue, OptionalLong pause, List<String> misses) {
        var after = pause.isPresent() ? "%.1f s".formatted(pause.getAsLong() / 1e3) : "never";
        System.out.printf(
                "| %s | %d, %d | %d | %s | %d | %d | %s | %s | %s |%n",
                leader,
                talks,
                ringing,
                waiting,
                queue.lost().isEmpty() ? "0" : queue.lost(),
                queue.twice(),
                queue.overtaken(),
                after,
                vitals.ghosts().isEmpty() ? "none" : vitals.ghosts(),
                misses.isEmpty() ? "holds" : "**misses**: " + String.join(", ", misses));
    }
}
