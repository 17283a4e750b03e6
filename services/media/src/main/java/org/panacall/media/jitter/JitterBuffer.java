// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.jitter;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.panacall.media.codec.Codec;

/**
 * Puts a party's packets into order and in time. Keeps codes by RTP timestamp, so that packets of
 * any length, gaps and repetitions need no special case; gives frames of 20 ms.
 *
 * <p>Delay grows by a frame whenever a frame is wanted and nothing is there; it shrinks by a frame
 * when every packet of a whole window (1 s in the first 10 s, then 10 s) came more than a frame
 * earlier than needed. More than 200 ms is never held.
 *
 * <p>Owned by the media thread; time is given.
 */
public final class JitterBuffer {

    private static final int CAPACITY = 4096;
    private static final int MASK = CAPACITY - 1;
    private static final short MISSING = -1;
    private static final int DEPTH_MAX = 1600;
    private static final int DEPTH_AFTER_OVERFLOW = 800;
    private static final int FAR_BEHIND = 8000;
    private static final int OUTSIDE_MAX = 3;
    private static final int LATE_IN_A_ROW_MAX = 25;
    private static final long FRAME_NANOS = 20_000_000;
    private static final int WINDOW_FIRST = 50;
    private static final int WINDOW_LATER = 500;
    private static final long SPARE_STEP_NANOS = 5_000_000;
    private static final long SPARE_MAX_NANOS = 40_000_000;

    private final short[] ring = new short[CAPACITY];
    private boolean started;
    private boolean prerolled;
    private int next;
    private int end;
    private int waited;
    private int outside;
    private int lateInARow;
    private long pulledAt;
    private long slackMin;
    private long spare = SPARE_STEP_NANOS;
    private int windowFrames;
    private int frames;
    private boolean shrunkLately;
    private double depthMean;
    private long late;
    private long overflowed;
    private long underruns;
    private long shrunk;

    /** Empty, as before the first packet. Counters stay. */
    public void reset() {
        started = false;
    }

    /** Takes a packet's codes from the buffer. */
    public void push(int timestamp, ByteBuffer packet, int at, int length, long now) {
        if (length <= 0 || length > DEPTH_MAX) {
            return;
        }
        if (!started) {
            restart(timestamp);
        }
        int ahead = timestamp - next;
        if (ahead + length <= 0 && !resumesBehind(timestamp, ahead)) {
            late++;
            return;
        }
        if (ahead + length > CAPACITY && !resumesAhead(timestamp)) {
            overflowed++;
            return;
        }
        ahead = timestamp - next;
        outside = 0;
        lateInARow = 0;
        for (int i = Math.max(0, -ahead); i < length; i++) {
            ring[timestamp + i & MASK] = (short) (packet.get(at + i) & 0xff);
        }
        if (timestamp + length - end > 0) {
            end = timestamp + length;
        }
        long needed = pulledAt + FRAME_NANOS + ahead * FRAME_NANOS / Codec.FRAME;
        slackMin = Math.min(slackMin, needed - now);
    }

    /** The next frame of codes; false, and the array untouched, when there is none to play now. */
    public boolean pull(byte[] frame, byte silence, long now) {
        pulledAt = now;
        if (!started || preroll()) {
            return false;
        }
        boundDepth();
        skipWhatWasWaitedFor();
        int depth = end - next;
        if (depth < Codec.FRAME) {
            waitForMore();
            return false;
        }
        depthMean += (depth - depthMean) / 64;
        waited = 0;
        boolean present = take(frame, silence);
        frames = Math.min(frames + 1, WINDOW_LATER + 1);
        if (++windowFrames >= (frames > WINDOW_LATER ? WINDOW_LATER : WINDOW_FIRST)) {
            shrink();
        }
        return present;
    }

    /** One frame of delay to begin with: the first packets are seldom the steadiest. */
    private boolean preroll() {
        boolean first = !prerolled;
        prerolled = true;
        return first;
    }

    private void boundDepth() {
        int depth = end - next;
        if (depth > DEPTH_MAX) {
            drop(depth - DEPTH_AFTER_OVERFLOW);
            overflowed++;
            beginWindow();
        }
    }

    /** A hole that was already covered while waiting must not be covered a second time. */
    private void skipWhatWasWaitedFor() {
        int run = 0;
        int bound = Math.min(waited, end - next);
        while (run < bound && ring[next + run & MASK] == MISSING) {
            run++;
        }
        next += run;
    }

    private void waitForMore() {
        waited = Math.min(waited + Codec.FRAME, CAPACITY);
        underruns++;
        if (shrunkLately) {
            spare = Math.min(spare + SPARE_STEP_NANOS, SPARE_MAX_NANOS);
        }
        beginWindow();
    }

    /** Leaves the caller's frame alone when most of the next one is missing. */
    private boolean take(byte[] frame, byte silence) {
        int present = 0;
        for (int i = 0; i < Codec.FRAME; i++) {
            present += ring[next + i & MASK] == MISSING ? 0 : 1;
        }
        boolean enough = present >= Codec.FRAME / 2;
        for (int i = 0; enough && i < Codec.FRAME; i++) {
            short code = ring[next + i & MASK];
            frame[i] = code == MISSING ? silence : (byte) code;
        }
        drop(Codec.FRAME);
        return enough;
    }

    private void shrink() {
        boolean roomy = slackMin > FRAME_NANOS + spare && end - next >= Codec.FRAME;
        beginWindow();
        if (roomy) {
            drop(Codec.FRAME);
            shrunk++;
        }
        shrunkLately = roomy;
    }

    private void beginWindow() {
        windowFrames = 0;
        slackMin = Long.MAX_VALUE;
    }

    private void drop(int samples) {
        for (int i = 0; i < samples; i++) {
            ring[next + i & MASK] = MISSING;
        }
        next += samples;
    }

    /** Far behind, or behind for half a second: the sender has begun anew. */
    private boolean resumesBehind(int timestamp, int ahead) {
        outside = ahead < -FAR_BEHIND ? outside + 1 : 0;
        if (outside < OUTSIDE_MAX && ++lateInARow < LATE_IN_A_ROW_MAX) {
            return false;
        }
        restart(timestamp);
        return true;
    }

    /** A jump is believed at once when all was played, else with the third packet. */
    private boolean resumesAhead(int timestamp) {
        if (end - next >= Codec.FRAME && ++outside < OUTSIDE_MAX) {
            return false;
        }
        restart(timestamp);
        return true;
    }

    private void restart(int timestamp) {
        Arrays.fill(ring, MISSING);
        started = true;
        prerolled = false;
        next = timestamp;
        end = timestamp;
        waited = 0;
        outside = 0;
        lateInARow = 0;
        frames = 0;
        beginWindow();
    }

    /** Mean delay in here, for the estimate of quality. */
    public double delayMs() {
        return depthMean / 8;
    }

    /** Packets that came after their time. */
    public long late() {
        return late;
    }

    /** Packets or spans thrown away because too much was waiting. */
    public long overflowed() {
        return overflowed;
    }

    public long underruns() {
        return underruns;
    }

    public long shrunk() {
        return shrunk;
    }
}
