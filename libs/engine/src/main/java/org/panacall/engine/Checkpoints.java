// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * The way to a journal for engines that act first: a bounded buffer of turns and one writer thread.
 *
 * <p>Never blocks the engine and never loses the newest: when the journal is away for long, the
 * oldest turns are dropped and counted. A turn is tried until the journal has it.
 *
 * <p>A turn that comes alone goes out at once. When turns come thick, those of a pace go out
 * together as one: readers know events, not turns, and each message costs all of them something.
 */
public final class Checkpoints<E> implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Checkpoints.class);

    private static final Duration PAUSE_MIN = Duration.ofMillis(50);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(2);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

    private final Journal<E> journal;
    private final Bounds bounds;
    private final ArrayDeque<Turn<E>> buffer = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Counter dropped;
    private final Counter failures;
    private final Thread writer;
    private boolean closing;
    private int events;
    private long lastNanos;

    /**
     * How much waits, and for what.
     *
     * @param capacity turns that may wait for the journal
     * @param pace from one message to the next, at least: the most that turns wait for others
     * @param events of one message; keeps it far below what a server takes
     */
    public record Bounds(int capacity, Duration pace, int events) {

        public Bounds {
            if (capacity < 1 || pace.isNegative() || events < 1) {
                throw new IllegalArgumentException("capacity, pace and events must be positive");
            }
        }

        /** The usual pace. */
        public static Bounds of(int capacity) {
            return new Bounds(capacity, Duration.ofMillis(20), 100);
        }
    }

    /**
     * Starts the writer.
     *
     * @param name for the thread and metrics
     */
    public Checkpoints(String name, Journal<E> journal, Bounds bounds, MeterRegistry registry) {
        this.journal = journal;
        this.bounds = bounds;
        lastNanos = System.nanoTime() - bounds.pace().toNanos();
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
            if (buffer.size() == bounds.capacity()) {
                events -= buffer.removeFirst().events().size();
                dropped.increment();
            }
            buffer.addLast(turn);
            events += turn.events().size();
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
            for (var turns = next(); !turns.isEmpty(); turns = next()) {
                lastNanos = System.nanoTime();
                keep(turns);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** What waits by the time that something may go out; nothing when this is the end. */
    private List<Turn<E>> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closing && (buffer.isEmpty() || tooSoonNanos() > 0)) {
                if (buffer.isEmpty()) {
                    changed.await();
                } else {
                    changed.awaitNanos(tooSoonNanos());
                }
            }
            var taken = new ArrayList<Turn<E>>();
            for (int room = bounds.events(); room > 0 && !buffer.isEmpty(); ) {
                taken.add(buffer.pollFirst());
                room -= taken.getLast().events().size();
                events -= taken.getLast().events().size();
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private long tooSoonNanos() {
        return events >= bounds.events()
                ? 0
                : lastNanos + bounds.pace().toNanos() - System.nanoTime();
    }

    private static <E> Turn<E> joined(List<Turn<E>> turns) {
        if (turns.size() == 1) {
            return turns.getFirst();
        }
        var events = turns.stream().flatMap(turn -> turn.events().stream()).toList();
        return new Turn<>(turns.getLast().at(), events);
    }

    /** A turn that no journal can take must not hold others up, those beside it included. */
    private void keep(List<Turn<E>> turns) throws InterruptedException {
        try {
            keep(joined(turns));
        } catch (RuntimeException | AssertionError unwritable) {
            if (turns.size() > 1) {
                for (var turn : turns) {
                    keep(List.of(turn));
                }
                return;
            }
            dropped.increment();
            LOG.error("a turn could not be written and was dropped", unwritable);
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
