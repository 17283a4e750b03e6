// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    private static boolean allows(String address, String... own) {
        var networks = Stream.of(own).map(Network::of).toList();
        return new Addresses(networks).allow(InetAddress.ofLiteral(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "169.254.1.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.170",
                "192.168.1.1",
                "198.18.0.1",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.250",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:7f00:1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2001:0:7f00:1::",
                "2001:db8::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void whatIsNotPublicIsNotAskedByDefault(String address) {
        assertFalse(allows(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "93.184.215.14", "2a02:6b8::2:242"})
    void whatIsPublicMayBeAsked(String address) {
        assertTrue(allows(address));
    }

    @Test
    void theOperatorMayNameNetworksOfTheClinic() {
        assertTrue(allows("10.20.30.40", "10.20.0.0/16"));
        assertFalse(allows("10.21.0.1", "10.20.0.0/16"));
        assertTrue(allows("127.0.0.1", "127.0.0.1"));
        assertFalse(allows("127.0.0.2", "127.0.0.1"));
        assertTrue(allows("fd12:3456::1", "fd12:3456::/32"));
    }

    @Test
    void noNetworkMakesMetadataAskable() {
        assertFalse(allows("169.254.169.254", "169.254.0.0/16", "0.0.0.0/0"));
        assertFalse(allows("fd00:ec2::254", "fc00::/7"));
    }

    @Test
    void whatIsNoNetworkIsRefused() {
        for (var nonsense : List.of("10.0.0.0/33", "clinic.ru", "10.0.0/8", "::1/129", "")) {
            assertThrows(IllegalArgumentException.class, () -> Network.of(nonsense), nonsense);
        }
        assertEquals(32, Network.of("10.0.0.1").bits());
    }
}
