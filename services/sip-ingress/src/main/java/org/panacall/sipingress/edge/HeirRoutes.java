// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Tells the edge where requests in the dialogs of a dead holder are to go: an entry of its table
 * {@code heirs}, which it forgets after a minute. Blocks for 2 s at most.
 */
public final class HeirRoutes implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(HeirRoutes.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final Optional<URI> address;
    private final String token;
    private final String us;
    private final HttpClient http;
    private final Counter failed;

    /** Where the edge listens, and how it knows us. */
    public record Access(Optional<URI> address, String token) {}

    /**
     * @param sip our SIP address
     */
    public HeirRoutes(Access access, InetSocketAddress sip, MeterRegistry registry) {
        address = access.address();
        token = access.token();
        us = "sip:" + sip.getAddress().getHostAddress() + ":" + sip.getPort() + ";transport=udp";
        failed = registry.counter("heir.routes.failed");
        http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(TIMEOUT)
                        .build();
    }

    /** Requests that name this holder come to us from now on, for a minute. */
    public void lead(String holder) {
        if (address.isEmpty()) return;
        var body =
                """
                {"jsonrpc":"2.0","method":"htable.sets","id":1,"params":["heirs","%s","%s"]}"""
                        .formatted(holder, us);
        var request =
                HttpRequest.newBuilder(address.get())
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            send(request);
        } catch (IOException away) {
            failed.increment();
            LOG.warnf("the edge does not know the heir of %s: %s", holder, away.getMessage());
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kamailio closes quiet connections; what is said here can be said twice. */
    private void send(HttpRequest request) throws IOException, InterruptedException {
        int status;
        try {
            status = http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException closed) {
            status = http.send(request, BodyHandlers.discarding()).statusCode();
        }
        if (status != 200) throw new IOException("status " + status);
    }

    @Override
    public void close() {
        http.close();
    }
}
