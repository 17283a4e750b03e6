// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.panacall.media.pipeline.Counters;
import org.panacall.media.pipeline.Shard;

/**
 * The media thread of one shard: reads its sockets, runs sub-ticks when due, and between them what
 * the control plane asks. Never sleeps while packets wait.
 *
 * <p>The clock is read here and nowhere deeper.
 */
public final class MediaLoop implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(MediaLoop.class);
    private static final long SUB_TICK_NANOS = 2_000_000;

    /**
     * Sleeping until packets come would wake for each one: looking every millisecond is cheaper.
     */
    private static final long POLL_NANOS = 1_000_000;

    private static final long IDLE_MILLIS = 200;

    /** After so long a standstill the missed frames are of no use to anybody. */
    private static final long STANDSTILL_NANOS = 500_000_000;

    private static final int ASKED_MAX = 10_000;
    private static final int ASKED_PER_TURN = 64;
    private static final long FAULTS_LOGGED_MAX = 10;

    private final PortPair ports;
    private final Shard shard;
    private final Executor answers;
    private final ConcurrentLinkedQueue<Asked<?>> asked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger askedCount = new AtomicInteger();
    private final Thread thread;
    private volatile boolean stopping;
    private long tick;
    private long nextAt;

    /** Something the control plane wants to be done; the time is the media thread's. */
    public interface Work<T> {

        T on(Shard shard, long now);
    }

    private record Asked<T>(Work<T> work, CompletableFuture<T> answer) {}

    /**
     * @param answers completes futures, so that the media thread never runs its callers' code
     */
    public MediaLoop(String name, PortPair ports, Shard shard, Executor answers) {
        this.ports = ports;
        this.shard = shard;
        this.answers = answers;
        thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
        thread.setPriority(Thread.MAX_PRIORITY);
    }

    public void start() {
        thread.start();
    }

    /** Has something done by the media thread. */
    public <T> CompletableFuture<T> ask(Work<T> work) {
        if (stopping || askedCount.incrementAndGet() > ASKED_MAX) {
            askedCount.decrementAndGet();
            throw new RejectedExecutionException("the media thread cannot take more work");
        }
        var answer = new CompletableFuture<T>();
        asked.add(new Asked<>(work, answer));
        if (counters().legs.value() == 0) {
            ports.wake();
        }
        return answer;
    }

    public int port() {
        return ports.port();
    }

    public Counters counters() {
        return shard.counters();
    }

    public boolean alive() {
        return thread.isAlive() && !stopping;
    }

    /** Closes all legs with a goodbye, then the sockets. */
    @Override
    public void close() {
        stopping = true;
        ports.wake();
        try {
            if (thread.isAlive()) {
                thread.join(TimeUnit.SECONDS.toMillis(2));
            }
            ports.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private void run() {
        nextAt = System.nanoTime();
        while (!stopping) {
            try {
                turn();
            } catch (IOException socketFault) {
                counters().sendFailures.add(1);
            } catch (RuntimeException | AssertionError bug) {
                // One packet's fault may not end the talks of all others; faults are a metric.
                counters().faults.add(1);
                if (counters().faults.value() <= FAULTS_LOGGED_MAX) {
                    LOG.error("media thread failed at a packet or a frame", bug);
                }
            }
        }
        shard.closeAll(System.nanoTime());
    }

    private void turn() throws IOException {
        boolean busy = answerAsked() | ports.receive(shard);
        long now = System.nanoTime();
        if (now - nextAt > STANDSTILL_NANOS) {
            skip(now);
        }
        if (now - nextAt >= 0) {
            counters().tickLateNanos.add(now - nextAt);
            counters().ticks.add(1);
            nextAt += SUB_TICK_NANOS;
            shard.tick(tick++, now);
        } else if (!busy) {
            rest(nextAt - now);
        }
    }

    /** Whole frames only, so that no leg speaks twice or listens twice in a row. */
    private void skip(long now) {
        long missed = (now - nextAt) / SUB_TICK_NANOS;
        missed -= missed % Shard.SLOTS;
        nextAt += missed * SUB_TICK_NANOS;
        counters().ticksSkipped.add(missed);
    }

    private void rest(long left) throws IOException {
        if (shard.size() > 0) {
            LockSupport.parkNanos(Math.min(left, POLL_NANOS));
        } else if (askedCount.get() == 0) {
            ports.await(IDLE_MILLIS);
            // Nobody was waiting for these frames.
            nextAt = System.nanoTime();
        }
    }

    private boolean answerAsked() {
        int taken = 0;
        while (taken < ASKED_PER_TURN) {
            var next = asked.poll();
            if (next == null) {
                return taken > 0;
            }
            askedCount.decrementAndGet();
            answer(next);
            taken++;
        }
        return true;
    }

    private <T> void answer(Asked<T> next) {
        try {
            T result = next.work().on(shard, System.nanoTime());
            next.answer().completeAsync(() -> result, answers);
        } catch (RuntimeException fault) {
            answers.execute(() -> next.answer().completeExceptionally(fault));
        }
    }
}
