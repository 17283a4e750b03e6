// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.topology;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.panacall.launcher.plan.PlatformSettings;
import org.panacall.launcher.plan.PortClaim;
import org.panacall.launcher.plan.ProcessPlan;
import org.panacall.launcher.plan.ProcessPlan.Invocation;
import org.panacall.launcher.plan.ProcessPlan.Signals;
import org.panacall.launcher.plan.Readiness;

/** Our own nats-server with JetStream on disk, listening on 127.0.0.1 only. */
final class NatsServer {

    static final String NAME = "nats";

    private static final String SETTINGS =
            """
            # Written at each start by the launcher.
            host: 127.0.0.1
            port: %d
            http: "127.0.0.1:%d"
            max_payload: 8MB
            jetstream {
              store_dir: "%s"
              max_memory_store: 256MB
              max_file_store: 20GB
            }
            """;

    private NatsServer() {}

    static ProcessPlan plan(PlatformSettings settings, HttpClient client) throws IOException {
        var directory = settings.runDirectory().resolve(NAME);
        var ports = settings.ports();
        Files.createDirectories(directory);
        var file = directory.resolve("nats.conf");
        Files.writeString(
                file,
                SETTINGS.formatted(ports.nats(), ports.natsMonitor(), directory.resolve("data")));
        var command = List.of(program().toString(), "-c", file.toString());
        var health = URI.create("http://127.0.0.1:" + ports.natsMonitor() + "/healthz");
        return new ProcessPlan(
                NAME,
                new Invocation(List.of(), command, Map.of(), directory, Signals.USUAL),
                List.of(PortClaim.tcp(ports.nats()), PortClaim.tcp(ports.natsMonitor())),
                new Readiness.Http(client, health),
                Set.of());
    }

    /** Debian keeps it in /usr/sbin, which is not on everybody's PATH. */
    private static Path program() {
        var packaged = Path.of("/usr/sbin/nats-server");
        return Files.isExecutable(packaged) ? packaged : Path.of("nats-server");
    }
}
