// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.tap;

import java.util.function.BiPredicate;
import org.panacall.media.mix.Frame;

/**
 * A tap on a talk of two: a channel for each, with what it says while the other hears it. Both are
 * taken at the same moment, and silence stands for what nobody hears, so that they keep in time.
 *
 * <p>Owned by the media thread. Changes allocate, frames don't.
 */
public final class TalkTap {

    private static final Frame SILENCE = new Frame();

    private final Recorder recorder;
    private final Channel first;
    private final Channel second;
    private boolean firstHeard;
    private boolean secondHeard;

    /** A party: its leg, and the frame in which it always is heard. */
    public record Channel(String leg, Frame frame) {}

    public TalkTap(Recorder recorder, Channel first, Channel second) {
        this.recorder = recorder;
        this.first = first;
        this.second = second;
        recorder.begin();
    }

    /** Says who hears whom from now on, listener before speaker. */
    public void tune(BiPredicate<String, String> hears) {
        firstHeard = hears.test(second.leg(), first.leg());
        secondHeard = hears.test(first.leg(), second.leg());
    }

    /** Takes the present frame of both. To be called once a frame, for the first leg. */
    public void take(Frame speaker) {
        if (speaker == first.frame()) {
            recorder.take(
                    firstHeard ? first.frame() : SILENCE, secondHeard ? second.frame() : SILENCE);
        }
    }

    /** Whether these two are on it, in this order. */
    public boolean isOf(String one, String other) {
        return !isOver() && first.leg().equals(one) && second.leg().equals(other);
    }

    public String recording() {
        return recorder.id();
    }

    /** It takes nothing more. */
    public boolean isOver() {
        return recorder.end() != null;
    }

    public void stop() {
        recorder.stop();
    }
}
