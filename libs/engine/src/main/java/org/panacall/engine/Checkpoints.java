// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * The way to a journal for engines that act first: a bounded buffer of turns and one writer thread.
 *
 * <p>Never blocks the engine and never loses the newest: when the journal is away for long, the
 * oldest turns are dropped and counted. A turn is tried until the journal has it.
 */
public final class Checkpoints<E> implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Checkpoints.class);
    private static final Duration PAUSE_MIN = Duration.ofMillis(50);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(2);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

    private final Journal<E> journal;
    private final int capacity;
    private final ArrayDeque<Turn<E>> buffer = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Counter dropped;
    private final Counter failures;
    private final Thread writer;
    private boolean closing;

    /**
     * Starts the writer.
     *
     * @param name for the thread and metrics
     * @param capacity turns that may wait for the journal
     */
    public Checkpoints(String name, Journal<E> journal, int capacity, MeterRegistry registry) {
        this.journal = journal;
        this.capacity = capacity;
        dropped = registry.counter("engine.checkpoints.dropped", "engine", name);
        failures = registry.counter("engine.journal.failures", "engine", name);
        Gauge.builder("engine.checkpoints.depth", this, Checkpoints::size)
                .tag("engine", name)
                .register(registry);
        writer = Thread.ofPlatform().daemon().name("checkpoints-" + name).start(this::write);
    }

    /** Puts a turn at the end, dropping the oldest one when there is no room. */
    void offer(Turn<E> turn) {
        lock.lock();
        try {
            if (buffer.size() == capacity) {
                buffer.removeFirst();
                dropped.increment();
            }
            buffer.addLast(turn);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return buffer.size();
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        try {
            for (var turn = next(); turn != null; turn = next()) {
                try {
                    keep(turn);
                } catch (RuntimeException | AssertionError unwritable) {
                    // A turn that no journal can take must not hold the later ones up.
                    dropped.increment();
                    LOG.error("a turn could not be written and was dropped", unwritable);
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private Turn<E> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (buffer.isEmpty() && !closing) {
                changed.await();
            }
            return buffer.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    private void keep(Turn<E> turn) throws InterruptedException {
        var pause = PAUSE_MIN;
        while (true) {
            try {
                journal.append(turn, Journal.ANY);
                return;
            } catch (EngineFailure.JournalUnavailable failure) {
                failures.increment();
                pause(pause);
                pause =
                        pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0
                                ? pause.multipliedBy(2)
                                : PAUSE_MAX;
            }
        }
    }

    /** Waits in a way that the end of the writer's life cuts short. */
    private void pause(Duration pause) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var left = pause.toNanos();
            while (left > 0) {
                left = changed.awaitNanos(left);
                if (closing) {
                    return;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives what is buffered a moment to reach the journal, then ends the writer. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            if (!writer.join(CLOSE_WAIT)) {
                writer.interrupt();
                writer.join(TimeUnit.SECONDS.toMillis(1));
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
