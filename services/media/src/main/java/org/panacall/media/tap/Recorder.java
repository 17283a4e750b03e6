// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.tap;

import org.panacall.media.codec.Codec;
import org.panacall.media.mix.Frame;

/**
 * A tap: puts what parties say on a tape, frame by frame, until a limit ends it. A-law, one frame
 * of each channel after the other.
 *
 * <p>Frames and keys come from the media thread, which never waits here; {@link #fail} and what the
 * tape holds are for the one who writes to disk.
 */
public final class Recorder {

    /** Mean of the samples' size from which on a frame is a sound: about -47 dB. */
    private static final int SOUND = 150;

    /** Kept after the last sound, so that no word is cut. */
    private static final int TAIL_FRAMES = 10;

    private static final int TAPE_LOG2 = 16;
    private static final int FRAMES_A_SECOND = 50;

    private final String id;
    private final Limits limits;
    private final Tape tape = new Tape(TAPE_LOG2);
    private final byte[] codes = new byte[Codec.FRAME];
    private int frames;
    private int sounds;
    private int lastSound;
    private volatile boolean begun;
    private volatile boolean failed;
    private volatile End end;

    /** Why it ended. */
    public enum End {
        KEY,
        SILENCE,
        LONGEST,
        STOPPED,
        TOO_SHORT,
        NO_ROOM
    }

    /**
     * When it ends by itself, in frames.
     *
     * @param silence 0: never by silence
     * @param endKeys of 0-9 * #
     * @param shortest sounds of less than this are nothing
     */
    public record Limits(int longest, int silence, int shortest, String endKeys) {

        /** A second in frames. */
        public static int frames(long milliseconds) {
            return (int) (milliseconds * FRAMES_A_SECOND / 1_000);
        }
    }

    /**
     * What came of it.
     *
     * @param id empty when nothing is kept
     * @param samples to the last sound
     */
    public record Made(String id, int samples, End end) {}

    public Recorder(String id, Limits limits) {
        this.id = id;
        this.limits = limits;
    }

    public String id() {
        return id;
    }

    /** The party is heard from now on. */
    public void begin() {
        begun = true;
    }

    /** Takes the present frame of one party. False when the recording is over. */
    public boolean take(Frame frame) {
        return end == null && put(frame) && taken(isSound(frame));
    }

    /** Takes the present frames of two parties, as one frame of two channels. */
    public boolean take(Frame one, Frame other) {
        return end == null && put(one) && put(other) && taken(isSound(one) || isSound(other));
    }

    private boolean put(Frame frame) {
        frame.codesInto(Codec.PCMA, codes);
        if (failed || !tape.write(codes)) {
            end = End.NO_ROOM;
            return false;
        }
        return true;
    }

    private static boolean isSound(Frame frame) {
        return frame.audible() && frame.loudness() >= SOUND;
    }

    private boolean taken(boolean sound) {
        frames++;
        if (sound) {
            sounds++;
            lastSound = frames;
        }
        if (frames >= limits.longest()) {
            finish(End.LONGEST);
        } else if (limits.silence() > 0 && frames - lastSound >= limits.silence()) {
            finish(End.SILENCE);
        }
        return end == null;
    }

    /** The party pressed a key; true when that ends it. */
    public boolean endsBy(char key) {
        if (end != null || limits.endKeys().indexOf(key) < 0) {
            return false;
        }
        finish(End.KEY);
        return true;
    }

    /** Ends it from outside. What never began is nothing. */
    public void stop() {
        if (end == null) {
            finish(End.STOPPED);
        }
    }

    private void finish(End why) {
        end = sounds < limits.shortest() || !begun ? End.TOO_SHORT : why;
    }

    /** The disk takes no more. Any thread. */
    public void fail() {
        failed = true;
    }

    /** For the one who writes to disk. */
    public Tape tape() {
        return tape;
    }

    /** Null while it goes on. Nothing is put on the tape afterwards. */
    public End end() {
        return end;
    }

    /** Samples of one channel that count; final once it has ended. */
    public int samples() {
        return Math.min(frames, lastSound + TAIL_FRAMES) * Codec.FRAME;
    }

    /** What came of it, once it has ended. */
    public Made made() {
        boolean nothing = end == End.TOO_SHORT || end == End.NO_ROOM && sounds < limits.shortest();
        return new Made(nothing ? "" : id, samples(), end);
    }
}
