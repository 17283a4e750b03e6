// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.ua;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * What a party has heard: the last seconds of received audio, and what tones are in it. Written by
 * the receiving thread, read by tests; waits are woken by each packet, not by time passing.
 */
public final class Hearing {

    private static final int RATE = 8_000;
    private static final int KEPT = 4 * RATE;
    private static final double AUDIBLE = 300;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition heard = lock.newCondition();
    private final short[] samples = new short[KEPT];
    private long written;
    private long packets;
    private long strangers;
    private long audibleNanos;
    private long longestGapNanos;
    private volatile Listener listener = (frame, length) -> {};

    /** Hears each packet's samples as they come, on the receiving thread. */
    public interface Listener {
        void heard(short[] frame, int length);
    }

    /** Has one listener beside what is kept here; it replaces the one before. */
    public void setListener(Listener listener) {
        this.listener = listener;
    }

    void add(short[] frame, int length) {
        lock.lock();
        try {
            for (int i = 0; i < length; i++) {
                samples[(int) (written++ % KEPT)] = frame[i];
            }
            packets++;
            noteGap(frame, length);
            heard.signalAll();
        } finally {
            lock.unlock();
        }
        listener.heard(frame, length);
    }

    private void noteGap(short[] frame, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (double) frame[i] * frame[i];
        }
        if (length == 0 || Math.sqrt(sum / length) <= AUDIBLE) {
            return;
        }
        long now = System.nanoTime();
        if (audibleNanos != 0) {
            longestGapNanos = Math.max(longestGapNanos, now - audibleNanos);
        }
        audibleNanos = now;
    }

    /** From now on the longest time without anything audible is measured anew. */
    public void forgetGaps() {
        lock.lock();
        try {
            longestGapNanos = 0;
        } finally {
            lock.unlock();
        }
    }

    /** The longest time without anything audible, between two audible packets. */
    public Duration longestGap() {
        lock.lock();
        try {
            return Duration.ofNanos(longestGapNanos);
        } finally {
            lock.unlock();
        }
    }

    void addStranger() {
        lock.lock();
        try {
            strangers++;
        } finally {
            lock.unlock();
        }
    }

    /** Packets received from where they were expected. */
    public long packets() {
        lock.lock();
        try {
            return packets;
        } finally {
            lock.unlock();
        }
    }

    /** Packets that came from elsewhere. */
    public long strangers() {
        lock.lock();
        try {
            return strangers;
        } finally {
            lock.unlock();
        }
    }

    /** Root mean square of the last part, 0 to 32767. */
    public double level(Duration last) {
        var part = part(last);
        double sum = 0;
        for (short sample : part) {
            sum += (double) sample * sample;
        }
        return part.length == 0 ? 0 : Math.sqrt(sum / part.length);
    }

    /** Share of a tone in the power of the last part, 0 to 1 (Goertzel). */
    public double share(int frequencyHz, Duration last) {
        var part = part(last);
        double coefficient = 2 * Math.cos(2 * Math.PI * frequencyHz / RATE);
        double before = 0;
        double beforeThat = 0;
        double total = 0;
        for (short sample : part) {
            double now = sample + coefficient * before - beforeThat;
            beforeThat = before;
            before = now;
            total += (double) sample * sample;
        }
        if (total == 0) {
            return 0;
        }
        double power =
                before * before + beforeThat * beforeThat - coefficient * before * beforeThat;
        return power / (total * part.length / 2);
    }

    /** The tone is the most of what is heard, and loud enough to be heard at all. */
    public boolean hears(int frequencyHz) {
        var last = Duration.ofMillis(200);
        return level(last) > AUDIBLE && share(frequencyHz, last) > 0.6;
    }

    /** Something is heard that is no silence. */
    public boolean hearsAnything() {
        return level(Duration.ofMillis(400)) > AUDIBLE;
    }

    /** Waits until the condition holds; false when it does not within the time. */
    public boolean await(Predicate<Hearing> condition, Duration limit) {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (!condition.test(this)) {
                if (left <= 0) {
                    return false;
                }
                // The slice lets conditions on silence come true when no packet comes any more.
                long slice = Math.min(left, TimeUnit.MILLISECONDS.toNanos(100));
                left -= slice - heard.awaitNanos(slice);
            }
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until so much more audio has come; false when it does not within twice the time. */
    public boolean listen(Duration duration) {
        long goal = written() + duration.toMillis() * RATE / 1_000;
        return await(ears -> ears.written() >= goal, duration.multipliedBy(2));
    }

    private long written() {
        lock.lock();
        try {
            return written;
        } finally {
            lock.unlock();
        }
    }

    private short[] part(Duration last) {
        lock.lock();
        try {
            int length = (int) Math.min(Math.min(written, KEPT), last.toMillis() * RATE / 1_000);
            var part = new short[length];
            for (int i = 0; i < length; i++) {
                part[i] = samples[(int) ((written - length + i) % KEPT)];
            }
            return part;
        } finally {
            lock.unlock();
        }
    }
}
