// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.play;

/**
 * A place in a play that waits for its sound. Filled once by a loader, read by the media thread,
 * which plays nothing until then.
 */
public final class Item {

    private volatile Sound sound;
    private volatile boolean substituted;

    /** For what needs no loading. */
    public static Item of(Sound sound) {
        var item = new Item();
        item.fill(sound);
        return item;
    }

    public void fill(Sound loaded) {
        sound = loaded;
    }

    /** Fills in a sound that only marks that the wished one could not be had. */
    public void substitute(Sound sign) {
        substituted = true;
        sound = sign;
    }

    /** Null while loading. */
    Sound sound() {
        return sound;
    }

    boolean substituted() {
        return substituted;
    }
}
