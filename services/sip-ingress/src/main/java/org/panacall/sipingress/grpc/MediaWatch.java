// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.grpc;

import io.grpc.ConnectivityState;
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
 * Follows one media node's notices for as long as we live, and tells when the node has lost its
 * legs: it came back under another stream name, or there has been no connection to it for the
 * patience. A connection that breaks and stands again within it is a hiccup and changes nothing.
 *
 * <p>Two virtual threads: one reads, one looks at the connection.
 */
public final class MediaWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(MediaWatch.class);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Peers peers;
    private final Followed followed;
    private final MediaNodes nodes;
    private final IngressShard shard;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread reader;
    private final Thread looker;
    private String streamId = "";
    private long last;

    /** The loss has been told, and no notice has come since. */
    private volatile boolean lost;

    /**
     * Whom to follow.
     *
     * @param node its gRPC address
     * @param instance our name
     * @param patience how long there may be no connection
     */
    public record Followed(String node, String instance, Duration patience) {}

    public MediaWatch(Peers peers, Followed followed, MediaNodes nodes, IngressShard shard) {
        this.peers = peers;
        this.followed = followed;
        this.nodes = nodes;
        this.shard = shard;
        reader = Thread.ofVirtual().name("media-watch-" + followed.node()).start(this::follow);
        looker = Thread.ofVirtual().name("media-look-" + followed.node()).start(this::look);
    }

    private void follow() {
        try {
            do {
                read();
            } while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException over) {
            LOG.debugf("no longer following %s", followed.node());
        }
    }

    private void read() {
        var request =
                WatchLegsRequest.newBuilder()
                        .setSipIngress(followed.instance())
                        .setStreamId(streamId)
                        .setAfterSequence(last)
                        .build();
        try {
            var channel = peers.channel(followed.node());
            var notices = MediaServiceGrpc.newBlockingStub(channel).watchLegs(request);
            while (notices.hasNext()) take(notices.next());
        } catch (StatusRuntimeException over) {
            LOG.debugf("media %s: %s", followed.node(), over.getStatus().getCode());
        }
    }

    private void take(LegNotice notice) {
        boolean another = !streamId.isEmpty() && !streamId.equals(notice.getStreamId());
        if (another && !lost) loseLegs();
        streamId = notice.getStreamId();
        last = notice.getSequence();
        lost = false;
        if (notice.hasNodeDrains()) {
            LOG.infof("media %s drains", followed.node());
            shard.deliver(new IngressCommand.MediaDrains(followed.node()));
        }
        MediaMessages.report(notice).ifPresent(shard::deliver);
    }

    private void look() {
        try {
            long connectedAt = System.nanoTime();
            boolean told = false;
            while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                boolean there =
                        peers.channel(followed.node()).getState(false) == ConnectivityState.READY;
                if (there) {
                    connectedAt = System.nanoTime();
                    told = false;
                } else if (!told
                        && System.nanoTime() - connectedAt > followed.patience().toNanos()) {
                    told = true;
                    lost = true;
                    loseLegs();
                }
            }
        } catch (InterruptedException over) {
            LOG.debugf("no longer looking at %s", followed.node());
        }
    }

    private void loseLegs() {
        LOG.warnf("media %s is away, or has lost its legs", followed.node());
        nodes.forget(followed.node());
        shard.deliver(new IngressCommand.MediaLost(followed.node()));
    }

    @Override
    public void close() {
        closed.countDown();
        reader.interrupt();
        looker.interrupt();
    }
}
