// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import org.panacall.sipingress.core.call.CallId;

/**
 * How many calls may wait for us and the services behind us at once: a window that follows what
 * they get done. A call waits while its INVITE is not answered, while a service is asked to take
 * it, and while media opens one of its legs; not while a party rings or talks.
 *
 * <p>A window limits itself: what is slow to answer lets fewer in (Little's law), from the first
 * moment of a flood on. Every interval it shrinks by a quarter when a third of the waits were
 * longer than the target, and grows by an eighth when it was full though hardly any was.
 *
 * <p>Owned by the core's thread. At most as many entries as there are calls.
 */
public final class Admission {

    private final Settings settings;
    private final LinkedHashMap<CallId, Instant> waiting = new LinkedHashMap<>();
    private int window;
    private Instant until = Instant.MIN;
    private int fast;
    private int slow;
    private boolean full;

    /**
     * Bounds of the window, in calls.
     *
     * @param target a wait that is longer counts as slow
     * @param interval from one look at the waits to the next
     */
    public record Settings(int least, int first, int most, Duration target, Duration interval) {

        public Settings {
            if (least < 1 || first < least || most < first || target.isNegative()) {
                throw new IllegalArgumentException("must be 1 <= least <= first <= most");
            }
            if (!interval.isPositive()) {
                throw new IllegalArgumentException("the interval must be positive");
            }
        }

        /** The usual window, which never opens beyond {@code most}. */
        public static Settings upTo(int most) {
            return new Settings(
                    Math.min(16, most),
                    Math.min(32, most),
                    most,
                    Duration.ofMillis(600),
                    Duration.ofMillis(500));
        }
    }

    public Admission(Settings settings) {
        this.settings = settings;
        window = settings.first();
    }

    /** Takes note of a call after a turn: does it wait for us, or not (any more)? */
    public void note(CallId call, boolean waits, Instant now) {
        adapt(now);
        if (waits) {
            waiting.putIfAbsent(call, now);
            full |= waiting.size() >= window;
            return;
        }
        var since = waiting.remove(call);
        if (since != null) count(since, now);
    }

    /** How many more may begin; none or fewer when the window is full. */
    public int room() {
        return window - waiting.size();
    }

    /** The window, for metrics. */
    public int window() {
        return window;
    }

    private void count(Instant since, Instant now) {
        if (Duration.between(since, now).compareTo(settings.target()) > 0) {
            slow++;
        } else {
            fast++;
        }
    }

    private void adapt(Instant now) {
        if (now.isBefore(until)) return;
        // Who waits too long already says as much as who did until he was served.
        var oldest = waiting.firstEntry();
        if (oldest != null) count(oldest.getValue(), now);
        if (slow * 2 > fast) {
            window = Math.max(settings.least(), window - Math.max(1, window / 4));
        } else if (full && slow * 8 <= fast) {
            window = Math.min(settings.most(), window + Math.max(1, window / 8));
        }
        fast = 0;
        slow = 0;
        full = waiting.size() >= window;
        until = now.plus(settings.interval());
    }
}
