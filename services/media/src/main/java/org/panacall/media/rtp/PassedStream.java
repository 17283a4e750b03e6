// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.rtp;

import java.nio.ByteBuffer;
import org.panacall.media.codec.Codec;

/**
 * Another party's packets as a part of our stream to a party. They keep their distances in time and
 * number, so that the party sees what was lost or overtaken on the way here as it would have seen
 * it without us; what came twice, or too late for the hole it left, is left out. The stream never
 * goes back: it is begun anew, from where it is, when the other party's counting has no use.
 *
 * <p>Owned by the media thread.
 */
public final class PassedStream {

    /** Farther from our own time than this, and the sender has begun to count anew. */
    private static final int APART_MAX = Codec.RATE / 2;

    /** More than that would be delay for ever at the party, were it sent. */
    private static final int AHEAD_MAX = Codec.RATE / 10;

    /** As many packets as fit in the time apart. */
    private static final int STEP_MAX = APART_MAX / Codec.FRAME;

    private static final long QUIET_NANOS = 60_000_000;

    private boolean open;
    private boolean begun;
    private int source;
    private int offset;
    private int renumbering;
    private int newest = -1;
    private int newestTime;
    private long missing;
    private int at;
    private long passedAt;

    /** The speaker's packets come, so that nothing of our own is needed. */
    public boolean isOpen() {
        return open;
    }

    /** Nothing was passed on for three frames. */
    public boolean isQuiet(long now) {
        return now - passedAt >= QUIET_NANOS;
    }

    /** The stream goes on without the other party's. */
    public void close() {
        open = false;
    }

    /** Finds the place in our stream of a packet that came; false when it is left out. */
    public boolean place(OutgoingStream stream, RtpPacket header, long now) {
        if (isNewest(header)) {
            return false;
        }
        begun = !open || source != header.ssrc() || isApart(stream, header);
        if (begun) {
            begin(stream, header);
        }
        at = header.timestamp() + offset;
        open = at - stream.timestamp() <= AHEAD_MAX;
        int beyond = at - stream.reached();
        boolean placed = open && (beyond < 0 ? fills(beyond, header) : follows(stream, header));
        if (placed) {
            passedAt = now;
        }
        return placed;
    }

    private boolean isNewest(RtpPacket header) {
        return source == header.ssrc()
                && newest == header.sequence()
                && newestTime == header.timestamp();
    }

    private void begin(OutgoingStream stream, RtpPacket header) {
        source = header.ssrc();
        offset = stream.next() - header.timestamp();
        renumber(stream, header);
    }

    private void renumber(OutgoingStream stream, RtpPacket header) {
        newest = header.sequence() - 1;
        renumbering = stream.sequence() - header.sequence();
        missing = 0;
    }

    private boolean isApart(OutgoingStream stream, RtpPacket header) {
        int apart = header.timestamp() + offset - stream.timestamp();
        return apart > APART_MAX || apart < -APART_MAX;
    }

    /** A later packet; a step in number that is not one in time means nothing. */
    private boolean follows(OutgoingStream stream, RtpPacket header) {
        int step = (short) (header.sequence() - newest);
        boolean even = step >= 1 && step <= STEP_MAX;
        if (!even || at - stream.reached() != (step - 1) * Codec.FRAME) {
            renumber(stream, header);
            step = 1;
        }
        newest = header.sequence();
        newestTime = header.timestamp();
        // Bit n: the n-th before the newest was not there when a later one came.
        missing = missing << step | (1L << step) - 2;
        return true;
    }

    /** An earlier packet: it is sent when its number and its time are of the same hole. */
    private boolean fills(int beyond, RtpPacket header) {
        int back = (short) (newest - header.sequence());
        boolean hole = back > 0 && back < Long.SIZE && (missing >> back & 1) != 0;
        if (!hole || beyond != -(back + 1) * Codec.FRAME) {
            return false;
        }
        missing &= ~(1L << back);
        return true;
    }

    /** Writes the packet that was placed last. */
    public void write(
            ByteBuffer packet, OutgoingStream stream, int type, ByteBuffer from, RtpPacket header) {
        int number = header.sequence() + renumbering & 0xffff;
        stream.begin(packet, type, begun || header.marker(), at, number);
        packet.put(packet.position(), from, header.payloadAt(), header.payloadLength());
        packet.position(packet.position() + header.payloadLength());
        stream.end(packet);
        stream.reach(at + Codec.FRAME);
    }
}
