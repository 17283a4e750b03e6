// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.people;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts failures by key in windows of one minute. Keys are bounded: the one not seen for longest
 * is forgotten, which costs an attacker more addresses than it gains him guesses.
 */
public final class AttemptLimit {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int KEYS_MAX = 10_000;

    private record Window(Instant since, int failures) {}

    private final int failuresMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Window> windows =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
                    return size() > KEYS_MAX;
                }
            };

    public AttemptLimit(int failuresMax) {
        this.failuresMax = failuresMax;
    }

    /** How long to wait before the next attempt; empty when it may be made now. */
    public Optional<Duration> wait(String key, Instant now) {
        lock.lock();
        try {
            var window = windows.get(key);
            if (window == null || !now.isBefore(window.since.plus(WINDOW))) {
                return Optional.empty();
            }
            return window.failures < failuresMax
                    ? Optional.empty()
                    : Optional.of(Duration.between(now, window.since.plus(WINDOW)));
        } finally {
            lock.unlock();
        }
    }

    /** An attempt failed. */
    public void failed(String key, Instant now) {
        lock.lock();
        try {
            var window = windows.get(key);
            var fresh = window == null || !now.isBefore(window.since.plus(WINDOW));
            windows.put(
                    key,
                    fresh ? new Window(now, 1) : new Window(window.since, window.failures + 1));
        } finally {
            lock.unlock();
        }
    }

    /** An attempt succeeded: what failed before was a slip of the finger. */
    public void succeeded(String key) {
        lock.lock();
        try {
            windows.remove(key);
        } finally {
            lock.unlock();
        }
    }
}
