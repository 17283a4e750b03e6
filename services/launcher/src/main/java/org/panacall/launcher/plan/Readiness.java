// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.plan;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** How one finds out that a process does its work, asked from outside and answered within 2 s. */
public interface Readiness {

    /** One question may take this long. */
    Duration TIMEOUT = Duration.ofSeconds(2);

    /** Blocks for {@link #TIMEOUT} at most. */
    boolean isReady();

    /** A page answers with status 200. */
    record Http(HttpClient client, URI page) implements Readiness {
        @Override
        public boolean isReady() {
            var request = HttpRequest.newBuilder(page).timeout(TIMEOUT).build();
            try {
                var answer = client.send(request, HttpResponse.BodyHandlers.discarding());
                return answer.statusCode() == 200;
            } catch (IOException unreachable) {
                return false;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public String toString() {
            return page.toString();
        }
    }

    /** PostgreSQL asks for a password instead of saying that it is still starting up. */
    record Postgres(int port) implements Readiness {
        private static final int PROTOCOL_3_0 = 196_608;
        private static final byte[] STARTUP =
                "user\0panacall\0database\0panacall\0\0".getBytes(StandardCharsets.US_ASCII);

        @Override
        public boolean isReady() {
            try (var socket = new Socket()) {
                int timeout = (int) TIMEOUT.toMillis();
                socket.connect(new InetSocketAddress("127.0.0.1", port), timeout);
                socket.setSoTimeout(timeout);
                var message = java.nio.ByteBuffer.allocate(8 + STARTUP.length);
                message.putInt(message.capacity()).putInt(PROTOCOL_3_0).put(STARTUP);
                socket.getOutputStream().write(message.array());
                return socket.getInputStream().read() == 'R';
            } catch (IOException unreachable) {
                return false;
            }
        }

        @Override
        public String toString() {
            return "asks for a password";
        }
    }
}
