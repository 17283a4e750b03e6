// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.grpc;

import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jboss.logging.Logger;
import org.panacall.proto.sipingress.v1.CallNotice;

/**
 * One stream of notices, read on a virtual thread of its own, so that those that come while others
 * are journaled can be journaled together. Full, it leaves the rest with their sender.
 */
final class HeardNotices implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(HeardNotices.class);
    private static final int TOGETHER_MAX = 64;

    /** Empty at the stream's end. */
    private final BlockingQueue<Optional<CallNotice>> line = new ArrayBlockingQueue<>(TOGETHER_MAX);

    private final Thread reader;

    /** Reads until the stream ends or this is closed, which cancels the stream. */
    HeardNotices(String name, Iterator<CallNotice> stream) {
        reader = Thread.ofVirtual().name(name).start(() -> read(stream));
    }

    private void read(Iterator<CallNotice> stream) {
        try {
            readAll(stream);
            line.put(Optional.empty());
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void readAll(Iterator<CallNotice> stream) throws InterruptedException {
        try {
            while (stream.hasNext()) {
                line.put(Optional.of(stream.next()));
            }
        } catch (StatusRuntimeException | IllegalStateException away) {
            LOG.debugf("no more notices: %s", away.getMessage());
        }
    }

    /** Waits for the next and takes all that are there, in order; empty once the stream is over. */
    List<CallNotice> next() throws InterruptedException {
        var taken = new ArrayList<Optional<CallNotice>>();
        taken.add(line.take());
        line.drainTo(taken, TOGETHER_MAX - 1);
        if (taken.size() > 1 && taken.getLast().isEmpty()) {
            // There is room: nothing comes after the end.
            line.add(taken.removeLast());
        }
        return taken.stream().flatMap(Optional::stream).toList();
    }

    @Override
    public void close() {
        reader.interrupt();
    }
}
