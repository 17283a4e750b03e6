// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.topology;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.panacall.launcher.plan.AotMode;
import org.panacall.launcher.plan.PlatformSettings;
import org.panacall.launcher.plan.PortClaim;
import org.panacall.launcher.plan.ProcessPlan;
import org.panacall.launcher.plan.ProcessPlan.Invocation;
import org.panacall.launcher.plan.ProcessPlan.Signals;
import org.panacall.launcher.plan.Readiness;
import org.panacall.launcher.plan.Secrets;
import org.panacall.launcher.plan.Service;

/** Plans the processes of the Java services. */
final class JavaService {

    /** Assertions stay on: they stand for our own bugs, which must not run on in silence. */
    private static final List<String> JVM_OPTIONS =
            List.of(
                    "-ea",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    private static final String JAR = "quarkus-run.jar";

    private final PlatformSettings settings;
    private final Addresses addresses;
    private final Secrets secrets;
    private final HttpClient client;

    JavaService(PlatformSettings settings, Secrets secrets, HttpClient client) {
        this.settings = settings;
        this.addresses = new Addresses(settings);
        this.secrets = secrets;
        this.client = client;
    }

    ProcessPlan plan(Service service, int replica) throws IOException {
        var name = service.instance(replica);
        int port = settings.ports().http(service, replica);
        var ports = new ArrayList<>(List.of(PortClaim.tcp(port)));
        if (service.speaksGrpc()) {
            ports.add(PortClaim.tcp(settings.ports().grpc(service, replica)));
        }
        if (service == Service.SIP_INGRESS) {
            ports.add(PortClaim.udp(settings.ports().sipIngressSip(replica)));
        }
        var data = Files.createDirectories(settings.runDirectory().resolve("data").resolve(name));
        var health = URI.create("http://127.0.0.1:" + port + "/q/health/ready");
        var cache = cacheOptions(service, replica);
        return new ProcessPlan(
                name,
                new Invocation(
                        List.of(),
                        command(service, cache.options()),
                        environment(service, replica, data),
                        data,
                        cache.signals()),
                ports,
                new Readiness.Http(client, health),
                needs());
    }

    private Set<String> needs() {
        var needs = new HashSet<String>();
        if (settings.postgres().isEmpty()) {
            needs.add(PostgresCluster.NAME);
        }
        if (settings.nats().isEmpty()) {
            needs.add(NatsServer.NAME);
        }
        return needs;
    }

    private List<String> command(Service service, List<String> cacheOptions) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options(service));
        command.addAll(cacheOptions);
        command.addAll(settings.jvmOptions(service));
        command.addAll(List.of("-jar", application(service).resolve(JAR).toString()));
        return command;
    }

    private static List<String> options(Service service) {
        return Stream.concat(JVM_OPTIONS.stream(), service.jvmOptions().stream()).toList();
    }

    private Path application(Service service) {
        var home = settings.home().resolve("services").resolve(service.title());
        return home.resolve("target/quarkus-app");
    }

    /** What start-up caches add to the command, and how the process ends then. */
    private CacheOptions cacheOptions(Service service, int replica) throws IOException {
        var application = application(service);
        if (settings.aot() == AotMode.OFF || Files.notExists(application)) {
            return new CacheOptions(List.of(), Signals.USUAL);
        }
        var cache = AotCache.of(application, options(service));
        if (cache.isComplete()) {
            return new CacheOptions(cache.use(), Signals.USUAL);
        }
        // Options of the operator's own may be a profiler's; and one process a service is enough.
        boolean trains =
                settings.aot() == AotMode.AUTO
                        && replica == 1
                        && settings.jvmOptions(service).isEmpty();
        return trains
                ? new CacheOptions(cache.train(), Signals.TRAINED)
                : new CacheOptions(List.of(), Signals.USUAL);
    }

    private record CacheOptions(List<String> options, Signals signals) {}

    private Map<String, String> environment(Service service, int replica, Path data)
            throws IOException {
        var port = Integer.toString(settings.ports().http(service, replica));
        var environment = new HashMap<>(addresses.services());
        environment.putAll(addresses.dataSource(secrets.databasePassword()));
        environment.put("QUARKUS_HTTP_PORT", port);
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("PANACALL_INSTANCE", service.title() + "-" + replica);
        environment.put("PANACALL_SERVICE_TOKEN", secrets.serviceToken());
        environment.put("PANACALL_DATA_DIRECTORY", data.toString());
        if (service.speaksGrpc()) {
            int grpc = settings.ports().grpc(service, replica);
            environment.put("PANACALL_GRPC_PORT", Integer.toString(grpc));
            environment.put("PANACALL_GRPC_ADVERTISED_ADDRESS", addresses.grpc(service, replica));
        }
        environment.put("PANACALL_EDGE_RPC_TOKEN", secrets.edgeRpcToken());
        environment.put("PANACALL_EDGE_WEBRTC_SECRET", secrets.webrtcSecret());
        environment.put(
                "PANACALL_PROMPTS_DIRECTORY",
                settings.runDirectory().resolve("prompts").toString());
        environment.put("PANACALL_DEMO", Boolean.toString(settings.demo()));
        environment.putAll(own(service, replica));
        return environment;
    }

    /** What only this kind of service is told. */
    private Map<String, String> own(Service service, int replica) throws IOException {
        return switch (service) {
            case SIP_INGRESS -> {
                int port = settings.ports().sipIngressSip(replica);
                yield Map.of("PANACALL_SIP_ADDRESS", "127.0.0.1:" + port);
            }
            case MEDIA -> {
                int all = settings.replicas().of(service);
                var range = settings.mediaRtpPorts().split(all).get(replica - 1);
                yield Map.of(
                        "PANACALL_RTP_PORTS",
                        range.toString(),
                        "PANACALL_MEDIA_RECORDING_KEY",
                        secrets.spoolKey());
            }
            case RECORDINGS -> Map.of("PANACALL_RECORDINGS_MASTER_KEY", secrets.recordingsKey());
            case DIRECTORY -> directory();
            case REPORTING ->
                    settings.otlpEndpoint()
                            .map(endpoint -> Map.of("PANACALL_OTLP_ENDPOINT", endpoint))
                            .orElse(Map.of());
            default -> Map.of();
        };
    }

    private Map<String, String> directory() throws IOException {
        var environment = new HashMap<String, String>();
        environment.put("PANACALL_DIRECTORY_SECRET", secrets.directorySecret());
        if (settings.demo()) {
            var demo = settings.home().resolve("services/directory/src/main/demo");
            environment.put("PANACALL_SEED_FILE", demo.resolve("clinic.yaml").toString());
        }
        return environment;
    }
}
