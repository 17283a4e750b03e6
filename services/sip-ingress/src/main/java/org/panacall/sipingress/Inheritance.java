// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.panacall.proto.sipingress.v1.Holding;
import org.panacall.proto.sipingress.v1.MediaPosition;
import org.panacall.sipingress.core.adoption.StoredCall;
import org.panacall.sipingress.core.b2bua.SipIngress;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.edge.HeirRoutes;
import org.panacall.sipingress.grpc.MediaWatch;
import org.panacall.sipingress.nats.Holders;
import org.panacall.sipingress.nats.StoredCalls;

/**
 * The calls of dead holders: reads them, gives them to the core, follows their legs at media, and
 * leads the edge here as long as one of them lives.
 */
final class Inheritance implements Holders.Heritage, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Inheritance.class);
    private static final int CALLS_AT_ONCE = 50;
    private static final Duration LEAD_EVERY = Duration.ofSeconds(10);
    private static final Duration STORE_LIMIT = Duration.ofSeconds(5);
    private static final long STORE_LOOK_NANOS = 20_000_000;
    private static final int FENCED = 70;

    private final Holding us;
    private final StoredCalls stored;
    private final HeirRoutes routes;
    private final IngressShard shard;
    private final Watching watching;
    private final ConcurrentLinkedQueue<MediaWatch> watches = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean draining;

    /** Follows a media node for the holder of that name. */
    interface Watching {
        MediaWatch watch(String node, String owner, MediaWatch.Place from);
    }

    /** Where calls are kept, and how the edge is led. */
    record Ways(StoredCalls stored, HeirRoutes routes) {}

    /**
     * @param us our key's value, but for what changes
     */
    Inheritance(Holding us, Ways ways, IngressShard shard, Watching watching) {
        this.us = us;
        this.stored = ways.stored();
        this.routes = ways.routes();
        this.shard = shard;
        this.watching = watching;
        Thread.ofVirtual().name("heir-routes").start(this::leadOn);
    }

    /** Follows a media node for ourselves. */
    void follow(MediaWatch own) {
        watches.add(own);
    }

    void drain() {
        draining = true;
    }

    @Override
    public Holding ours() {
        var value = us.toBuilder().setDraining(draining);
        for (var watch : watches) {
            var place = watch.place();
            value.addMedia(
                    MediaPosition.newBuilder()
                            .setNode(watch.node())
                            .setOwner(watch.owner())
                            .setStreamId(place.streamId())
                            .setSequence(place.sequence()));
        }
        return value.build();
    }

    @Override
    public long written() {
        return stored.written();
    }

    @Override
    public void begin() throws IOException, JetStreamApiException {
        stored.begin();
    }

    @Override
    public void take(String dead, Holding left) throws IOException, JetStreamApiException {
        var calls = stored.left(dead, left);
        LOG.infof("%d calls of %s go on here", calls.size(), dead);
        if (!calls.isEmpty()) {
            names(dead, calls).forEach(routes::lead);
            var ids = calls.stream().map(call -> call.id().value()).collect(Collectors.toSet());
            stored.expect(ids);
            adopt(calls);
            for (var place : left.getMediaList()) {
                var from = new MediaWatch.Place(place.getStreamId(), place.getSequence());
                watches.add(watching.watch(place.getNode(), place.getOwner(), from));
            }
            awaitStored(ids);
        }
        stored.forget(dead);
    }

    @Override
    public void forget() throws IOException, JetStreamApiException {
        stored.forget(us.getHolder());
    }

    private static Set<String> names(String dead, List<StoredCall> calls) {
        var names = new TreeSet<String>();
        names.add(dead);
        calls.forEach(call -> names.addAll(call.holding().former()));
        return names;
    }

    private void adopt(List<StoredCall> calls) {
        for (int from = 0; from < calls.size(); from += CALLS_AT_ONCE) {
            int to = Math.min(calls.size(), from + CALLS_AT_ONCE);
            shard.deliver(new IngressCommand.AdoptCalls(calls.subList(from, to)));
        }
        shard.ask(SipIngress::calls).join();
    }

    /** Until then the dead holder's key is needed by whoever would be our heir. */
    private void awaitStored(Set<String> ids) {
        long end = System.nanoTime() + STORE_LIMIT.toNanos();
        while (!stored.hasTold(ids) && end - System.nanoTime() > 0) {
            LockSupport.parkNanos(STORE_LOOK_NANOS);
        }
        stored.expectNoMore(ids);
    }

    @Override
    public void fenced() {
        LOG.error("somebody else holds our calls: this process must not say another word");
        Runtime.getRuntime().halt(FENCED);
    }

    /** The edge forgets, and may be restarted. */
    private void leadOn() {
        try {
            while (!closed.await(LEAD_EVERY.toSeconds(), TimeUnit.SECONDS)) {
                var names =
                        shard.ask(SipIngress::formerHolders)
                                .exceptionally(closing -> Set.of())
                                .join();
                names.forEach(routes::lead);
                endWatches(names);
            }
        } catch (InterruptedException over) {
            LOG.debug("no longer leading the edge");
        }
    }

    private void endWatches(Set<String> needed) {
        for (var watch : new ArrayList<>(watches)) {
            boolean own = watch.owner().equals(us.getHolder());
            if (own || needed.contains(watch.owner())) continue;
            watches.remove(watch);
            watch.close();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        watches.forEach(MediaWatch::close);
    }
}
