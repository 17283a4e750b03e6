// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.bench.media;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.panacall.tests.bench.CallTable;
import org.panacall.tests.bench.ProcessTimes;

/**
 * The media service alone: legs in pairs by its contract, each party speaking and hearing every 20
 * ms, media on one core and the load on the other; a plain reflector in C beside it is the limit.
 * See {@code bin/bench-media} for what can be set.
 */
public final class MediaBench {

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final int WARM_SECONDS = 4;
    private static final String SYSTEM_CORE = "1";
    private static final String LOAD_CORE = "0";

    private final Path directory;
    private final List<Integer> sizes;
    private final int seconds;
    private final boolean pinned = Runtime.getRuntime().availableProcessors() > 1;
    private final String token = UUID.randomUUID().toString();
    private double limit;

    private MediaBench(Path directory) {
        this.directory = directory;
        sizes =
                Arrays.stream(setting("LEGS", "500 1000 2000 3000").split("[ ,]+"))
                        .map(Integer::valueOf)
                        .toList();
        seconds = Integer.parseInt(setting("SECONDS", "10"));
    }

    public static void main(String[] arguments) throws IOException {
        new MediaBench(Path.of(System.getenv("PANACALL_RUN_DIRECTORY"))).run();
    }

    private void run() throws IOException {
        System.out.printf("Machine: %s%n", CallTable.machine());
        System.out.printf(
                "Load: PCMA legs in pairs, 20 ms, every party speaks; mixed: PCMA with PCMU; %d s."
                        + " System under test and load have a core each.%n%n",
                seconds);
        System.out.println(
                "| system | legs | loss % | added p50 / p99 ms | CPU % of a core"
                        + " | packets a CPU-second | share of the limit |");
        System.out.println("|---|---|---|---|---|---|---|");
        System.out.println(
                "| *goal, mixed* | ≥ 2000 | < 0.1 | p99 ≤ 40 | ≤ 100 | | ≥ 35 % |\n"
                        + "| *goal, pass-through* | ≥ 3000 | < 0.1 | p99 ≤ 5 | ≤ 100 | | |");
        reflector();
        int http = freePort();
        int grpc = freePort();
        var media = startMedia(http, grpc);
        try (var legs = new MediaLegs(grpc, token)) {
            awaitReady(http, media);
            for (boolean mixed : new boolean[] {false, true}) {
                for (int size : sizes) {
                    measure(legs, size, mixed, media);
                }
            }
        } finally {
            media.destroy();
        }
    }

    private void measure(MediaLegs legs, int size, boolean mixed, Process media)
            throws IOException {
        // The port that media speaks from is known only when legs are open, and theirs only when
        // the load is there: legs all share one.
        int port = legs.open(2, 9, false);
        legs.closeAll();
        var arguments = List.<Object>of("load", size, mixed ? 1 : 0, port, WARM_SECONDS, seconds);
        try (var load = new RtpLoad(program(LOAD_CORE), arguments)) {
            legs.open(size, load.port(), mixed);
            row(
                    mixed ? "media, mixed" : "media, pass-through",
                    size,
                    load.run(() -> ProcessTimes.own(media.pid())));
        }
        legs.closeAll();
        // Addresses left behind are drained for 2 s.
        LockSupport.parkNanos(2_500_000_000L);
    }

    private void reflector() throws IOException {
        int port = freePort();
        int size = sizes.getLast();
        try (var reflector = new RtpLoad(program(SYSTEM_CORE), List.of("reflect", port))) {
            reflector.awaitReady();
            var arguments = List.<Object>of("load", size, 0, port, 1, seconds);
            try (var load = new RtpLoad(program(LOAD_CORE), arguments)) {
                load.port();
                var result = load.run(() -> ProcessTimes.own(reflector.pid()));
                limit = result.packetsACpuSecond();
                row("C reflector (the limit)", size, result);
            }
        }
    }

    private void row(String system, int size, RtpLoad.Result result) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.3f | %.1f / %.1f | %.0f | %.0f | %.0f %% |%s%n",
                system,
                size,
                result.lossPercent(),
                result.words().get("p50"),
                result.words().get("p99"),
                result.cpuPercent(),
                result.packetsACpuSecond(),
                100 * result.packetsACpuSecond() / limit,
                late(result));
    }

    /** The load sends each millisecond; when it could not, its figures are the machine's. */
    private String late(RtpLoad.Result result) {
        double share = result.words().get("late") / (1000.0 * (WARM_SECONDS + seconds));
        return share < 0.001
                ? ""
                : String.format(
                        Locale.ROOT,
                        " not valid: the load was late %.1f %% of the time",
                        100 * share);
    }

    private List<String> program(String core) {
        var command = onCore(core);
        command.add(directory.resolve("rtp_load").toString());
        return command;
    }

    private List<String> onCore(String core) {
        return new ArrayList<>(pinned ? List.of("taskset", "-c", core) : List.of());
    }

    private Process startMedia(int http, int grpc) throws IOException {
        var home = Path.of(System.getenv("PANACALL_HOME"));
        var command = onCore(SYSTEM_CORE);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-ea", "-XX:+UseZGC", "-Xmx384m"));
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(
                Arrays.stream(setting("PANACALL_JVM_MEDIA", "").split("\\s+"))
                        .filter(option -> !option.isBlank())
                        .toList());
        command.add("-jar");
        command.add(home.resolve("services/media/target/quarkus-app/quarkus-run.jar").toString());
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(directory.resolve("media.log").toFile());
        var environment = builder.environment();
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(http));
        environment.put("PANACALL_GRPC_PORT", Integer.toString(grpc));
        environment.put("PANACALL_INSTANCE", "media-1");
        environment.put("PANACALL_SERVICE_TOKEN", token);
        environment.put("PANACALL_DATA_DIRECTORY", directory.toString());
        environment.put("PANACALL_RTP_PORTS", "0");
        environment.put("PANACALL_MEDIA_LEGS", "16000");
        return builder.start();
    }

    private void awaitReady(int http, Process media) throws IOException {
        var page = URI.create("http://127.0.0.1:" + http + "/q/health/ready");
        var request = HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(2)).build();
        long end = System.nanoTime() + READY_WITHIN.toNanos();
        try (var client = HttpClient.newHttpClient()) {
            while (!isReady(client, request)) {
                if (!media.isAlive() || System.nanoTime() > end) {
                    throw new IOException(
                            "media does not start, see " + directory.resolve("media.log"));
                }
                LockSupport.parkNanos(200_000_000);
            }
        }
    }

    private static boolean isReady(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException("interrupted", stopped);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String setting(String name, String standard) {
        var text = System.getenv(name);
        return text == null || text.isBlank() ? standard : text;
    }
}
