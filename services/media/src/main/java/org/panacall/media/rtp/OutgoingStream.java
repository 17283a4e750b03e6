// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.rtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One continuous stream to a party, whatever it is made of: SSRC, sequence and timestamp never jump
 * when prompts, talk and keys take turns.
 *
 * <p>Owned by the media thread.
 */
public final class OutgoingStream {

    private static final byte VERSION_BITS = (byte) 0x80;

    private final int ssrc;
    private final byte[] cname;
    private int sequence;
    private int timestamp;
    private int reached;
    private long packets;
    private long octets;

    public OutgoingStream(StreamSeed seed) {
        ssrc = seed.ssrc();
        sequence = seed.sequence() & 0xffff;
        timestamp = seed.timestamp();
        reached = timestamp;
        cname = seed.cname().getBytes(StandardCharsets.US_ASCII);
    }

    /** Clears the buffer and begins a packet that carries the present timestamp. */
    public void begin(ByteBuffer packet, int payloadType, boolean marker) {
        begin(packet, payloadType, marker, timestamp);
    }

    /** Clears the buffer and begins a packet; events keep the timestamp of their start. */
    public void begin(ByteBuffer packet, int payloadType, boolean marker, int at) {
        begin(packet, payloadType, marker, at, sequence);
    }

    /** Clears the buffer and begins a packet with a number of its own, which was not used yet. */
    void begin(ByteBuffer packet, int payloadType, boolean marker, int at, int number) {
        packet.clear();
        packet.put(VERSION_BITS);
        packet.put((byte) (marker ? payloadType | 0x80 : payloadType));
        packet.putShort((short) number);
        packet.putInt(at);
        packet.putInt(ssrc);
        if ((short) (number - sequence) >= 0) {
            sequence = number + 1 & 0xffff;
        }
    }

    /** What was sent reaches beyond the present frame: nothing is needed for it. */
    public boolean isAhead() {
        return reached - timestamp > 0;
    }

    /** The first time, from the present one on, that nothing was sent for yet. */
    int next() {
        return isAhead() ? reached : timestamp;
    }

    /** Audio up to that time was sent. */
    public void reach(int end) {
        if (end - reached > 0) {
            reached = end;
        }
    }

    /** The end of what was sent. */
    int reached() {
        return reached;
    }

    /** The number of the next packet. */
    int sequence() {
        return sequence;
    }

    /** Ends a packet: ready to be sent, and counted. */
    public void end(ByteBuffer packet) {
        packet.flip();
        packets++;
        octets += packet.limit() - RtpPacket.HEADER;
    }

    /** Time goes on by some samples, whether a packet was sent or not. */
    public void elapse(int samples) {
        timestamp += samples;
    }

    public int ssrc() {
        return ssrc;
    }

    public int timestamp() {
        return timestamp;
    }

    public long packets() {
        return packets;
    }

    public long octets() {
        return octets;
    }

    byte[] cname() {
        return cname;
    }
}
