// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.sipingress.core.message.SipMessage.Request;

/** When the edge had a request first, as far as it is believed. */
class ReceivedAtTest {

    private static final long NOW = 1_795_289_764_500L;

    private static Request bye(String more) {
        var text =
                """
                BYE sip:127.0.0.1:5080 SIP/2.0
                Via: SIP/2.0/UDP 127.0.0.1:5080;branch=z9hG4bK1
                From: <sip:a@h>;tag=a
                To: <sip:b@h>;tag=b
                Call-ID: c
                CSeq: 2 BYE
                %s
                """
                        .formatted(more);
        var parser = new MessageParser(MessageParser.Limits.STANDARD);
        var outcome = parser.parse(text.getBytes(UTF_8));
        var understood = assertInstanceOf(MessageParser.Outcome.Understood.class, outcome);
        return assertInstanceOf(Request.class, understood.message());
    }

    @ParameterizedTest
    @CsvSource({
        "1795289764.123456, 1795289764123",
        "1795289764.500000, 1795289764500",
        "1795289704.500000, 1795289704500",
    })
    void whatTheEdgeSaysOfTheLastMinuteIsBelieved(String told, long expected) {
        // When
        long at = bye("X-Panacall-Received: " + told + "\n").receivedAt(NOW);
        // Then
        assertEquals(expected, at);
    }

    @ParameterizedTest
    @CsvSource({
        "1795289704.499000",
        "1795289764.501000",
        "1.000000",
        "999999999999.000000",
        "9999999999999999999.000000",
        "1795289764",
        "-1795289764.123456",
        "soon",
    })
    void allElseIsNow(String told) {
        // When
        long at = bye("X-Panacall-Received: " + told + "\n").receivedAt(NOW);
        // Then
        assertEquals(NOW, at);
    }

    @Test
    void soIsARequestOfWhichNothingIsSaid() {
        assertEquals(NOW, bye("").receivedAt(NOW));
    }
}
