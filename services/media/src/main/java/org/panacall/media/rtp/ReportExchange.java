// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.rtp;

import java.nio.ByteBuffer;

/**
 * RTCP with one party: writes our compound packets (SR or RR, SDES, BYE) and reads the party's for
 * loss and round-trip time.
 *
 * <p>Owned by the media thread.
 */
public final class ReportExchange {

    private static final int SR = 200;
    private static final int RR = 201;
    private static final int SDES = 202;
    private static final int BYE = 203;
    private static final int CNAME = 1;
    private static final int BLOCK = 24;
    private static final long NTP_EPOCH_SECONDS = 2_208_988_800L;
    private static final long SECOND_NANOS = 1_000_000_000;

    private final OutgoingStream ours;
    private final long epochNanos;
    private int lastSenderReport;
    private long lastSenderReportAt;
    private long packetsAtReport;
    private double roundTripMs;
    private int fractionLostThere;

    /**
     * @param epochNanos Unix time at which the media thread's clock shows 0
     */
    public ReportExchange(OutgoingStream ours, long epochNanos) {
        this.ours = ours;
        this.epochNanos = epochNanos;
    }

    /** Writes one compound packet about what we sent and, from a latched source, what we got. */
    public void write(ByteBuffer out, SourceLatch source, ReceptionStatistics got, long now) {
        out.clear();
        boolean sender = ours.packets() > packetsAtReport;
        packetsAtReport = ours.packets();
        int blocks = source.latched() ? 1 : 0;
        int words = 1 + (sender ? 5 : 0) + 6 * blocks;
        out.putShort((short) (0x8000 | blocks << 8 | (sender ? SR : RR))).putShort((short) words);
        out.putInt(ours.ssrc());
        if (sender) {
            out.putLong(ntp(now)).putInt(ours.timestamp());
            out.putInt((int) ours.packets()).putInt((int) ours.octets());
        }
        if (blocks == 1) {
            writeBlock(out, source.ssrc(), got, now);
        }
        writeName(out);
        out.flip();
    }

    /** The same, and that the stream is over. */
    public void writeBye(ByteBuffer out, SourceLatch source, ReceptionStatistics got, long now) {
        write(out, source, got, now);
        out.position(out.limit()).limit(out.capacity());
        out.putShort((short) (0x8100 | BYE)).putShort((short) 1).putInt(ours.ssrc());
        out.flip();
    }

    /** Reads a compound packet of the party; anything malformed ends the reading. */
    public void read(ByteBuffer packet, long now) {
        int at = 0;
        int end = packet.limit();
        while (at + 8 <= end && (packet.get(at) >> 6 & 3) == 2) {
            int length = 4 + 4 * (packet.getShort(at + 2) & 0xffff);
            if (at + length > end) {
                return;
            }
            int type = packet.get(at + 1) & 0xff;
            int blocks = packet.get(at) & 0x1f;
            if (type == SR && length >= 28) {
                lastSenderReport = (int) (packet.getLong(at + 8) >>> 16);
                lastSenderReportAt = now;
                readBlocks(packet, at + 28, Math.min(blocks, (length - 28) / BLOCK), now);
            } else if (type == RR) {
                readBlocks(packet, at + 8, Math.min(blocks, (length - 8) / BLOCK), now);
            }
            at += length;
        }
    }

    /** 0 until the party has answered a report of ours. */
    public double roundTripMs() {
        return roundTripMs;
    }

    /** What the party misses of our stream, of 256, by its last report. */
    public int fractionLostThere() {
        return fractionLostThere;
    }

    private void readBlocks(ByteBuffer packet, int from, int count, long now) {
        for (int i = 0; i < count; i++) {
            int at = from + i * BLOCK;
            if (packet.getInt(at) != ours.ssrc()) {
                continue;
            }
            fractionLostThere = packet.get(at + 4) & 0xff;
            int lastReport = packet.getInt(at + 16);
            int delay = packet.getInt(at + 20);
            if (lastReport != 0) {
                // Units of 1/65536 s, RFC 3550 section 6.4.1; the sum wraps like its parts.
                int trip = (int) (ntp(now) >>> 16) - lastReport - delay;
                roundTripMs = trip < 0 || trip > 60 << 16 ? roundTripMs : trip * 1000.0 / 65536;
            }
        }
    }

    private void writeBlock(ByteBuffer out, int ssrc, ReceptionStatistics got, long now) {
        out.putInt(ssrc);
        out.putInt(got.fractionLost() << 24 | got.lost() & 0xffffff);
        out.putInt(got.highestExtended()).putInt(got.jitterSamples());
        out.putInt(lastSenderReport);
        long since = lastSenderReport == 0 ? 0 : now - lastSenderReportAt;
        out.putInt((int) (since * 65536 / SECOND_NANOS));
    }

    private void writeName(ByteBuffer out) {
        var cname = ours.cname();
        // The list of items ends with at least one zero and fills whole words.
        int items = (2 + cname.length) / 4 * 4 + 4;
        out.putShort((short) (0x8100 | SDES)).putShort((short) (1 + items / 4));
        out.putInt(ours.ssrc()).put((byte) CNAME).put((byte) cname.length).put(cname);
        for (int i = 2 + cname.length; i < items; i++) {
            out.put((byte) 0);
        }
    }

    private long ntp(long now) {
        long unix = epochNanos + now;
        long seconds = Math.floorDiv(unix, SECOND_NANOS);
        long fraction = (Math.floorMod(unix, SECOND_NANOS) << 32) / SECOND_NANOS;
        return seconds + NTP_EPOCH_SECONDS << 32 | fraction;
    }
}
