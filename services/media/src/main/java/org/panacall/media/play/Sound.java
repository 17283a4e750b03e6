// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.play;

/** Something with a length that can be mixed. Immutable, so that many plays share one. */
public sealed interface Sound permits Clip, Tone, Silence {

    /** Samples; {@link Integer#MAX_VALUE} when it never ends. */
    int length();

    /** Adds samples from a position on; the caller stays within the length. Does not allocate. */
    void addTo(int[] sums, int at, int position, int count);
}
