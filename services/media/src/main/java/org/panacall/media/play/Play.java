// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.play;

import java.util.List;
import org.panacall.media.codec.Codec;
import org.panacall.media.tap.Ear;
import org.panacall.media.tap.Recorder;

/**
 * Prompts being played to one leg, one after another.
 *
 * <p>Made by any thread, then owned by the media thread.
 */
public final class Play {

    private final String id;
    private final Item[] items;
    private final boolean repeat;
    private final boolean bargeIn;
    private final Recorder recorder;
    private final Ear ear;
    private int index;
    private int position;

    public Play(String id, List<Item> items, boolean repeat, boolean bargeIn) {
        this(id, items, repeat, bargeIn, new Taps(null, null));
    }

    /**
     * @param recorder of what the party says afterwards, before the play is over; null: of nothing
     */
    public Play(String id, List<Item> items, boolean repeat, boolean bargeIn, Recorder recorder) {
        this(id, items, repeat, bargeIn, new Taps(recorder, null));
    }

    /**
     * Who takes what the party says; null: nobody.
     *
     * @param recorder once the prompts are over, before the play is
     * @param ear from the beginning on, until it has heard something
     */
    public record Taps(Recorder recorder, Ear ear) {}

    public Play(String id, List<Item> items, boolean repeat, boolean bargeIn, Taps taps) {
        if (items.isEmpty()) {
            throw new IllegalArgumentException("a play has at least one prompt");
        }
        this.id = id;
        this.items = items.toArray(Item[]::new);
        this.repeat = repeat;
        this.bargeIn = bargeIn;
        recorder = taps.recorder();
        ear = taps.ear();
    }

    public String id() {
        return id;
    }

    /** Null when nothing is recorded afterwards. */
    public Recorder recorder() {
        return recorder;
    }

    /** Null when nobody listens for words. */
    public Ear ear() {
        return ear;
    }

    /** A key of the party ends the play, and so does its voice when it is listened to. */
    public boolean bargeIn() {
        return bargeIn;
    }

    /** Adds the next frame; false when the play was over before it. */
    public boolean addFrame(int[] sums) {
        int filled = 0;
        int turns = 0;
        while (filled < Codec.FRAME && index < items.length) {
            var sound = items[index].sound();
            if (sound == null) {
                return true;
            }
            int count = Math.min(Codec.FRAME - filled, sound.length() - position);
            sound.addTo(sums, filled, position, count);
            filled += count;
            advance(sound, count);
            // Items without length may not hold the media thread in a repeated play.
            if (++turns > items.length + Codec.FRAME) {
                return true;
            }
        }
        return filled > 0;
    }

    /** True when not one of the prompts could be given as it was wished. */
    public boolean failed() {
        for (var item : items) {
            if (!item.substituted()) {
                return false;
            }
        }
        return true;
    }

    private void advance(Sound sound, int count) {
        position += count;
        if (position < sound.length()) {
            return;
        }
        position = 0;
        index++;
        if (repeat && index == items.length) {
            index = 0;
        }
    }
}
