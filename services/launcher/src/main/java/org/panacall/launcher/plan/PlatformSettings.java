// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.plan;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One copy of the platform as its operator wants it, read from variables such as {@code
 * PANACALL_PORT_OFFSET}; what is not given has the default. Wrong values are refused at once, with
 * words that say what to write.
 */
public final class PlatformSettings {

    private static final PortRange FIRST_COPY_RTP = new PortRange(16_000, 24_999);
    private static final PortRange SECOND_COPY_RTP = new PortRange(25_000, 31_999);
    private static final int MEDIA_PORTS = 1000;

    private final Path home;
    private final Path runDirectory;
    private final Ports ports;
    private final PortRange rtpPorts;
    private final Replicas replicas;
    private final boolean demo;
    private final AotMode aot;
    private final Optional<String> otlpEndpoint;
    private final Optional<URI> postgres;
    private final Optional<URI> nats;
    private final Map<Service, List<String>> jvmOptions = new EnumMap<>(Service.class);

    private PlatformSettings(Map<String, String> variables) {
        home = Path.of(variables.getOrDefault("PANACALL_HOME", "")).toAbsolutePath().normalize();
        if (!Files.isDirectory(home.resolve("services"))) {
            throw new IllegalArgumentException(
                    "PANACALL_HOME: " + home + " is not the platform's directory");
        }
        runDirectory = home.resolve(variables.getOrDefault("PANACALL_RUN_DIRECTORY", ".run"));
        ports = new Ports(number(variables, "PANACALL_PORT_OFFSET"));
        rtpPorts =
                Optional.ofNullable(variables.get("PANACALL_RTP_PORTS"))
                        .map(PortRange::parse)
                        .orElse(ports.offset() == 0 ? FIRST_COPY_RTP : SECOND_COPY_RTP);
        if (rtpPorts.size() < 2 * MEDIA_PORTS) {
            throw new IllegalArgumentException(
                    "PANACALL_RTP_PORTS=%s: at least %d ports are needed"
                            .formatted(rtpPorts, 2 * MEDIA_PORTS));
        }
        replicas = Replicas.parse(variables.getOrDefault("PANACALL_REPLICAS", ""));
        demo = Boolean.parseBoolean(variables.getOrDefault("PANACALL_DEMO", "true"));
        aot = AotMode.parse(variables.getOrDefault("PANACALL_AOT", "use"));
        otlpEndpoint =
                Optional.of(variables.getOrDefault("PANACALL_OTLP_ENDPOINT", "").strip())
                        .filter(text -> !text.isEmpty());
        postgres = address(variables, "PANACALL_POSTGRES_URL", "postgresql");
        nats = address(variables, "PANACALL_NATS_URL", "nats");
        for (var service : Service.values()) {
            var text = variables.getOrDefault("PANACALL_JVM_" + service.name(), "").strip();
            jvmOptions.put(service, text.isEmpty() ? List.of() : List.of(text.split("\\s+")));
        }
    }

    /** Reads the variables given, usually {@code System.getenv()}. */
    public static PlatformSettings of(Map<String, String> variables) {
        return new PlatformSettings(variables);
    }

    /** The checked-out repository, or wherever the platform is installed. */
    public Path home() {
        return home;
    }

    /** Data, logs, secrets and state of this copy. */
    public Path runDirectory() {
        return runDirectory;
    }

    public Ports ports() {
        return ports;
    }

    /** RTP ports of rtpengine: all but the last thousand. */
    public PortRange edgeRtpPorts() {
        return rtpPorts.without(MEDIA_PORTS);
    }

    /** RTP ports of all media processes together: the last thousand. */
    public PortRange mediaRtpPorts() {
        return rtpPorts.tail(MEDIA_PORTS);
    }

    public Replicas replicas() {
        return replicas;
    }

    /** Whether the demo clinic is loaded. */
    public boolean demo() {
        return demo;
    }

    /** What is done about start-up caches. */
    public AotMode aot() {
        return aot;
    }

    /** Where traces of calls are sent, if anywhere. */
    public Optional<String> otlpEndpoint() {
        return otlpEndpoint;
    }

    /** A PostgreSQL that is there already; else one of our own is started. */
    public Optional<URI> postgres() {
        return postgres;
    }

    /** A NATS server that is there already; else one of our own is started. */
    public Optional<URI> nats() {
        return nats;
    }

    /** More options for the JVM of a service; they come last, so they win. */
    public List<String> jvmOptions(Service service) {
        return jvmOptions.get(service);
    }

    private static int number(Map<String, String> variables, String name) {
        var text = variables.getOrDefault(name, "0").strip();
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException(
                    name + "=" + text + ": write a number, such as 100", malformed);
        }
    }

    private static Optional<URI> address(
            Map<String, String> variables, String name, String scheme) {
        var text = variables.getOrDefault(name, "").strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var address = URI.create(text);
        if (!scheme.equals(address.getScheme()) || address.getHost() == null) {
            // The value may hold a password, so it is not repeated.
            throw new IllegalArgumentException(
                    name + ": write " + scheme + "://user:password@host:port/…");
        }
        return Optional.of(address);
    }
}
