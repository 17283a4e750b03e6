// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.edge;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Notices a restart of the edge's rtpengine, which knows no session any more, by the uptime among
 * its metrics: it became shorter than it was. Several edges may answer in turn under one address,
 * each by its name.
 *
 * <p>One virtual thread.
 */
public final class EdgeWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EdgeWatch.class);
    private static final Pattern UPTIME =
            Pattern.compile("(?m)^rtpengine_uptime_seconds(\\{[^}]{0,100}})? (\\d{1,12})");
    private static final String OWN_METRICS = "/metrics";
    private static final int EDGES_MAX = 256;
    private static final int TIMEOUT_MS = 1_000;
    private static final int ANSWER_BYTES_MAX = 65_536;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration SHORT_PAUSE = Duration.ofMillis(100);

    private final String host;
    private final int port;
    private final byte[] request;
    private final Runnable forgot;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private final LinkedHashMap<String, Long> uptimes = new LinkedHashMap<>();

    private record Uptime(String edge, long seconds) {}

    /**
     * Begins to look.
     *
     * @param relay address of rtpengine's HTTP, "host:port"; with a path when it is told elsewhere
     * @param forgot what to do when it has forgotten its sessions
     */
    public EdgeWatch(String relay, Runnable forgot) {
        this.forgot = forgot;
        int slash = relay.indexOf('/');
        var address = slash < 0 ? relay : relay.substring(0, slash);
        var path = slash < 0 ? OWN_METRICS : relay.substring(slash);
        int colon = address.lastIndexOf(':');
        host = address.substring(0, colon);
        port = Integer.parseInt(address.substring(colon + 1));
        var get = "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n";
        request = get.formatted(path, address).getBytes(StandardCharsets.US_ASCII);
        thread = Thread.ofVirtual().name("edge-watch").start(this::follow);
    }

    private void follow() {
        try {
            boolean there;
            do {
                var uptime = uptime();
                there = uptime.isPresent();
                if (there && hasGoneBack(uptime.get())) restarted();
            } while (!closed.await(
                    (there ? PAUSE : SHORT_PAUSE).toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException over) {
            LOG.debug("no longer looking at the edge");
        }
    }

    private boolean hasGoneBack(Uptime now) {
        if (uptimes.size() == EDGES_MAX) uptimes.pollFirstEntry();
        var before = uptimes.put(now.edge(), now.seconds());
        return before != null && now.seconds() < before;
    }

    private Optional<Uptime> uptime() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write(request);
            var answer = socket.getInputStream().readNBytes(ANSWER_BYTES_MAX);
            var found = UPTIME.matcher(new String(answer, StandardCharsets.US_ASCII));
            if (!found.find()) return Optional.empty();
            var edge = Optional.ofNullable(found.group(1)).orElse("");
            return Optional.of(new Uptime(edge, Long.parseLong(found.group(2))));
        } catch (IOException away) {
            return Optional.empty();
        }
    }

    private void restarted() {
        LOG.warn("the edge's rtpengine was restarted: legs are anchored anew");
        forgot.run();
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
