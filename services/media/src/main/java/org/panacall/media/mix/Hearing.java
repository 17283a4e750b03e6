// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.mix;

import org.panacall.media.codec.Codec;

/**
 * One listener's row of a bridge's matrix: whom it hears, how loud.
 *
 * <p>Owned by the media thread.
 */
public final class Hearing {

    /** Hears nobody. */
    public static final Hearing NOBODY = new Hearing(new Frame[0], new int[0], null, null);

    private final Frame[] speakers;
    private final int[] gains;
    private final Total total;
    private final Frame own;

    /**
     * @param total when not null, the listener hears it as it is but for its own part
     * @param own the listener's own frame when it is a part of the total, else null
     */
    Hearing(Frame[] speakers, int[] gains, Total total, Frame own) {
        this.speakers = speakers;
        this.gains = gains;
        this.total = total;
        this.own = own;
    }

    /** The codes that can be passed on without decoding, or null. */
    public byte[] passThrough(Codec codec) {
        boolean one = speakers.length == 1 && gains[0] == Gain.UNITY;
        return one && speakers[0].codedIn(codec) ? speakers[0].codes() : null;
    }

    /** Adds all that is heard; false when that is nothing. */
    public boolean addTo(int[] sums, long frameNumber) {
        if (total != null) {
            return total.addWithout(own, sums, frameNumber);
        }
        boolean any = false;
        for (int i = 0; i < speakers.length; i++) {
            if (speakers[i].audible()) {
                Gain.add(speakers[i].samples(), gains[i], sums);
                any = true;
            }
        }
        return any;
    }

    public boolean hearsNobody() {
        return speakers.length == 0;
    }
}
