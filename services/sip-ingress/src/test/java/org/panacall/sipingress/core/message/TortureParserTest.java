// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.panacall.simkit.hostile.TortureMessage;
import org.panacall.sipingress.core.message.MessageParser.Outcome;

/** The cases of RFC 4475 and RFC 5118, read alone: what is understood, refused, not answered. */
class TortureParserTest {

    private static final Map<String, String> PLACES =
            Map.of(
                    "domain", "panacall.test",
                    "echo", "+74950000199",
                    "host", "127.0.0.2",
                    "via", "127.0.0.2:5060",
                    "edge", "127.0.0.1:5060",
                    "id", "1");

    private final MessageParser parser = new MessageParser(MessageParser.Limits.STANDARD);

    static List<TortureMessage> cases() {
        return TortureMessage.all();
    }

    @Test
    void all49CasesAreThere() {
        assertEquals(49, TortureMessage.ofRfc4475().size());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theParserDoesWhatTheSectionAllows(TortureMessage message) {
        // When
        var outcome = parser.parse(message.bytes(PLACES));

        // Then
        var word =
                switch (outcome) {
                    case Outcome.Understood understood -> TortureMessage.UNDERSTOOD;
                    case Outcome.Refused refused -> "" + refused.status();
                    case Outcome.Unusable unusable -> TortureMessage.SILENCE;
                    case Outcome.KeepAlive() -> TortureMessage.SILENCE;
                };
        assertTrue(message.allows("parser", word), message + ": " + outcome);
    }
}
