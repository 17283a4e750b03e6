// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.watch;

import java.util.concurrent.atomic.AtomicLong;
import org.panacall.tests.ua.Call;
import org.panacall.tests.ua.Hearing;

/**
 * The longest time in which a party heard nothing of what it should hear: packet by packet, by the
 * other's tone in a talk, by packets alone where the platform plays.
 */
public final class ToneWatch implements Hearing.Listener {

    private static final int RATE = 8_000;
    private static final double SHARE = 0.4;
    private static final double AUDIBLE = 300;

    private final AtomicLong longest = new AtomicLong();
    private volatile int expectedHz;
    private volatile long last;

    private ToneWatch() {}

    public static ToneWatch of(Call call) {
        var watch = new ToneWatch();
        call.hearing().setListener(watch);
        return watch;
    }

    /** Begins to watch; 0 for whatever comes. Tones are multiples of 50 Hz, whole in a frame. */
    public void begin(int toneHz) {
        expectedHz = toneHz;
        last = System.nanoTime();
        longest.set(0);
    }

    /** The longest silence since the beginning, one that still lasts included, in milliseconds. */
    public long longestMillis() {
        return Math.max(longest.get(), System.nanoTime() - last) / 1_000_000;
    }

    @Override
    public void heard(short[] frame, int length) {
        if (expectedHz != 0 && !carries(frame, length)) {
            return;
        }
        long now = System.nanoTime();
        longest.accumulateAndGet(now - last, Math::max);
        last = now;
    }

    /** Goertzel over one frame. */
    private boolean carries(short[] frame, int length) {
        double coefficient = 2 * Math.cos(2 * Math.PI * expectedHz / RATE);
        double before = 0;
        double beforeThat = 0;
        double total = 0;
        for (int i = 0; i < length; i++) {
            double now = frame[i] + coefficient * before - beforeThat;
            beforeThat = before;
            before = now;
            total += (double) frame[i] * frame[i];
        }
        double power =
                before * before + beforeThat * beforeThat - coefficient * before * beforeThat;
        return total > AUDIBLE * AUDIBLE * length && power / (total * length / 2) > SHARE;
    }
}
