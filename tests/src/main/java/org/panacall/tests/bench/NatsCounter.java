// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;

/** How many messages a nats-server has taken in, by its monitor. */
final class NatsCounter {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI page;

    NatsCounter(int monitorPort) {
        page = URI.create("http://127.0.0.1:" + monitorPort + "/varz");
    }

    long messages() {
        try (var answer = page.toURL().openStream()) {
            return JSON.readTree(answer).path("in_msgs").asLong();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
