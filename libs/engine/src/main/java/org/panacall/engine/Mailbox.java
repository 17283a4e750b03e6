// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** A bounded line of things to do for one thread. Any thread may put; only the owner takes. */
public final class Mailbox<T> {

    /** The mailbox holds as much as it may. Ask again later. */
    public static final class Full extends RejectedExecutionException {

        private static final long serialVersionUID = 1L;

        Full(String engine) {
            super("the mailbox of " + engine + " is full");
        }
    }

    private final ArrayBlockingQueue<T> line;

    Mailbox(int capacity) {
        line = new ArrayBlockingQueue<>(capacity);
    }

    /** Puts at the end, or says at once that there is no room. */
    boolean offer(T letter) {
        return line.offer(letter);
    }

    /** Takes up to {@code limit}, waiting for the first one; empty when none came in time. */
    List<T> take(int limit, Duration wait) throws InterruptedException {
        var taken = new ArrayList<T>();
        var first = line.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
        if (first != null) {
            taken.add(first);
            line.drainTo(taken, limit - 1);
        }
        return taken;
    }

    /** Takes all there is, at the end of the owner's life. */
    List<T> takeAll() {
        var taken = new ArrayList<T>();
        line.drainTo(taken);
        return taken;
    }

    int size() {
        return line.size();
    }
}
