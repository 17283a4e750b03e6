// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.watch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.panacall.launcher.Platform;
import org.panacall.launcher.supervisor.ChildStatus;

/**
 * What the processes of a platform say of themselves: which holds calls, and what is left of any.
 */
public final class Vitals {

    private static final int PATIENCE_MILLIS = 3_000;

    /** Gauges that are nought when there is no call, by service. */
    private static final Map<String, List<String>> CALLS =
            Map.of(
                    "sip-ingress", List.of("calls_live", "legs_live", "setups_in_flight"),
                    "media", List.of("panacall_media_legs", "panacall_media_bridges"),
                    "ivr", List.of("ivr_runs_live"),
                    "acd", List.of("acd_calls", "acd_calls_waiting"));

    /** By which of several instances is seen who does the work. */
    private static final Map<String, String> BUSY =
            Map.of(
                    "sip-ingress", "calls_live",
                    "media", "panacall_media_legs",
                    "ivr", "ivr_runs_live",
                    "acd", "engine_leading");

    private final Platform platform;

    public Vitals(Platform platform) {
        this.platform = platform;
    }

    /** The instance of a service that holds the most calls, or leads. */
    public String busiest(String service) {
        return instances(service).stream()
                .max(Comparator.comparingDouble(this::busyness))
                .map(ChildStatus::name)
                .orElseThrow(() -> new IllegalArgumentException("no process of " + service));
    }

    /** How much {@link #busiest} counts for an instance. */
    public double busyness(String instance) {
        return instances(instance).stream().mapToDouble(this::busyness).sum();
    }

    /** Everything that is left of calls: one text each, empty when nothing is. */
    public List<String> ghosts() {
        var found = new ArrayList<String>();
        for (var status : platform.status()) {
            var gauges = CALLS.getOrDefault(serviceOf(status.name()), List.of());
            var metrics = gauges.isEmpty() ? Metrics.none() : Metrics.of(status);
            gauges.forEach(one -> note(found, status.name() + " " + one, metrics.sum(one)));
        }
        note(found, "rtpengine sessions", sessions());
        return found;
    }

    /** Sessions of rtpengine; empty when it does not answer. */
    public OptionalDouble sessions() {
        var cli =
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), platform.ports().rtpengineCli());
        try (var socket = new Socket()) {
            socket.connect(cli, PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream()
                    .write("list numsessions\n".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            var text =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return text.lines()
                    .filter(line -> line.startsWith("Current sessions own"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                    .findFirst();
        } catch (IOException away) {
            return OptionalDouble.empty();
        }
    }

    private List<ChildStatus> instances(String service) {
        return platform.status().stream()
                .filter(
                        status ->
                                status.name().equals(service)
                                        || serviceOf(status.name()).equals(service))
                .toList();
    }

    private double busyness(ChildStatus status) {
        var gauge = BUSY.get(serviceOf(status.name()));
        return gauge == null ? 0 : Metrics.of(status).sum(gauge).orElse(0);
    }

    private static void note(List<String> found, String what, OptionalDouble value) {
        if (value.isEmpty()) {
            found.add(what + " unknown");
        } else if (value.getAsDouble() != 0) {
            found.add(what + " %.0f".formatted(value.getAsDouble()));
        }
    }

    private static String serviceOf(String instance) {
        return instance.replaceAll("-[0-9]+$", "");
    }
}
