// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.dtmf;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.panacall.media.rtp.RtpPacket;

/**
 * Finds presses in a party's RFC 4733 events: one a press, with the first packet of it that comes,
 * whichever were lost. A press is known by its timestamp; the last eight are remembered, so neither
 * repeated ends nor reordered packets report a key twice.
 *
 * <p>Owned by the media thread.
 */
public final class KeyReceiver {

    private static final int EVENT_LENGTH = 4;
    private static final int REMEMBERED = 8;
    private static final long HELD_NANOS = 200_000_000;
    private static final int PACKET_SAMPLES = 160;
    private static final int SEGMENT_NEAR_END = 60_000;

    private final int[] timestamps = new int[REMEMBERED];
    private int remembered;
    private int code = Key.NONE;
    private int timestamp;
    private int duration;
    private boolean ended;
    private long lastAt;
    private int presses;

    /** A new source begins, with timestamps of its own. */
    public void reset() {
        remembered = 0;
        code = Key.NONE;
        Arrays.fill(timestamps, 0);
    }

    /** Takes an event packet; the code of a key that is certain now, else {@link Key#NONE}. */
    public int take(ByteBuffer packet, RtpPacket header, long now) {
        int at = header.payloadAt();
        if (header.payloadLength() < EVENT_LENGTH || !Key.isKey(packet.get(at) & 0xff)) {
            return Key.NONE;
        }
        int event = packet.get(at) & 0xff;
        boolean end = (packet.get(at + 1) & 0x80) != 0;
        int lasted = packet.getShort(at + 2) & 0xffff;
        boolean known = known(header.timestamp()) || continues(event, header);
        boolean older = code != Key.NONE && header.timestamp() - timestamp < 0;
        if (!known) {
            remember(header.timestamp());
        }
        if (!older) {
            lastAt = now;
            duration = header.timestamp() == timestamp ? Math.max(duration, lasted) : lasted;
            ended = end || known && ended && header.timestamp() == timestamp;
            timestamp = header.timestamp();
            code = event;
        }
        presses += known ? 0 : 1;
        return known ? Key.NONE : event;
    }

    /** True while the party seems to hold its key; 200 ms without a packet end it. */
    public boolean held(long now) {
        return code != Key.NONE && !ended && now - lastAt < HELD_NANOS;
    }

    /** Tells presses apart: the number of the one that was told last. */
    public int press() {
        return presses;
    }

    /** True while the party holds the key of that press. */
    boolean holds(int press, long now) {
        return press == presses && held(now);
    }

    /** How long the key was held, as far as the packets told. */
    public int durationMs() {
        return duration / 8;
    }

    /**
     * Keys held over 8 s go on in a new segment with a new timestamp (RFC 4733 section 2.5.1.3),
     * and some phones move the timestamp with each packet: neither sets the marker again.
     */
    private boolean continues(int event, RtpPacket header) {
        if (header.marker() || ended || event != code) {
            return false;
        }
        int step = header.timestamp() - timestamp;
        int tolerance = duration > SEGMENT_NEAR_END ? 0x10000 - duration : 0;
        boolean follows = step > 0 && step <= duration + tolerance + PACKET_SAMPLES;
        if (follows) {
            remember(header.timestamp());
        }
        return follows;
    }

    private boolean known(int at) {
        for (int i = 0; i < Math.min(remembered, REMEMBERED); i++) {
            if (timestamps[i] == at) {
                return true;
            }
        }
        return false;
    }

    private void remember(int at) {
        timestamps[remembered % REMEMBERED] = at;
        // Kept between one and two rounds, so that it never overflows.
        remembered = remembered + 1 < 2 * REMEMBERED ? remembered + 1 : REMEMBERED;
    }
}
