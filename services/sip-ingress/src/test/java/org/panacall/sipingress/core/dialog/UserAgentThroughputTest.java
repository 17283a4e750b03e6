// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.NameAddress;

/** How many calls a second one thread signals; both sides of each call are counted in. */
class UserAgentThroughputTest {

    private static final int WARM_UP = 8_000;
    private static final int CALLS = 12_000;
    private static final String SDP =
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                    + "m=audio 24000 RTP/AVP 8 101\r\na=rtpmap:101 telephone-event/8000\r\n";

    private record Letter(int to, UserAgentCommand command) {}

    private final Endpoint[] places = {
        new Endpoint("127.0.0.1", 5090), new Endpoint("127.0.0.1", 5091)
    };
    private final UserAgent[] agents = new UserAgent[2];
    private final Deque<Letter> letters = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private int ended;

    @Test
    void oneThreadSignalsFarMoreCallsThanANodeNeeds() {
        // Given
        for (int i = 0; i < 2; i++) {
            var settings = UserAgentSettings.of("sip-ingress-" + i, places[i], places[i]);
            agents[i] = new UserAgent(settings, new CountedIds("n" + i, i));
        }
        call(0, WARM_UP);

        // When
        long start = System.nanoTime();
        call(WARM_UP, WARM_UP + CALLS);
        double seconds = (System.nanoTime() - start) / 1e9;

        // Then
        assertEquals(2 * (WARM_UP + CALLS), ended);
        System.out.printf(
                "INVITE 180 200 ACK BYE 200, both ends on one thread: %.0f calls/s%n",
                CALLS / seconds);
        assertTrue(CALLS / seconds > 500, "goal of one node");
    }

    private void call(int from, int to) {
        for (int i = from; i < to; i++) {
            // One call each millisecond of virtual time, so that finished transactions leave.
            now = now.plus(Duration.ofMillis(1));
            letters.add(new Letter(0, invite(new LegId("leg_" + i))));
            while (!letters.isEmpty()) {
                var letter = letters.remove();
                take(letter.to(), agents[letter.to()].handle(letter.command(), now));
            }
        }
    }

    private UserAgentCommand invite(LegId leg) {
        var uri = "sip:103@127.0.0.1:5091";
        var from = NameAddress.of("sip:74950000100@panacall.test");
        return new UserAgentCommand.Invite(
                leg,
                new InviteRequest(
                        uri, from, NameAddress.of(uri), List.of(), Optional.of(SDP), places[1]));
    }

    private void take(int who, List<UserAgentOutput> outputs) {
        for (var output : outputs) {
            switch (output) {
                case UserAgentOutput.Send(var datagram, var to) ->
                        letters.add(
                                new Letter(
                                        1 - who,
                                        new UserAgentCommand.Received(datagram, places[who])));
                case UserAgentOutput.Invited(var leg, var invitation) -> {
                    letters.add(
                            new Letter(who, new UserAgentCommand.Ring(leg, 180, Optional.empty())));
                    letters.add(new Letter(who, new UserAgentCommand.Accept(leg, SDP)));
                }
                case UserAgentOutput.Acknowledged(var leg, var sdp) ->
                        letters.add(
                                new Letter(who, new UserAgentCommand.Bye(leg, Optional.empty())));
                case UserAgentOutput.Ended(var leg) -> ended++;
                default -> {}
            }
        }
    }
}
