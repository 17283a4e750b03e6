// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.panacall.launcher.Platform;
import org.panacall.tests.bench.ProcessTimes;
import org.panacall.tests.watch.Metrics;
import org.panacall.tests.watch.Vitals;

/** Takes samples of a running platform from outside: /proc, metrics, monitors, sizes on disk. */
final class Sampler {

    /** Figures by the metric, summed over the services, that they are. */
    private static final Map<String, String> GAUGES = new LinkedHashMap<>();

    static {
        GAUGES.put("calls", "calls_live");
        GAUGES.put("legs", "legs_live");
        GAUGES.put("mediaLegs", "panacall_media_legs");
        GAUGES.put("runs", "ivr_runs_live");
        GAUGES.put("acdCalls", "acd_calls");
        GAUGES.put("waiting", "acd_calls_waiting");
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Platform platform;
    private final Path runDirectory;
    private final Vitals vitals;

    Sampler(Platform platform, Path runDirectory) {
        this.platform = platform;
        this.runDirectory = runDirectory;
        vitals = new Vitals(platform);
    }

    Sample take(long second) {
        var processes = platform.status().stream().map(ProcessSample::of).toList();
        var figures = new LinkedHashMap<String, Long>();
        var pages = platform.status().stream().map(Metrics::of).toList();
        GAUGES.forEach(
                (name, metric) ->
                        figures.put(
                                name,
                                (long)
                                        pages.stream()
                                                .mapToDouble(of -> of.sum(metric).orElse(0))
                                                .sum()));
        figures.put("rtpSessions", (long) vitals.sessions().orElse(-1));
        figures.put("rtpPorts", rtpPorts());
        var jetStream = monitor("/jsz");
        figures.put("natsStreams", jetStream.path("streams").asLong(-1));
        figures.put("natsConsumers", jetStream.path("consumers").asLong(-1));
        figures.put("natsBytes", jetStream.path("bytes").asLong(-1));
        var server = monitor("/varz");
        figures.put("natsConnections", server.path("connections").asLong(-1));
        figures.put("natsSubscriptions", server.path("subscriptions").asLong(-1));
        figures.put(
                "postgresProcesses",
                processes.stream()
                        .filter(one -> one.name().equals("postgres"))
                        .mapToLong(ProcessSample::processes)
                        .sum());
        figures.put("postgresBytes", size(runDirectory.resolve("postgres")));
        return new Sample(second, processes, ProcessTimes.of(platform), figures);
    }

    /** UDP sockets of rtpengine, by its open sockets. */
    private long rtpPorts() {
        return platform.status().stream()
                .filter(one -> one.name().equals("rtpengine"))
                .mapToLong(one -> sockets(one.identity().pid()))
                .sum();
    }

    private static long sockets(long pid) {
        try (var files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return files.filter(Sampler::isSocket).count();
        } catch (IOException ended) {
            return -1;
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closed) {
            return false;
        }
    }

    private JsonNode monitor(String page) {
        var address = URI.create("http://127.0.0.1:" + platform.ports().natsMonitor() + page);
        try (var answer = address.toURL().openStream()) {
            return JSON.readTree(answer);
        } catch (IOException away) {
            return JSON.nullNode();
        }
    }

    private static long size(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.mapToLong(Sampler::length).sum();
        } catch (IOException | java.io.UncheckedIOException changing) {
            return -1;
        }
    }

    private static long length(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException gone) {
            return 0;
        }
    }
}
