// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.mix;

import org.panacall.media.codec.Codec;

/**
 * What a party says in the present 20 ms: as codes, and as samples once somebody needs them. A
 * missing frame repeats the last one ever softer, then is silent.
 *
 * <p>Owned by the media thread.
 */
public final class Frame {

    /** After so many missing frames the last one has faded out. */
    private static final int FADED = 3;

    private final byte[] codes = new byte[Codec.FRAME];
    private final short[] samples = new short[Codec.FRAME];
    private Codec codec = Codec.PCMA;
    private boolean coded;
    private boolean decoded = true;
    private int missing = FADED;

    /** The array to be filled before {@link #present}; forgets nothing until then. */
    public byte[] codes() {
        return codes;
    }

    /** The codes are this frame. */
    public void present(Codec of) {
        codec = of;
        coded = true;
        decoded = false;
        missing = 0;
    }

    /** There is no frame this time. Must follow a frame whose codes are untouched. */
    public void missing() {
        if (missing < FADED) {
            samples();
            missing++;
            for (int i = 0; i < Codec.FRAME; i++) {
                samples[i] = (short) (missing == FADED ? 0 : samples[i] / 2);
            }
        }
        coded = false;
        decoded = true;
    }

    /** Nothing is said and nothing of what was said lingers on. */
    public void silence() {
        coded = false;
        decoded = true;
        missing = FADED;
    }

    /** Something can be heard. */
    public boolean audible() {
        return missing < FADED;
    }

    /** This frame in a law's codes; silence when nothing can be heard. */
    public void codesInto(Codec law, byte[] into) {
        if (codedIn(law)) {
            System.arraycopy(codes, 0, into, 0, Codec.FRAME);
            return;
        }
        boolean heard = audible();
        var spoken = samples();
        for (int i = 0; i < Codec.FRAME; i++) {
            into[i] = heard ? law.encode(spoken[i]) : law.silence();
        }
    }

    /** Mean size of the samples. */
    public int loudness() {
        var spoken = samples();
        int sum = 0;
        for (int i = 0; i < Codec.FRAME; i++) {
            sum += Math.abs(spoken[i]);
        }
        return sum / Codec.FRAME;
    }

    /** The codes can be passed on to a listener of that codec as they are. */
    boolean codedIn(Codec wished) {
        return coded && codec == wished;
    }

    /** The samples; decoded at most once a frame. */
    short[] samples() {
        if (!decoded) {
            codec.decode(codes, samples);
            decoded = true;
        }
        return samples;
    }
}
