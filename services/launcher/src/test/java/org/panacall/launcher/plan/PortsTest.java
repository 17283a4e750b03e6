// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.panacall.launcher.supervisor.PortOwners;

/** Arithmetic of ports, and finding those that are taken. */
class PortsTest {

    @Test
    void everyControlPortMovesByTheOffset() {
        // When
        var ports = new Ports(300);

        // Then
        assertEquals(5360, ports.sip());
        assertEquals(5370, ports.carrierSip());
        assertEquals(5391, ports.sipIngressSip(2));
        assertEquals(8380, ports.http(Service.DESKTOP, 1));
        assertEquals(9311, ports.grpc(Service.SIP_INGRESS, 2));
        assertEquals(10311, ports.http(Service.SIP_INGRESS, 2));
        assertEquals(4522, ports.nats());
    }

    @Test
    void aRangeIsSplitIntoEqualPartsThatBeginEven() {
        // When
        var parts = new PortRange(24_000, 24_999).split(3);

        // Then
        assertEquals(
                List.of("24000-24331", "24332-24663", "24664-24995"),
                parts.stream().map(PortRange::toString).toList());
    }

    @Test
    void aPortThatIsHeldIsFoundWithItsHolder() throws IOException {
        // Given
        try (var held = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var claim = PortClaim.tcp(held.getLocalPort());

            // When
            boolean free = claim.isFree();

            // Then
            assertFalse(free);
            var holder = PortOwners.describe(claim);
            assertTrue(holder.contains("pid " + ProcessHandle.current().pid()), holder);
        }
    }
}
