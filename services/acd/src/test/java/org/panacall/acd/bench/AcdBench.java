// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.panacall.acd.bench.peer.PeersBench;
import org.panacall.engine.nats.NatsLink;
import org.panacall.simkit.Eventually;
import org.panacall.simkit.NatsServer;

/**
 * What acd's core costs and how well it distributes: decisions, memory, throughput, recovery, and
 * whole days beside the published rules of peers. See {@code bin/bench-acd} for what can be set.
 */
public final class AcdBench {

    private static final BusyTenant.Size CLINICS = new BusyTenant.Size(1_000, 200, 5_000);
    private static final BusyTenant.Size LARGEST = new BusyTenant.Size(10_000, 500, 50_000);

    private final int commands = setting("COMMANDS", 300_000);

    private AcdBench() {}

    public static void main(String[] arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        new AcdBench().run();
    }

    private void run() throws IOException {
        System.out.printf("Machine: %s%n", machine());
        var parts = text("PARTS").orElse("decisions throughput recovery peers");
        if (parts.contains("decisions")) {
            var sizes = List.of(CLINICS, CLINICS.times(2), CLINICS.times(4), LARGEST);
            new Decisions(System.out, commands).run(sizes);
        }
        if (parts.contains("throughput") || parts.contains("recovery")) {
            journaled(parts);
        }
        if (parts.contains("peers")) {
            new PeersBench(System.out, setting("DAYS", 20)).run();
        }
    }

    private void journaled(String parts) {
        try (var nats = NatsServer.start();
                var link = new NatsLink(nats.url(), "bench-acd", new SimpleMeterRegistry())) {
            Eventually.isTrue("NATS answers", link::connected);
            if (parts.contains("throughput")) {
                new Throughput(System.out, CLINICS, commands).run(link);
            }
            if (parts.contains("recovery")) {
                new Recovery(System.out, link, commands).run(List.of(CLINICS, LARGEST));
            }
        }
    }

    /** The machine, by its own words. */
    private static String machine() throws IOException {
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

    private static int setting(String name, int standard) {
        return text(name).map(Integer::parseInt).orElse(standard);
    }

    private static Optional<String> text(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(text -> !text.isBlank());
    }
}
