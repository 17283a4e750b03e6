// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.ua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.panacall.tests.ua.Audio.Codec;
import org.panacall.tests.ua.UserAgent.Habit;
import org.panacall.tests.ua.UserAgent.Identity;

/** The scripted telephone itself, two of them back to back, so that journeys can trust it. */
class UserAgentTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    private static UserAgent agent(String user, InetSocketAddress edge, int toneHz) {
        var identity = new Identity(user, "localhost", Optional.empty());
        return new UserAgent(identity, new InetSocketAddress("127.0.0.1", 0), edge, toneHz);
    }

    @Test
    void eachHearsTheOthersToneAndAHangUpReachesTheOther() {
        // Given: the callee answers to wherever its edge is, so the caller's port is found first.
        try (var relay = new Relay();
                var caller = agent("alice", relay.front(), 440);
                var callee = agent("bob", relay.back(), 1_000)) {
            relay.between(caller.port(), callee.port());
            callee.setHabit(Habit.ANSWER);
            // When
            var call = caller.dial("bob", Dialling.plain());
            // Then
            assertTrue(call.awaitAnswered(SOON), caller.ladder()::toString);
            var answered = callee.awaitCall(SOON).orElseThrow();
            assertTrue(call.hearing().await(ears -> ears.hears(1_000), SOON));
            assertTrue(answered.hearing().await(ears -> ears.hears(440), SOON));
            call.hangUp();
            assertTrue(answered.awaitEnded(SOON), callee.ladder()::toString);
        }
    }

    @Test
    void everyCodeOfG711ComesBackFromItsOwnValue() {
        // Given
        var codes = IntStream.range(0, 256).toArray();
        // When, Then
        for (int code : codes) {
            byte octet = (byte) code;
            assertEquals(octet, G711.encodeALaw(G711.decodeALaw(octet)), "A-law " + code);
            // Negative zero of µ-law has no linear value of its own.
            if (code != 0x7f) {
                assertEquals(octet, G711.encodeMuLaw(G711.decodeMuLaw(octet)), "µ-law " + code);
            }
        }
    }

    @Test
    void aToneIsHeardInBothCodecsAndSilenceIsNot() throws Exception {
        var here = new InetSocketAddress("127.0.0.1", 0).getAddress();
        for (var codec : Codec.values()) {
            try (var speaker = new Audio(here, 440);
                    var listener = new Audio(here, 1_000)) {
                // Given
                var toSpeaker = new InetSocketAddress(here, speaker.port());
                listener.mute(true);
                listener.sendTo(toSpeaker, codec, 101);
                // When
                speaker.sendTo(new InetSocketAddress(here, listener.port()), codec, 101);
                // Then
                assertTrue(listener.hearing().await(ears -> ears.hears(440), SOON));
                assertFalse(listener.hearing().hears(1_000));
                assertFalse(speaker.hearing().hearsAnything());
            }
        }
    }
}
