// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.events;

import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.panacall.desktop.acd.AcdClient;
import org.panacall.proto.acd.v1.AgentStatus;
import org.panacall.proto.acd.v1.FloorUpdate;
import org.panacall.proto.acd.v1.QueueStatus;

/**
 * How one tenant stands, asked of acd once for all who listen. Whoever comes is told all of it, and
 * then what changes; when acd is away all are told that, and all of it again when it is back.
 */
final class FloorFeed implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(FloorFeed.class);
    private static final long PAUSE_MILLIS = 1_000;

    private final String tenantId;
    private final AcdClient acd;
    private final Set<EventListener> listeners = new HashSet<>();
    private final Map<String, AgentStatus> agents = new LinkedHashMap<>();
    private final Map<String, QueueStatus> queues = new LinkedHashMap<>();
    private final Context.CancellableContext context = Context.ROOT.withCancellation();
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean known;

    FloorFeed(String tenantId, AcdClient acd) {
        this.tenantId = tenantId;
        this.acd = acd;
        Thread.ofVirtual().name("floor-" + tenantId).start(context.wrap(this::follow));
    }

    synchronized void add(EventListener listener) {
        listeners.add(listener);
        if (known) {
            listener.offer(FloorChange.all(tenantId, agents.values(), queues.values()));
        }
    }

    /** Whether nobody is left. */
    synchronized boolean remove(EventListener listener) {
        listeners.remove(listener);
        return listeners.isEmpty();
    }

    private void follow() {
        try {
            do {
                try {
                    acd.watchFloor(tenantId, this::take);
                } catch (StatusRuntimeException | IllegalStateException away) {
                    LOG.debugf("how %s stands is not told: %s", tenantId, away.getMessage());
                }
                lost();
            } while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void take(FloorUpdate update) {
        if (update.getWhole()) {
            agents.clear();
            queues.clear();
        }
        update.getAgentsList().forEach(agent -> agents.put(agent.getAgentId(), agent));
        update.getQueuesList().forEach(queue -> queues.put(queue.getQueueId(), queue));
        agents.keySet().removeAll(update.getGoneList());
        queues.keySet().removeAll(update.getGoneList());
        known = true;
        tell(
                update.getWhole()
                        ? FloorChange.all(tenantId, agents.values(), queues.values())
                        : new FloorChange(
                                tenantId,
                                "floor.changed",
                                Instant.now(),
                                update.getAgentsList(),
                                update.getQueuesList(),
                                update.getGoneList()));
    }

    private synchronized void lost() {
        if (known) {
            known = false;
            tell(FloorChange.away(tenantId));
        }
    }

    private void tell(FloorChange change) {
        listeners.forEach(listener -> listener.offer(change));
    }

    @Override
    public void close() {
        closed.countDown();
        context.cancel(null);
    }
}
