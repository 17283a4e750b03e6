// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.directory;

import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.panacall.defaults.Peers;
import org.panacall.ivr.core.flow.Catalog;
import org.panacall.ivr.core.flow.Flow;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.TenantId;
import org.panacall.ivr.core.run.Run;
import org.panacall.ivr.core.run.Situation.Frame;
import org.panacall.ivr.core.run.Trace;
import org.panacall.proto.directory.v1.FlowServiceGrpc;
import org.panacall.proto.directory.v1.GetFlowRequest;

/**
 * Flows in the versions that inherited runs began with. One that cannot be had counts as it is now:
 * a caller must not wait for directory. Blocks; any thread.
 */
public final class FlowVersions {

    private static final Logger LOG = Logger.getLogger(FlowVersions.class);
    private static final int KEPT_MAX = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** An heir asks for many at once: when directory is away, only the first one waits. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Peers peers;
    private final String directory;
    private final ReentrantLock turn = new ReentrantLock();
    private final Map<Key, Flow> kept =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Flow> eldest) {
                    return size() > KEPT_MAX;
                }
            };
    private long failedNanos = System.nanoTime() - PAUSE.toNanos();

    private record Key(TenantId tenant, FlowId flow, long version) {}

    /**
     * @param directory its address
     */
    public FlowVersions(Peers peers, String directory) {
        this.peers = peers;
        this.directory = directory;
    }

    /**
     * What an heir goes on by: the flows that the run is in as it entered them, all else as it is
     * now. A flow that is gone leads to the tenant's fallback.
     */
    public Run.Drawing drawing(Trace trace, Catalog.Tenant tenant) {
        var around = tenant.around();
        for (var frame : trace.situation().frames()) {
            var flow = flow(trace.caller().tenant(), tenant, frame);
            if (flow.isPresent()) {
                around = around.with(flow.get());
            }
        }
        var outermost =
                Optional.ofNullable(around.flows().get(trace.flow()))
                        .orElseGet(() -> tenant.flowOf(""));
        return new Run.Drawing(outermost, tenant.dialPlan(), around);
    }

    private Optional<Flow> flow(TenantId id, Catalog.Tenant tenant, Frame frame) {
        var now = Optional.ofNullable(tenant.flows().get(frame.flow()));
        if (frame.version() == 0
                || now.filter(flow -> flow.version() == frame.version()).isPresent()) {
            return now;
        }
        turn.lock();
        try {
            var key = new Key(id, frame.flow(), frame.version());
            var then = Optional.ofNullable(kept.get(key)).or(() -> ask(key, tenant));
            then.ifPresent(flow -> kept.put(key, flow));
            return then.or(() -> now);
        } finally {
            turn.unlock();
        }
    }

    private Optional<Flow> ask(Key key, Catalog.Tenant tenant) {
        if (System.nanoTime() - failedNanos < PAUSE.toNanos()) {
            return Optional.empty();
        }
        try {
            var answer =
                    FlowServiceGrpc.newBlockingStub(peers.channel(directory))
                            .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                            .getFlow(
                                    GetFlowRequest.newBuilder()
                                            .setTenantId(key.tenant().value())
                                            .setFlowId(key.flow().value())
                                            .setVersion(key.version())
                                            .build());
            if (answer.hasFlow()) {
                var drawn = answer.getFlow().getFlow().toBuilder().setVersion(key.version());
                return Optional.of(CatalogReader.draft(drawn.build(), tenant));
            }
        } catch (StatusRuntimeException away) {
            failedNanos = System.nanoTime();
            LOG.warnf("an earlier version cannot be had: %s", away.getStatus().getCode());
        } catch (IllegalArgumentException nonsense) {
            LOG.warnf("an earlier version cannot be run: %s", nonsense.getMessage());
        }
        return Optional.empty();
    }
}
