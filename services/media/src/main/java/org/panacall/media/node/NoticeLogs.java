// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.node;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.panacall.media.pipeline.LegIdentity;
import org.panacall.media.pipeline.LegStatistics;
import org.panacall.media.pipeline.Notice;

/**
 * Brings notices from the media threads to whoever watches, by a thread of its own, so that no
 * media thread ever waits for a lock or a reader.
 */
public final class NoticeLogs implements Notice.Sink, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(NoticeLogs.class);
    private static final int INSTANCES_MAX = 256;
    private static final int ARRIVED_MAX = 100_000;

    private final ConcurrentLinkedQueue<Runnable> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicInteger arrivedCount = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final Map<String, NoticeLog> logs = new LinkedHashMap<>(16, 0.75f, true);
    private final int keptEach;
    private final Supplier<String> streamIds;
    private final Thread thread;
    private volatile boolean stopping;
    private long droppedSeen;

    /** Somebody who reads a stream. */
    public interface Watcher {

        /** False when it reads no more. */
        boolean take(NoticeEntry entry);

        /** Too many others read the same stream: this one has to come again. */
        void replaced();
    }

    /**
     * @param keptEach notices that one sip-ingress may be behind
     * @param streamIds makes a new id for each stream
     */
    public NoticeLogs(int keptEach, Supplier<String> streamIds) {
        this.keptEach = keptEach;
        this.streamIds = streamIds;
        thread = Thread.ofPlatform().name("notices").daemon().start(this::run);
    }

    @Override
    public void accept(LegIdentity leg, Notice notice) {
        if (notice instanceof Notice.LegClosed(var measured)) {
            post(() -> writeLine(leg, measured));
        } else {
            post(() -> log(leg.owner()).append(leg.legId(), notice, Instant.now()));
        }
    }

    private static void writeLine(LegIdentity leg, LegStatistics measured) {
        MDC.put("leg", leg.legId());
        MDC.put("call", leg.callId());
        MDC.put("tenant", leg.tenantId());
        try {
            var packets = measured.packets();
            LOG.infof(
                    "leg closed: received %d, sent %d, lost %d, late %d, jitter %.1f ms, mos %.2f",
                    packets.received(),
                    packets.sent(),
                    packets.lost(),
                    packets.late(),
                    measured.jitterMs(),
                    measured.mos());
        } finally {
            MDC.clear();
        }
    }

    /** Registers a reader for one sip-ingress's notices. */
    public void watch(String owner, String streamId, long after, Watcher watcher) {
        post(() -> log(owner).watch(streamId, after, watcher, Instant.now()));
    }

    /** Tells every sip-ingress that the node is about to end. */
    public void tellDrain() {
        post(
                () ->
                        logs.values()
                                .forEach(
                                        log ->
                                                log.append(
                                                        "",
                                                        new Notice.NodeDrains(),
                                                        Instant.now())));
    }

    public long dropped() {
        return dropped.get();
    }

    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    private void post(Runnable work) {
        if (arrivedCount.incrementAndGet() > ARRIVED_MAX) {
            arrivedCount.decrementAndGet();
            dropped.incrementAndGet();
            return;
        }
        arrived.add(work);
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!stopping) {
            var next = arrived.poll();
            if (next == null) {
                LockSupport.park(this);
                continue;
            }
            arrivedCount.decrementAndGet();
            next.run();
            if (dropped.get() != droppedSeen) {
                droppedSeen = dropped.get();
                logs.values().forEach(log -> log.restart(streamIds.get(), Instant.now()));
            }
        }
    }

    /** The instance not heard of for the longest time gives way when there are too many. */
    private NoticeLog log(String owner) {
        var log = logs.computeIfAbsent(owner, any -> new NoticeLog(streamIds.get(), keptEach));
        if (logs.size() > INSTANCES_MAX) {
            var eldest = logs.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
        return log;
    }
}
