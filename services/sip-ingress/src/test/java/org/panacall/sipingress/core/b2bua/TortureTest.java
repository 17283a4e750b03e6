// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.panacall.simkit.hostile.TortureMessage;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.dialog.UserAgentOutput;
import org.panacall.sipingress.core.sdp.Bodies;

/**
 * The cases of RFC 4475 and RFC 5118 as the edge passes them on: one allowed answer at most, then a
 * good call, then nothing left.
 */
class TortureTest {

    private static final Map<String, String> PLACES =
            Map.of(
                    "domain", World.DOMAIN,
                    "echo", "+74950000199",
                    "host", "127.0.0.1",
                    "via", "127.0.0.1:5080",
                    "edge", "127.0.0.1:5060",
                    "id", "1");

    private final World world = new World();

    static List<TortureMessage> cases() {
        return TortureMessage.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theCoreAnswersAsTheSectionAllowsAndKeepsNothing(TortureMessage message) {
        // When
        var answers = new LinkedHashSet<String>();
        world.tapWire(datagram -> finalStatus(datagram).ifPresent(answers::add));
        world.receive(fromCarrier(message.bytes(PLACES)));
        world.run(Duration.ofSeconds(2));

        // Then
        if (answers.isEmpty()) answers.add(TortureMessage.SILENCE);
        assertEquals(1, answers.size(), answers::toString);
        assertTrue(message.allows("core", answers.getFirst()), message + ": " + answers);
        world.run(Duration.ofMinutes(2));
        aGoodCallSucceeds();
        world.verifyNothingIsLeft();
        assertEquals(0, world.transactions(), "transactions left");
    }

    private static Optional<String> finalStatus(byte[] datagram) {
        var text = new String(datagram, StandardCharsets.ISO_8859_1);
        return text.startsWith("SIP/2.0 ") && text.charAt(8) > '1'
                ? Optional.of(text.substring(8, 11))
                : Optional.empty();
    }

    private void aGoodCallSucceeds() {
        var caller = world.ring(World.CARRIER, "74950000199", Optional.of(Bodies.BOTH));
        world.run(Duration.ofSeconds(1));
        assertTrue(
                world.heard().stream()
                        .anyMatch(
                                heard ->
                                        heard instanceof UserAgentOutput.Accepted accepted
                                                && accepted.leg().equals(caller)));
        world.party(new UserAgentCommand.Bye(caller, Optional.empty()));
        world.run(Duration.ofMinutes(2));
    }

    /** What the edge adds to an INVITE that it lets through. */
    private static byte[] fromCarrier(byte[] message) {
        var text = new String(message, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) return message;
        var source = "\r\nX-Panacall-Source: " + World.CARRIER;
        return (text.substring(0, end) + source + text.substring(end))
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
