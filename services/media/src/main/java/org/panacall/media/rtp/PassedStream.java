// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.rtp;

import java.nio.ByteBuffer;
import org.panacall.media.codec.Codec;

/**
 * Another party's packets as a part of our stream to a party: they keep their distances in time
 * and are numbered on. What comes too late for that is left out, since the stream never goes back.
 *
 * <p>Owned by the media thread.
 */
public final class PassedStream {

    /** Farther from our own time than this, and the sender has begun to count anew. */
    private static final int APART_MAX = Codec.RATE / 2;

    /** More than that would be delay for ever at the party, were it sent. */
    private static final int AHEAD_MAX = Codec.RATE / 10;

    private static final long QUIET_NANOS = 60_000_000;

    private boolean open;
    private int source;
    private int offset;
    private long passedAt;

    /** The speaker's packets come, so that nothing of our own is needed. */
    public boolean isOpen() {
        return open;
    }

    /** Nothing came for three frames. */
    public boolean isQuiet(long now) {
        return now - passedAt >= QUIET_NANOS;
    }

    /** The stream goes on without the other party's. */
    public void close() {
        open = false;
    }

    /** Writes the packet that is to be sent for one that came; false when it is left out. */
    public boolean write(
            ByteBuffer packet, OutgoingStream stream, int type, ByteBuffer from, RtpPacket header) {
        boolean begins = !open || source != header.ssrc() || apart(stream, header);
        if (begins) {
            source = header.ssrc();
            offset = stream.next() - header.timestamp();
        }
        int at = header.timestamp() + offset;
        open = at - stream.timestamp() <= AHEAD_MAX;
        if (!open || !stream.beginPassed(packet, type, begins || header.marker(), at)) {
            return false;
        }
        packet.put(packet.position(), from, header.payloadAt(), header.payloadLength());
        packet.position(packet.position() + header.payloadLength());
        stream.end(packet);
        stream.reach(at + header.payloadLength());
        return true;
    }

    /** The speaker is there. */
    public void heard(long now) {
        passedAt = now;
    }

    private boolean apart(OutgoingStream stream, RtpPacket header) {
        return Math.abs(header.timestamp() + offset - stream.timestamp()) > APART_MAX;
    }
}
