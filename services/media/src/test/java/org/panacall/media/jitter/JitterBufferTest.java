// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.jitter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class JitterBufferTest {

    private static final long MS = 1_000_000;

    private final JitterBuffer buffer = new JitterBuffer();
    private final byte[] frame = new byte[160];
    private long now = 1000 * MS;

    private void push(int timestamp, int code) {
        var packet = ByteBuffer.allocate(160);
        for (int i = 0; i < 160; i++) {
            packet.put(i, (byte) code);
        }
        buffer.push(timestamp, packet, 0, 160, now);
    }

    private boolean pull() {
        now += 20 * MS;
        return buffer.pull(frame, (byte) 0, now);
    }

    /** Gets past the frame of delay that a stream begins with. */
    private void begin(int timestamp) {
        push(timestamp, 1);
        assertFalse(pull());
    }

    @Test
    void packetsInTheWrongOrderAreHeardInTheRightOne() {
        // Given
        begin(1000);
        push(1320, 3);
        push(1160, 2);

        // When, Then
        for (int code = 1; code <= 3; code++) {
            assertTrue(pull());
            assertEquals(code, frame[0]);
        }
    }

    @Test
    void aFrameWaitedForIsNotWaitedForAgainWhenItNeverComes() {
        // Given
        begin(0);
        assertTrue(pull());
        assertFalse(pull());

        // When
        push(320, 3);

        // Then
        assertTrue(pull());
        assertEquals(3, frame[0]);
    }

    @Test
    void aPacketAfterItsTimeIsCountedAsLate() {
        // Given
        begin(0);
        push(160, 2);
        pull();
        pull();

        // When
        push(0, 9);

        // Then
        assertEquals(1, buffer.late());
        assertFalse(pull());
    }

    @Test
    void timestampsMayEnd() {
        // Given
        begin(-160);

        // When
        push(0, 2);
        push(160, 3);

        // Then
        for (int code = 1; code <= 3; code++) {
            assertTrue(pull());
            assertEquals(code, frame[0]);
        }
    }

    @Test
    void talkAfterALongPauseIsHeardAtOnce() {
        // Given
        begin(0);
        assertTrue(pull());
        for (int i = 0; i < 500; i++) {
            assertFalse(pull());
        }

        // When
        push(500 * 160, 7);

        // Then
        assertTrue(pull() || pull());
        assertEquals(7, frame[0]);
    }

    @Test
    void aSenderThatBeginsAnewIsHeardAfterThreePackets() {
        // Given
        begin(1_000_000);
        pull();

        // When
        for (int i = 0; i < 4; i++) {
            push(5000 + 160 * i, 9);
            pull();
        }

        // Then
        assertTrue(pull());
        assertEquals(9, frame[0]);
    }

    @Test
    void whatWaitsTooLongIsThrownAwayAndCounted() {
        // Given
        begin(0);

        // When
        for (int i = 1; i < 20; i++) {
            push(160 * i, i + 1);
        }
        pull();

        // Then
        assertEquals(1, buffer.overflowed());
        assertTrue(frame[0] > 10);
    }

    @Test
    void partOfAFrameIsHeardWithSilenceForTheRest() {
        // Given
        begin(0);
        var half = ByteBuffer.allocate(80);
        for (int i = 0; i < 80; i++) {
            half.put(i, (byte) 5);
        }
        buffer.push(160, half, 0, 80, now);
        push(320, 6);
        pull();

        // When
        assertTrue(pull());

        // Then
        assertEquals(5, frame[79]);
        assertEquals(0, frame[80]);
    }
}
