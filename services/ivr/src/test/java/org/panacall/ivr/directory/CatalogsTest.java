// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panacall.defaults.Peers;
import org.panacall.defaults.ServiceToken;

class CatalogsTest {

    private static final int REFUSALS = 5;
    private static final Duration BOUND = Duration.ofSeconds(2);

    /** The channel's own pauses grow to minutes, and must not be waited for. */
    @Test
    void directoryIsFollowedSoonAfterItIsBackHoweverLongItWasAway(@TempDir Path data)
            throws Exception {
        // Given
        var dead = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var peers = new Peers(new ServiceToken("test-service-token"), Duration.ofSeconds(10), 8);
        var address = "127.0.0.1:" + dead.getLocalPort();
        try (var catalogs = new Catalogs(peers, address, data)) {
            long asked = System.nanoTime();
            refuse(dead);
            assertTrue(System.nanoTime() - asked < 2 * BOUND.toNanos(), "asks too seldom");

            // When
            try (var directory = new FakeDirectory(dead.getLocalPort())) {
                long end = System.nanoTime() + BOUND.toNanos();
                while (catalogs.newest().isEmpty() && System.nanoTime() < end) {
                    LockSupport.parkNanos(10_000_000);
                }

                // Then
                assertEquals(7, catalogs.newest().orElseThrow().version());
                assertEquals(address, directory.address());
            }
        } finally {
            peers.channel(address).shutdownNow();
        }
    }

    private static void refuse(ServerSocket dead) throws IOException {
        try (dead) {
            for (int i = 0; i < REFUSALS; i++) {
                dead.accept().close();
            }
        }
    }
}
