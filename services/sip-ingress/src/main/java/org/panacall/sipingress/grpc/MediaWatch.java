// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.grpc;

import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.panacall.defaults.Peers;
import org.panacall.proto.media.v1.LegNotice;
import org.panacall.proto.media.v1.MediaServiceGrpc;
import org.panacall.proto.media.v1.WatchLegsRequest;
import org.panacall.sipingress.IngressShard;
import org.panacall.sipingress.core.b2bua.IngressCommand;

/**
 * Follows one media node's notices for as long as we live. A node that comes back under another
 * stream name, or stays away for the grace, has lost its legs.
 *
 * <p>One virtual thread.
 */
public final class MediaWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(MediaWatch.class);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private static final long STOOD_NANOS = 1_000_000_000;

    private final Peers peers;
    private final String node;
    private final String owner;
    private final Duration grace;
    private final IngressShard shard;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile Place place;
    private long seenAtNanos;
    private boolean lost;

    /**
     * How far a node's notices have been read.
     *
     * @param streamId empty at the beginning
     */
    public record Place(String streamId, long sequence) {

        public static final Place BEGINNING = new Place("", 0);
    }

    /**
     * Whose legs are followed, from where on, and how long the node may be away.
     *
     * @param owner us, or a holder whose heir we are
     */
    public record Following(String owner, Place from, Duration grace) {}

    /**
     * Begins to follow.
     *
     * @param node its gRPC address
     */
    public MediaWatch(Peers peers, String node, Following following, IngressShard shard) {
        this.peers = peers;
        this.node = node;
        this.owner = following.owner();
        this.place = following.from();
        this.grace = following.grace();
        this.shard = shard;
        seenAtNanos = System.nanoTime();
        thread = Thread.ofVirtual().name("media-watch-" + node).start(this::follow);
    }

    public String node() {
        return node;
    }

    public String owner() {
        return owner;
    }

    /** Any thread may ask. */
    public Place place() {
        return place;
    }

    private void follow() {
        try {
            do {
                read();
                checkGrace();
            } while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException over) {
            LOG.debugf("no longer following %s", node);
        }
    }

    private void read() {
        var request =
                WatchLegsRequest.newBuilder()
                        .setSipIngress(owner)
                        .setStreamId(place.streamId())
                        .setAfterSequence(place.sequence())
                        .build();
        long begun = System.nanoTime();
        try {
            var notices = MediaServiceGrpc.newBlockingStub(peers.channel(node)).watchLegs(request);
            while (notices.hasNext()) take(notices.next());
        } catch (StatusRuntimeException over) {
            LOG.debugf("media %s: %s", node, over.getStatus().getCode());
        }
        // A stream that stood for a while was one to a living node, however quiet.
        if (System.nanoTime() - begun > STOOD_NANOS) seenAtNanos = System.nanoTime();
    }

    private void take(LegNotice notice) {
        var known = place.streamId();
        if (!known.isEmpty() && !known.equals(notice.getStreamId())) loseLegs();
        place = new Place(notice.getStreamId(), notice.getSequence());
        seenAtNanos = System.nanoTime();
        lost = false;
        MediaMessages.report(notice).ifPresent(shard::deliver);
    }

    private void checkGrace() {
        if (!lost && System.nanoTime() - seenAtNanos > grace.toNanos()) loseLegs();
    }

    private void loseLegs() {
        lost = true;
        LOG.warnf("media %s lost its legs", node);
        shard.deliver(new IngressCommand.MediaLost(node));
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
