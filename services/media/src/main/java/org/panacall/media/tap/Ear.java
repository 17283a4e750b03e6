// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.tap;

import org.panacall.media.codec.Codec;
import org.panacall.media.mix.Frame;

/**
 * A tap for words: notices by the energy of frames when a party begins to speak and when it has
 * ended, and keeps what it said. Once.
 *
 * <pre>
 * WAITING -- speaks --> SPEAKING -- silent, or too long --> SAID
 *    └── patience is over, cancelled ──┴── cancelled --> OVER
 * </pre>
 *
 * <p>Frames come from the media thread, which neither waits nor allocates here. What was said is
 * for the owner, once it has been told.
 */
public final class Ear {

    /** Mean of the samples' size from which on a frame is a sound: about -42 dB. */
    private static final int SOUND = 250;

    /** The party may hear itself, or us: its voice must be so much louder than what is usual. */
    private static final int ABOVE_FLOOR = 3;

    /** So many sounds, less the silent frames between them, are speech. */
    private static final int SPEECH = 7;

    /** While it is played something, whose echo may come back. */
    private static final int SPEECH_OVER_PROMPTS = 12;

    /** Kept from before, so that no first letter is lost. */
    private static final int LEAD = 25;

    /** Silence that ends what is said: 0.7 s. */
    private static final int PAUSE = 35;

    private final Owner owner;
    private final int patience;
    private final int longest;
    private final byte[] ring;
    private final byte[] codes = new byte[Codec.FRAME];
    private int frames;
    private int floor = -1;
    private int score;
    private int waited;
    private int beganAt;
    private int soundAt;
    private boolean speaking;
    private boolean ended;
    private boolean cutOff;
    private volatile boolean cancelled;

    /** Whoever makes words of what was said. Called by the media thread: must not block. */
    public interface Owner {

        /** The party has spoken. */
        void said(Ear ear);

        /** It said nothing; nobody listens any more. */
        void over(Ear ear);
    }

    /** What a frame has changed. */
    public enum Change {
        NOTHING,
        BEGAN,
        /** It was the last one that is of interest. */
        ENDED
    }

    /**
     * @param patience frames of silence after the prompts
     * @param longest frames of speech
     */
    public Ear(int patience, int longest, Owner owner) {
        this.patience = patience;
        this.longest = longest;
        this.owner = owner;
        ring = new byte[(LEAD + SPEECH_OVER_PROMPTS + longest) * Codec.FRAME];
    }

    /**
     * Takes the present frame of the party.
     *
     * @param prompted it is being played something
     */
    public Change take(Frame frame, boolean prompted) {
        if (ended) {
            return Change.ENDED;
        }
        frame.codesInto(Codec.PCMA, codes);
        System.arraycopy(codes, 0, ring, frames % slots() * Codec.FRAME, Codec.FRAME);
        frames++;
        boolean sound = isSound(frame.audible() ? frame.loudness() : 0, prompted);
        return speaking ? speaks(sound) : waits(sound, prompted);
    }

    private int slots() {
        return ring.length / Codec.FRAME;
    }

    /** The floor follows the quietest frames at once, and louder ones slowly. */
    private boolean isSound(int loudness, boolean prompted) {
        floor = floor < 0 ? loudness : Math.min(loudness, floor + 1 + floor / 128);
        int least = Math.max(SOUND, floor * ABOVE_FLOOR);
        return loudness >= (prompted ? 2 * least : least);
    }

    private Change waits(boolean sound, boolean prompted) {
        score = sound ? score + 1 : Math.max(0, score - 1);
        if (score >= (prompted ? SPEECH_OVER_PROMPTS : SPEECH)) {
            speaking = true;
            beganAt = frames;
            soundAt = frames;
            return Change.BEGAN;
        }
        waited = prompted ? 0 : waited + 1;
        if (waited >= patience && score == 0) {
            cancel();
            return Change.ENDED;
        }
        return Change.NOTHING;
    }

    private Change speaks(boolean sound) {
        if (sound) {
            soundAt = frames;
        }
        cutOff = frames - beganAt >= longest;
        if (frames - soundAt < PAUSE && !cutOff) {
            return Change.NOTHING;
        }
        ended = true;
        owner.said(this);
        return Change.ENDED;
    }

    /** Nobody wants to know any more. Of the media thread, or before it has the ear. */
    public void cancel() {
        cancelled = true;
        if (!ended) {
            ended = true;
            owner.over(this);
        }
    }

    /** Any thread may ask. */
    public boolean cancelled() {
        return cancelled;
    }

    /** The party went on for too long. For the owner, once it has been told. */
    public boolean cutOff() {
        return cutOff;
    }

    /** Samples from just before the party began. For the owner, once it has been told. */
    public short[] samples() {
        int from = Math.max(0, Math.max(beganAt - SPEECH_OVER_PROMPTS - LEAD, frames - slots()));
        var samples = new short[(frames - from) * Codec.FRAME];
        for (int i = 0; i < samples.length; i++) {
            int at = (from + i / Codec.FRAME) % slots() * Codec.FRAME + i % Codec.FRAME;
            samples[i] = Codec.PCMA.decode(ring[at]);
        }
        return samples;
    }
}
