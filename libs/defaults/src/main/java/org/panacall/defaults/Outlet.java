// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Our end of a stream of answers: takes messages from any thread, in order, and never blocks. A
 * reader that is too far behind is cut off; it comes again with what it has seen.
 */
public final class Outlet<A> {

    private final ServerCallStreamObserver<A> caller;
    private final int bound;
    private final Runnable end;
    private final ArrayDeque<A> waiting = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean over;

    /**
     * Must be made within the service's method.
     *
     * @param caller as the service's method got it
     * @param bound messages that may wait for the reader
     * @param end run once, when the stream is over for whatever reason; on any thread
     */
    public Outlet(StreamObserver<A> caller, int bound, Runnable end) {
        this.caller = (ServerCallStreamObserver<A>) caller;
        this.bound = bound;
        this.end = end;
        this.caller.setOnReadyHandler(this::drain);
        this.caller.setOnCancelHandler(this::gone);
    }

    /** Sends a message now or when the reader is ready; false when the stream is over. */
    public boolean offer(A message) {
        lock.lock();
        try {
            if (over) {
                return false;
            }
            if (waiting.isEmpty() && caller.isReady()) {
                caller.onNext(message);
                return true;
            }
            if (waiting.size() < bound) {
                waiting.addLast(message);
                return true;
            }
            over = true;
            waiting.clear();
            caller.onError(
                    Status.RESOURCE_EXHAUSTED
                            .withDescription("the reader is too slow")
                            .asRuntimeException());
        } finally {
            lock.unlock();
        }
        end.run();
        return false;
    }

    /** Ends the stream in good order; what waits is not sent any more. */
    public void complete() {
        lock.lock();
        try {
            if (over) {
                return;
            }
            over = true;
            waiting.clear();
            caller.onCompleted();
        } finally {
            lock.unlock();
        }
        end.run();
    }

    private void drain() {
        lock.lock();
        try {
            while (!over && !waiting.isEmpty() && caller.isReady()) {
                caller.onNext(waiting.pollFirst());
            }
        } finally {
            lock.unlock();
        }
    }

    private void gone() {
        lock.lock();
        try {
            if (over) {
                return;
            }
            over = true;
            waiting.clear();
        } finally {
            lock.unlock();
        }
        end.run();
    }
}
