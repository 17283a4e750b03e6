// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.panacall.sipingress.core.message.Endpoint;

/**
 * Real conversations with bytes changed, lines swapped and messages cut, thrown at an agent that
 * never asked for them.
 */
class UserAgentNoiseTest {

    private static final Endpoint US = new Endpoint("127.0.0.1", 5091);
    private static final Endpoint STRANGER = new Endpoint("127.0.0.9", 4444);

    private final Random random = new Random(3261);
    private final UserAgent agent =
            new UserAgent(UserAgentSettings.of("sip-ingress-1", US, US), new CountedIds("us", 1));
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void nothingThrowsAndNothingIsLeftBehind() {
        // Given
        var world = new TwoAgents(11);
        world.live(100);
        var datagrams =
                world.history().stream()
                        .filter(line -> line.contains("SIP/2.0"))
                        .map(line -> line.substring(line.indexOf(' ', line.indexOf(' ') + 1) + 1))
                        .toList();
        assertTrue(datagrams.size() > 300);

        // When
        int invited = 0;
        for (int i = 0; i < 60_000; i++) {
            var noisy = noisy(datagrams.get(random.nextInt(datagrams.size())));
            now = now.plusMillis(random.nextInt(20));
            for (var output : receive(noisy)) {
                if (output instanceof UserAgentOutput.Invited) invited++;
            }
        }
        settle();

        // Then
        assertTrue(invited > 100, "some of it looks like calls");
        assertEquals(0, agent.legs());
        assertEquals(0, agent.transactions());
        assertEquals(Optional.empty(), agent.nextDeadline());
    }

    private List<UserAgentOutput> receive(byte[] datagram) {
        return agent.handle(new UserAgentCommand.Received(datagram, STRANGER), now);
    }

    private byte[] noisy(String datagram) {
        var bytes = datagram.getBytes(StandardCharsets.ISO_8859_1);
        if (random.nextInt(3) == 0) {
            var lines = datagram.split("\r\n", -1);
            var moved = lines[random.nextInt(lines.length)];
            lines[random.nextInt(lines.length)] = moved;
            bytes = String.join("\r\n", lines).getBytes(StandardCharsets.ISO_8859_1);
        }
        for (int flips = random.nextInt(4); flips > 0; flips--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private void settle() {
        var end = now.plusSeconds(3_600);
        while (agent.nextDeadline().filter(next -> next.isBefore(end)).isPresent()) {
            now = agent.nextDeadline().get();
            agent.tick(now);
        }
    }
}
