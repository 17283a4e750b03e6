// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.sip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.panacall.desktop.Platform;

/** Browser phones whose network went away without a word. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class SilentPhoneTest {

    private static final int WAIT_MS = 20_000;
    private static final String EMPTY_PING = "\u0089\0";
    private static final String HANDSHAKE =
            """
            GET /sip HTTP/1.1
            Host: localhost
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Protocol: sip

            """
                    .replace("\n", "\r\n");

    @TestHTTPResource URI address;

    @Test
    void aPhoneThatAnswersNoPingIsClosed() throws Exception {
        try (var silent = new Socket(address.getHost(), address.getPort())) {
            // Given
            silent.setSoTimeout(WAIT_MS);
            silent.getOutputStream().write(HANDSHAKE.getBytes(US_ASCII));

            // When
            var heard = new String(silent.getInputStream().readAllBytes(), ISO_8859_1);

            // Then
            assertTrue(heard.startsWith("HTTP/1.1 101 "), heard);
            assertTrue(heard.contains(EMPTY_PING), heard);
        }
    }
}
