// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.rtp;

/**
 * Which SSRC of a party's address is the party. Another one takes over after a gap of the present
 * one, or with three packets in a row (rtpengine re-anchors); one that sends beside the present
 * source is never let in.
 *
 * <p>Owned by the media thread.
 */
public final class SourceLatch {

    /** Five missing packets: the present source has likely ended. */
    private static final long GAP_NANOS = 100_000_000;

    private static final int IN_A_ROW = 3;

    private boolean latched;
    private int ssrc;
    private long lastAt;
    private int candidate;
    private int inARow;

    /** What to do with a packet. */
    public enum Verdict {
        SAME,
        CHANGED,
        STRANGER
    }

    /** Judges a packet that came from the right address. */
    public Verdict judge(int from, long now) {
        if (latched && from == ssrc) {
            lastAt = now;
            inARow = 0;
            return Verdict.SAME;
        }
        if (!latched || now - lastAt >= GAP_NANOS) {
            return change(from, now);
        }
        inARow = from == candidate ? inARow + 1 : 1;
        candidate = from;
        return inARow >= IN_A_ROW ? change(from, now) : Verdict.STRANGER;
    }

    /** Forgets the source: the party's address has changed. */
    public void open() {
        latched = false;
        inARow = 0;
    }

    public boolean latched() {
        return latched;
    }

    public int ssrc() {
        return ssrc;
    }

    private Verdict change(int from, long now) {
        latched = true;
        ssrc = from;
        lastAt = now;
        inARow = 0;
        return Verdict.CHANGED;
    }
}
