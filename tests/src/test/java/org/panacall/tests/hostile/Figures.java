// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.hostile;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;
import org.panacall.launcher.plan.Ports;
import org.panacall.launcher.plan.Service;

/** What the processes of a running platform say of themselves by {@code /q/metrics}. */
public final class Figures {

    private static final int REPLICAS = 2;
    private static final Duration SOON = Duration.ofSeconds(5);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Ports ports;

    public Figures(int portOffset) {
        ports = new Ports(portOffset);
    }

    /** A figure, summed over the labels and replicas of a service; 0 where it is not known. */
    public double sum(Service service, String name) {
        double sum = 0;
        for (int replica = 1; replica <= REPLICAS; replica++) {
            sum += sum(ports.http(service, replica), "/q/metrics", name);
        }
        return sum;
    }

    /** Sessions that rtpengine relays. */
    public double relayedSessions() {
        return sum(ports.rtpengineHttp(), "/metrics", "rtpengine_sessions");
    }

    private double sum(int port, String path, String name) {
        return lines(port, path)
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private Stream<String> lines(int port, String path) {
        var uri = URI.create("http://127.0.0.1:" + port + path);
        try {
            var request = HttpRequest.newBuilder(uri).timeout(SOON).build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body().lines();
        } catch (IOException away) {
            return Stream.empty();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException("interrupted", stopped);
        }
    }
}
