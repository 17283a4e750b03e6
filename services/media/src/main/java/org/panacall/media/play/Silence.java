// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.play;

/** Nothing, for a while. */
public record Silence(int length) implements Sound {

    @Override
    public void addTo(int[] sums, int at, int position, int count) {
        assert count <= length - position;
    }
}
