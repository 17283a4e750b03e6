// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.rtp;

/**
 * What RFC 3550 counts about a received stream: sequence cycles and loss (A.1, A.3), jitter (A.8).
 * A change of source adds up.
 *
 * <p>Owned by the media thread.
 */
public final class ReceptionStatistics {

    private static final int DROPOUT_MAX = 3000;
    private static final int MISORDER_MAX = 100;
    private static final long NANOS_PER_SAMPLE = 125_000;

    private boolean started;
    private int base;
    private int highest;
    private long cycles;
    private int restartAt;
    private long received;
    private long pastExpected;
    private long pastReceived;
    private long expectedAtReport;
    private long receivedAtReport;
    private boolean timed;
    private long transit;
    private double jitter;

    /** A new source begins; what was counted so far is kept. */
    public void restart() {
        pastExpected += expected();
        pastReceived += received;
        started = false;
        timed = false;
        received = 0;
        expectedAtReport = 0;
        receivedAtReport = 0;
    }

    /** Counts a packet of the source. */
    public void count(int sequence) {
        if (!started) {
            begin(sequence);
        }
        int ahead = sequence - highest & 0xffff;
        if (ahead < DROPOUT_MAX) {
            cycles += sequence < highest ? 0x10000 : 0;
            highest = sequence;
        } else if (ahead <= 0x10000 - MISORDER_MAX) {
            // Far off: the sender has restarted if the very next one follows, else it is noise.
            if (sequence != restartAt) {
                restartAt = sequence + 1 & 0xffff;
                return;
            }
            restart();
            begin(sequence);
        }
        received++;
    }

    /** Measures the arrival of an audio packet; events keep their timestamp and tell nothing. */
    public void time(int timestamp, long now) {
        long arrived = now / NANOS_PER_SAMPLE - timestamp;
        if (timed) {
            int difference = Math.abs((int) (arrived - transit));
            // More than ten seconds is a jump of the sender's clock and no jitter.
            if (difference >= 0 && difference < 80_000) {
                jitter += (difference - jitter) / 16;
            }
        }
        transit = arrived;
        timed = true;
    }

    private void begin(int sequence) {
        started = true;
        base = sequence;
        highest = sequence;
        cycles = 0;
        restartAt = -1;
    }

    private long expected() {
        return started ? cycles + highest - base + 1 : 0;
    }

    public long expectedInAll() {
        return pastExpected + expected();
    }

    /** Never below 0, though duplicates may outnumber losses. */
    public long lostInAll() {
        return Math.max(0, expectedInAll() - pastReceived - received);
    }

    public double jitterMs() {
        return jitter / 8;
    }

    int jitterSamples() {
        return (int) jitter;
    }

    int highestExtended() {
        return (int) (cycles + highest);
    }

    /** Of the present source, as a report block carries it: at most 24 bits. */
    int lost() {
        return Math.clamp(expected() - received, -0x800000, 0x7fffff);
    }

    /** Share lost since the last report, of 256. Begins the next interval. */
    int fractionLost() {
        long expected = expected() - expectedAtReport;
        long lost = expected - (received - receivedAtReport);
        expectedAtReport = expected();
        receivedAtReport = received;
        return expected <= 0 || lost <= 0 ? 0 : (int) Math.min(255, (lost << 8) / expected);
    }
}
