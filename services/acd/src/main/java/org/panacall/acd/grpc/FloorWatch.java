// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.grpc;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.panacall.acd.AcdMailbox;
import org.panacall.acd.TenantShard;
import org.panacall.proto.acd.v1.FloorUpdate;

/**
 * Tells those who watch a tenant how it stands. Looked at twice a second and once for all of them,
 * while there are any: what comes and goes in between is nothing to look at. Whoever does not keep
 * up is told later of more at once, so that nothing piles up here.
 */
@ApplicationScoped
class FloorWatch {

    private static final int WATCHERS_MAX = 100;
    private static final long EVERY_MILLIS = 500;

    /** One who watches, and what he was told last; null for nothing so far. */
    private static final class Watcher {
        private final TenantShard shard;
        private final AcdMailbox acd;
        private final ServerCallStreamObserver<FloorUpdate> caller;
        private FloorPicture told;

        private Watcher(
                TenantShard shard, AcdMailbox acd, ServerCallStreamObserver<FloorUpdate> caller) {
            this.shard = shard;
            this.acd = acd;
            this.caller = caller;
        }

        private boolean over() {
            return caller.isCancelled() || shard.leading().filter(now -> now == acd).isEmpty();
        }

        private void tell(FloorPicture now) {
            if (caller.isCancelled() || !caller.isReady()) {
                return;
            }
            if (told == null) {
                caller.onNext(now.whole());
            } else {
                now.since(told).ifPresent(caller::onNext);
            }
            told = now;
        }

        private void end() {
            if (!caller.isCancelled()) {
                caller.onError(
                        Status.UNAVAILABLE
                                .withDescription("this instance does not lead any more")
                                .asRuntimeException());
            }
        }
    }

    private final List<Watcher> watchers = new ArrayList<>();
    private final ScheduledExecutorService looks =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("floor-watch").factory());
    private boolean looking;

    /** Tells of a tenant that this instance leads, until it does no more or nobody listens. */
    void watch(TenantShard shard, AcdMailbox acd, ServerCallStreamObserver<FloorUpdate> caller) {
        looks.execute(() -> add(new Watcher(shard, acd, caller)));
    }

    private void add(Watcher watcher) {
        watchers.removeIf(one -> one.caller.isCancelled());
        if (watchers.size() >= WATCHERS_MAX) {
            watcher.caller.onError(
                    Status.RESOURCE_EXHAUSTED
                            .withDescription("more than " + WATCHERS_MAX + " watch already")
                            .asRuntimeException());
            return;
        }
        watchers.add(watcher);
        look(watcher.acd, List.of(watcher));
        if (!looking) {
            looking = true;
            next();
        }
    }

    private void next() {
        looks.schedule(this::lookAtAll, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void lookAtAll() {
        watchers.stream().filter(Watcher::over).forEach(Watcher::end);
        watchers.removeIf(Watcher::over);
        if (watchers.isEmpty()) {
            looking = false;
            return;
        }
        next();
        watchers.stream()
                .map(watcher -> watcher.acd)
                .distinct()
                .forEach(acd -> look(acd, watchers.stream().filter(w -> w.acd == acd).toList()));
    }

    /** A question that fails is asked again the next time, or its leader is over by then. */
    private void look(AcdMailbox acd, List<Watcher> those) {
        acd.ask(FloorPicture::of)
                .thenAcceptAsync(now -> those.forEach(watcher -> watcher.tell(now)), looks);
    }

    @PreDestroy
    void close() {
        looks.shutdownNow();
    }
}
