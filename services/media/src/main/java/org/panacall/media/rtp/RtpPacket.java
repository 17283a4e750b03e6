// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.rtp;

import java.nio.ByteBuffer;

/**
 * The header of the packet that was read last (RFC 3550 section 5.1). One per media thread, used
 * again for every packet.
 */
public final class RtpPacket {

    /** Bytes of a header without contributing sources. */
    public static final int HEADER = 12;

    private static final int VERSION = 2;

    private int payloadType;
    private boolean marker;
    private int sequence;
    private int timestamp;
    private int ssrc;
    private int payloadAt;
    private int payloadLength;

    /** Reads the buffer from 0 to its limit; false when that is no sound RTP packet. */
    public boolean read(ByteBuffer packet) {
        int length = packet.limit();
        if (length < HEADER || (packet.get(0) >> 6 & 3) != VERSION) {
            return false;
        }
        int first = packet.get(0);
        int second = packet.get(1);
        payloadType = second & 0x7f;
        marker = (second & 0x80) != 0;
        sequence = packet.getShort(2) & 0xffff;
        timestamp = packet.getInt(4);
        ssrc = packet.getInt(8);
        payloadAt = HEADER + 4 * (first & 0x0f);
        if ((first & 0x10) != 0) {
            if (payloadAt + 4 > length) {
                return false;
            }
            payloadAt += 4 + 4 * (packet.getShort(payloadAt + 2) & 0xffff);
        }
        int padding = (first & 0x20) != 0 ? packet.get(length - 1) & 0xff : 0;
        boolean paddingSound = (first & 0x20) == 0 || padding > 0;
        payloadLength = length - padding - payloadAt;
        return paddingSound && payloadLength >= 0;
    }

    public int payloadType() {
        return payloadType;
    }

    public boolean marker() {
        return marker;
    }

    /** 0 to 65535. */
    public int sequence() {
        return sequence;
    }

    public int timestamp() {
        return timestamp;
    }

    public int ssrc() {
        return ssrc;
    }

    /** Where the payload begins in the buffer. */
    public int payloadAt() {
        return payloadAt;
    }

    public int payloadLength() {
        return payloadLength;
    }
}
