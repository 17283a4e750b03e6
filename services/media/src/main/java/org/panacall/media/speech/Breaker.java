// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.speech;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether an engine is worth asking: after three failures in a row only once every ten seconds,
 * until it answers well. On given time; any thread.
 */
final class Breaker {

    private static final int FAILURES_MAX = 3;
    private static final long PAUSE_NANOS = 10_000_000_000L;

    private final ReentrantLock lock = new ReentrantLock();
    private int failures;
    private long nextNanos;

    boolean admits(long nowNanos) {
        lock.lock();
        try {
            if (failures < FAILURES_MAX) {
                return true;
            }
            if (nowNanos - nextNanos < 0) {
                return false;
            }
            nextNanos = nowNanos + PAUSE_NANOS;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void succeeded() {
        lock.lock();
        try {
            failures = 0;
        } finally {
            lock.unlock();
        }
    }

    void failed(long nowNanos) {
        lock.lock();
        try {
            failures++;
            if (failures >= FAILURES_MAX) {
                nextNanos = nowNanos + PAUSE_NANOS;
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isOpen() {
        lock.lock();
        try {
            return failures >= FAILURES_MAX;
        } finally {
            lock.unlock();
        }
    }
}
