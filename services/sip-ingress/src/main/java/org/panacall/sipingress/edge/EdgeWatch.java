// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.edge;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Notices a restart of the edge's rtpengine, which knows no session any more, by the uptime among
 * its metrics: it became shorter than it was.
 *
 * <p>One virtual thread.
 */
public final class EdgeWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EdgeWatch.class);
    private static final Pattern UPTIME =
            Pattern.compile("(?m)^rtpengine_uptime_seconds (\\d{1,12})");
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

    /**
     * Begins to look.
     *
     * @param relay address of rtpengine's HTTP, "host:port"
     * @param forgot what to do when it has forgotten its sessions
     */
    public EdgeWatch(String relay, Runnable forgot) {
        this.forgot = forgot;
        int colon = relay.lastIndexOf(':');
        host = relay.substring(0, colon);
        port = Integer.parseInt(relay.substring(colon + 1));
        var get = "GET /metrics HTTP/1.1\r\nHost: " + relay + "\r\nConnection: close\r\n\r\n";
        request = get.getBytes(StandardCharsets.US_ASCII);
        thread = Thread.ofVirtual().name("edge-watch").start(this::follow);
    }

    private void follow() {
        try {
            long before = -1;
            boolean there;
            do {
                var uptime = uptime();
                there = uptime.isPresent();
                if (there && uptime.getAsLong() < before) restarted();
                before = uptime.orElse(before);
            } while (!closed.await(
                    (there ? PAUSE : SHORT_PAUSE).toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException over) {
            LOG.debug("no longer looking at the edge");
        }
    }

    private OptionalLong uptime() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write(request);
            var answer = socket.getInputStream().readNBytes(ANSWER_BYTES_MAX);
            var found = UPTIME.matcher(new String(answer, StandardCharsets.US_ASCII));
            return found.find()
                    ? OptionalLong.of(Long.parseLong(found.group(1)))
                    : OptionalLong.empty();
        } catch (IOException away) {
            return OptionalLong.empty();
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
