// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SdpTest {

    private static final String HEAD =
            "v=0\r\no=a 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n";
    private static final String AUDIO = HEAD + "m=audio 5004 RTP/AVP 8\r\n";

    private static Optional<Sdp> parse(String body) {
        return Sdp.parse(body);
    }

    @Test
    void linesMayEndWithAPlainNewline() {
        assertTrue(parse(AUDIO.replace("\r\n", "\n")).isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v=0\r\n",
                "v=1\r\no=a 1 1 IN IP4 1.2.3.4\r\ns=-\r\nt=0 0\r\nm=audio 1 RTP/AVP 0\r\n",
                "v=0\r\no=a x 1 IN IP4 1.2.3.4\r\ns=-\r\nt=0 0\r\nm=audio 1 RTP/AVP 0\r\n",
                "v=0\r\no=a 1 1 IN IP4 1.2.3.4\r\nt=0 0\r\nm=audio 1 RTP/AVP 0\r\n",
                "v=0\r\no=a 1 1 IN IP4 1.2.3.4\r\ns=-\r\nt=0 0\r\n",
                "nonsense"
            })
    void whatLacksAnObligatoryLineIsMalformed(String body) {
        assertEquals(Optional.empty(), parse(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m=audio 65536 RTP/AVP 8",
                "m=audio -1 RTP/AVP 8",
                "m=audio 5004 RTP/AVP",
                "m=audio 5004 RTP/AVP 8 \u0001",
                "c=IN IP4 host.example",
                "c=IN IP4 1.2.3.456",
                "c=IN IP6 1.2.3.4",
                "?=x",
                "a=",
                "a"
            })
    void aBrokenLineMakesTheWholeMalformed(String line) {
        assertEquals(Optional.empty(), parse(AUDIO + line + "\r\n"));
    }

    @Test
    void moreLinesOrStreamsThanAnyHonestPartySendsAreRefused() {
        assertEquals(Optional.empty(), parse(AUDIO + "a=x\r\n".repeat(300)));
        assertEquals(Optional.empty(), parse(HEAD + "m=audio 1 RTP/AVP 8\r\n".repeat(17)));
        assertEquals(Optional.empty(), parse(AUDIO + "a=" + "x".repeat(9_000) + "\r\n"));
    }

    @Test
    void aStreamInheritsAddressAndDirectionUnlessItHasItsOwn() {
        // Given
        var body =
                HEAD
                        + "a=sendonly\r\n"
                        + "m=audio 5004 RTP/AVP 8\r\n"
                        + "m=audio 5006 RTP/AVP 0\r\nc=IN IP4 192.0.2.2\r\na=inactive\r\n";
        // When
        var streams = parse(body).orElseThrow().streams();
        // Then
        assertEquals(Optional.of("192.0.2.1"), streams.get(0).address());
        assertEquals(MediaDirection.SENDONLY, streams.get(0).direction());
        assertEquals(Optional.of("192.0.2.2"), streams.get(1).address());
        assertEquals(MediaDirection.INACTIVE, streams.get(1).direction());
    }
}
