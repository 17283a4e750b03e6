// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.panacall.directory.KamailioServer;
import org.panacall.directory.PostgresTestServer;
import org.panacall.directory.configuration.ConfigurationFeed;
import org.panacall.directory.people.PhoneSecrets;

@QuarkusTest
@QuarkusTestResource(PostgresTestServer.class)
@QuarkusTestResource(KamailioServer.class)
class EdgeCredentialsTest {

    private static final Duration SOON = Duration.ofSeconds(15);

    @Inject ConfigurationFeed feed;

    private final EdgeRpc edge =
            new EdgeRpc(
                    URI.create(KamailioServer.url()),
                    KamailioServer.token(),
                    Duration.ofSeconds(2));

    @AfterEach
    void close() {
        edge.close();
    }

    @Test
    void theEdgeKnowsEachPhoneAndNothingElse() throws Exception {
        // When
        awaitMarker();

        // Then
        assertEquals(13, edge.keys("ha1").size());
        assertEquals(
                Optional.of(PhoneSecrets.ha1("103", "panacall.test", "demo-103")),
                edge.get("ha1", "103@panacall.test"));
        assertEquals(Optional.empty(), edge.get("ha1", "nobody@panacall.test"));
    }

    @Test
    void anEdgeThatForgotAllIsToldAgain() throws Exception {
        // Given
        awaitMarker();

        // When
        KamailioServer.restart();

        // Then
        awaitMarker();
        assertEquals(13, edge.keys("ha1").size());
    }

    @Test
    void aStaleAccountIsDeletedWithTheNextPush() throws Exception {
        // Given
        awaitMarker();
        edge.set("ha1", "gone@panacall.test", "0123456789abcdef0123456789abcdef");

        // When
        edge.delete("ha1", "__version");

        // Then
        awaitMarker();
        assertEquals(Optional.empty(), edge.get("ha1", "gone@panacall.test"));
    }

    private void awaitMarker() throws InterruptedException {
        var deadline = Instant.now().plus(SOON);
        while (Instant.now().isBefore(deadline)) {
            try {
                if (edge.get("ha1", "__version").equals(Optional.of("v" + feed.version()))) {
                    return;
                }
            } catch (IOException starting) {
                Thread.onSpinWait();
            }
        }
        throw new AssertionError("the edge was not told within " + SOON);
    }
}
