// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipSourcesTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "127.0.0.2, false",
        "10.1.2.3, true",
        "11.1.2.3, false",
        "172.31.255.255, true",
        "172.32.0.0, false",
        "192.168.7.129, true",
        "192.168.7.127, false",
        "fd00::7, true",
        "fe00::7, false",
        "::1, false"
    })
    void whoIsInTheListMaySend(String sender, boolean known) {
        // Given
        var list = "127.0.0.1, 10.0.0.0/8,172.16.0.0/12,192.168.7.128/25,fc00::/7,";
        // When
        var sources = SipSources.of(list);
        // Then
        assertEquals(known, sources.hold(InetAddress.ofLiteral(sender)));
    }

    @Test
    void aBlockOfNoBitsIsEverybody() {
        assertEquals(true, SipSources.of("0.0.0.0/0").hold(InetAddress.ofLiteral("8.8.8.8")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " , ", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x"})
    void aListThatCannotBeMeantIsRefused(String list) {
        assertThrows(IllegalArgumentException.class, () -> SipSources.of(list));
    }
}
