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
import org.panacall.sipingress.core.command.IngressCommand;

/**
 * Follows one media node's notices for one holder, and tells when the node has lost its legs: it
 * came back under another stream name, or there has been no connection to it for the patience. A
 * connection that breaks and stands again within it is a hiccup and changes nothing.
 *
 * <p>What happens to a node is told once: by our own watch. The watch for a dead holder only tells
 * what may have happened before we were its heir.
 *
 * <p>Two virtual threads: one reads, one looks at the connection.
 */
public final class MediaWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(MediaWatch.class);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Ways ways;
    private final String node;
    private final Following following;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread reader;
    private final Thread looker;
    private volatile Place place;

    /** The loss has been told, and no notice has come since. */
    private volatile boolean lost;

    /** The node has been seen, or missed, since we follow it. */
    private volatile boolean known;

    /** How nodes are reached, and who hears of them. */
    public record Ways(Peers peers, MediaNodes nodes, IngressShard shard) {}

    /**
     * How far a node's notices have been read.
     *
     * @param streamId empty at the beginning
     */
    public record Place(String streamId, long sequence) {

        public static final Place BEGINNING = new Place("", 0);
    }

    /**
     * Whose legs are followed, from where on, and how long there may be no connection.
     *
     * @param owner us, or a holder whose heir we are
     * @param inherited the owner is not us
     */
    public record Following(String owner, boolean inherited, Place from, Duration patience) {}

    /**
     * Begins to follow.
     *
     * @param node its gRPC address
     */
    public MediaWatch(Ways ways, String node, Following following) {
        this.ways = ways;
        this.node = node;
        this.following = following;
        place = following.from();
        reader = Thread.ofVirtual().name("media-watch-" + node).start(this::follow);
        looker = Thread.ofVirtual().name("media-look-" + node).start(this::look);
    }

    public String node() {
        return node;
    }

    public String owner() {
        return following.owner();
    }

    /** Any thread may ask. */
    public Place place() {
        return place;
    }

    private void follow() {
        try {
            do {
                read();
            } while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException over) {
            LOG.debugf("no longer following %s", node);
        }
    }

    private void read() {
        var request =
                WatchLegsRequest.newBuilder()
                        .setSipIngress(owner())
                        .setStreamId(place.streamId())
                        .setAfterSequence(place.sequence())
                        .build();
        try {
            var channel = ways.peers().channel(node);
            var notices = MediaServiceGrpc.newBlockingStub(channel).watchLegs(request);
            while (notices.hasNext()) take(notices.next());
        } catch (StatusRuntimeException over) {
            LOG.debugf("media %s: %s", node, over.getStatus().getCode());
        }
    }

    private void take(LegNotice notice) {
        var before = place.streamId();
        boolean another = !before.isEmpty() && !before.equals(notice.getStreamId());
        if (another && !lost) loseLegs();
        place = new Place(notice.getStreamId(), notice.getSequence());
        lost = false;
        known = true;
        if (notice.hasNodeDrains()) {
            LOG.infof("media %s drains", node);
            ways.nodes().drains(node);
            ways.shard().deliver(new IngressCommand.MediaDrains(node));
        }
        MediaMessages.report(notice).ifPresent(ways.shard()::deliver);
    }

    private void look() {
        try {
            long connectedAt = System.nanoTime();
            boolean told = false;
            while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                if (isConnected()) {
                    connectedAt = System.nanoTime();
                    told = false;
                } else if (!told
                        && System.nanoTime() - connectedAt > following.patience().toNanos()) {
                    told = true;
                    lost = true;
                    loseLegs();
                }
            }
        } catch (InterruptedException over) {
            LOG.debugf("no longer looking at %s", node);
        }
    }

    private boolean isConnected() {
        return ways.peers().channel(node).getState(false) == ConnectivityState.READY;
    }

    private void loseLegs() {
        boolean first = !known;
        known = true;
        if (following.inherited() && !first) return;
        LOG.warnf("media %s is away, or has lost its legs", node);
        ways.nodes().forget(node);
        ways.shard().deliver(new IngressCommand.MediaLost(node));
    }

    @Override
    public void close() {
        closed.countDown();
        reader.interrupt();
        looker.interrupt();
    }
}
