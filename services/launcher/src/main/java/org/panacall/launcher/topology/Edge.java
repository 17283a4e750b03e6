// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.topology;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.panacall.launcher.plan.PlatformSettings;
import org.panacall.launcher.plan.PortClaim;
import org.panacall.launcher.plan.ProcessPlan;
import org.panacall.launcher.plan.ProcessPlan.Invocation;
import org.panacall.launcher.plan.ProcessPlan.Signals;
import org.panacall.launcher.plan.Readiness;
import org.panacall.launcher.plan.Secrets;
import org.panacall.launcher.plan.Service;

/** Kamailio and rtpengine, started by the scripts of {@code services/edge}. */
final class Edge {

    private final PlatformSettings settings;
    private final Secrets secrets;
    private final HttpClient client;
    private final Path programs;
    private final Path directory;

    Edge(PlatformSettings settings, Secrets secrets, HttpClient client) {
        this.settings = settings;
        this.secrets = secrets;
        this.client = client;
        this.programs = settings.home().resolve("services/edge/bin");
        this.directory = settings.runDirectory().resolve("edge");
    }

    /** Renders the configuration and says what to run on it. */
    List<ProcessPlan> prepare() throws IOException {
        Files.createDirectories(directory);
        var environment = environment();
        Execution.of(List.of(script("render"), directory.toString()), directory, environment);
        return List.of(rtpengine(environment), kamailio(environment));
    }

    private ProcessPlan rtpengine(Map<String, String> environment) {
        var ports = settings.ports();
        return plan(
                "rtpengine",
                environment,
                List.of(
                        PortClaim.udp(ports.rtpengineNg()),
                        PortClaim.tcp(ports.rtpengineCli()),
                        PortClaim.tcp(ports.rtpengineHttp())),
                URI.create("http://127.0.0.1:" + ports.rtpengineHttp() + "/ping"));
    }

    private ProcessPlan kamailio(Map<String, String> environment) {
        var ports = settings.ports();
        return plan(
                "kamailio",
                environment,
                List.of(
                        PortClaim.udp(ports.sip()),
                        PortClaim.tcp(ports.sip()),
                        PortClaim.tcp(ports.sipTls()),
                        PortClaim.tcp(ports.webSocket()),
                        PortClaim.tcp(ports.edgeHttp()),
                        PortClaim.udp(ports.edgeInternalSip())),
                URI.create("http://127.0.0.1:" + ports.edgeHttp() + "/health"));
    }

    private ProcessPlan plan(
            String name, Map<String, String> environment, List<PortClaim> ports, URI health) {
        var command = List.of(script(name), directory.toString());
        return new ProcessPlan(
                name,
                new Invocation(List.of(), command, environment, directory, Signals.PARENT),
                ports,
                new Readiness.Http(client, health),
                Set.of());
    }

    private String script(String name) {
        return programs.resolve(name).toString();
    }

    private Map<String, String> environment() throws IOException {
        var environment = new HashMap<String, String>();
        environment.put("PANACALL_PORT_OFFSET", Integer.toString(settings.ports().offset()));
        environment.put("PANACALL_EDGE_RTP_PORTS", settings.edgeRtpPorts().toString());
        environment.put("PANACALL_EDGE_RPC_TOKEN", secrets.edgeRpcToken());
        environment.put("PANACALL_EDGE_WEBRTC_SECRET", secrets.webrtcSecret());
        environment.put("PANACALL_EDGE_SIP_INGRESS", sipIngresses());
        environment.put("PANACALL_EDGE_NATS_URL", new Addresses(settings).nats());
        // Debian's path names the kind of machine; the templates' default is x86_64.
        var modules = Path.of("/usr/lib/aarch64-linux-gnu/kamailio/modules/");
        if (Files.isDirectory(modules)) {
            environment.put("PANACALL_EDGE_MODULES", modules + "/");
        }
        return environment;
    }

    private String sipIngresses() {
        return IntStream.rangeClosed(1, settings.replicas().of(Service.SIP_INGRESS))
                .mapToObj(
                        replica ->
                                "sip-ingress-%d=127.0.0.1:%d"
                                        .formatted(
                                                replica, settings.ports().sipIngressSip(replica)))
                .collect(Collectors.joining(","));
    }
}
