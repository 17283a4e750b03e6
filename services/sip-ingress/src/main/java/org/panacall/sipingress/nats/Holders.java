// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.nats;

import com.google.protobuf.InvalidProtocolBufferException;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueOperation;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.panacall.engine.EngineFailure;
import org.panacall.engine.nats.Bucket;
import org.panacall.engine.nats.NatsLink;
import org.panacall.proto.sipingress.v1.HeirPlace;
import org.panacall.proto.sipingress.v1.Holding;

/**
 * Who lives and holds calls: a key for each process, bumped every 500 ms. A key that stood still
 * for 2 s, or whose process has a successor of the same name, is taken by one heir by
 * compare-and-set.
 *
 * <p>Time counts only while we reach NATS ourselves: after it was away, everybody has his 2 s
 * again. One thread.
 */
public final class Holders implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Holders.class);
    private static final String BUCKET = "panacall_sip_ingress_holders";
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Duration BUMP_EVERY = Duration.ofMillis(500);
    private static final Duration TAKE_AFTER = Duration.ofSeconds(2);
    private static final Duration INHERITED_KEPT = Duration.ofMinutes(10);

    private final NatsLink link;
    private final String holder;
    private final Heritage heritage;
    private final Bucket bucket;
    private final Map<String, Seen> seen = new HashMap<>();
    private final Set<String> taking = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private KeyValue store;
    private long revision;
    private volatile boolean running = true;
    private volatile boolean peersLive;

    /** What is done with what this class finds out. */
    public interface Heritage {

        /** Our own key's value now. Called before each bump. */
        Holding ours();

        /** Where our journal is: what we write from now on comes after it. */
        long written();

        /** Whatever must be there before others see our key. */
        void begin() throws IOException, JetStreamApiException;

        /** Goes on with a dead holder's calls. Blocks until they are safely ours. */
        void take(String dead, Holding left) throws IOException, JetStreamApiException;

        /** We have left nothing to anybody. */
        void forget() throws IOException, JetStreamApiException;

        /** Somebody took our calls: not one more word may be said for them. */
        void fenced();
    }

    /** A key's revision, and since when it stands still. */
    private record Seen(long revision, long sinceNanos, Holding holding) {

        boolean isStale() {
            return System.nanoTime() - sinceNanos >= TAKE_AFTER.toNanos();
        }
    }

    /** Begins to hold. */
    public Holders(NatsLink link, String holder, Heritage heritage) {
        this.link = link;
        this.holder = holder;
        this.heritage = heritage;
        bucket = new Bucket(link, BUCKET, TIMEOUT);
        thread = Thread.ofPlatform().daemon().name("holders").start(this::run);
    }

    private void run() {
        while (running) {
            try {
                bump();
                look();
            } catch (IOException
                    | JetStreamApiException
                    | IllegalStateException
                    | EngineFailure away) {
                LOG.debugf("holders: %s", away.getMessage());
                store = null;
                seen.clear();
                peersLive = false;
            }
            LockSupport.parkNanos(BUMP_EVERY.toNanos());
        }
    }

    private KeyValue store() throws IOException, JetStreamApiException {
        if (store == null) store = bucket.open();
        return store;
    }

    private void bump() throws IOException, JetStreamApiException {
        var value = heritage.ours().toByteArray();
        if (revision == 0) {
            heritage.begin();
            revision = store().put(holder, value);
            return;
        }
        try {
            revision = store().update(holder, value, revision);
        } catch (JetStreamApiException refused) {
            if (refused.getApiErrorCode() != Bucket.WRONG_REVISION) throw refused;
            var entry = store().get(holder);
            boolean taken = isPut(entry) && !holding(entry).getHeir().isEmpty();
            // Erased means that NATS lost its disk.
            if (taken) heritage.fenced();
            revision = isPut(entry) ? entry.getRevision() : 0;
        }
    }

    private static boolean isPut(KeyValueEntry entry) {
        return entry != null && entry.getOperation() == KeyValueOperation.PUT;
    }

    private static Holding holding(KeyValueEntry entry) throws InvalidProtocolBufferException {
        return Holding.parseFrom(entry.getValue());
    }

    private void look() throws IOException, JetStreamApiException {
        var keys = Keys.of(link, BUCKET);
        seen.keySet().retainAll(keys);
        for (var key : keys) {
            if (key.equals(holder)) continue;
            var entry = store().get(key);
            if (!isPut(entry)) {
                seen.remove(key);
            } else if (taking.contains(key)) {
                keep(key, entry);
            } else if (!seen.containsKey(key) || seen.get(key).revision() != entry.getRevision()) {
                var now = System.nanoTime();
                seen.put(key, new Seen(entry.getRevision(), now, holding(entry)));
            }
        }
        peersLive = seen.values().stream().anyMatch(Holders::livesAndTakes);
        if (heritage.ours().getDraining()) return;
        for (var other : Map.copyOf(seen).entrySet()) {
            if (other.getValue().holding().getInherited()) {
                forget(other.getKey(), other.getValue());
            } else if (isLeft(other.getKey(), other.getValue())) {
                take(other.getKey(), other.getValue());
            }
        }
    }

    /** What we are about to inherit is bumped in its holder's place. */
    private void keep(String key, KeyValueEntry entry) throws IOException, JetStreamApiException {
        try {
            store().update(key, entry.getValue(), entry.getRevision());
        } catch (JetStreamApiException refused) {
            // It has just become ours for good.
            if (refused.getApiErrorCode() != Bucket.WRONG_REVISION) throw refused;
        }
    }

    private static boolean livesAndTakes(Seen other) {
        var holding = other.holding();
        return !other.isStale()
                && !holding.getDraining()
                && !holding.getReleased()
                && holding.getHeir().isEmpty();
    }

    private void forget(String key, Seen inherited) throws IOException, JetStreamApiException {
        boolean old = System.nanoTime() - inherited.sinceNanos() > INHERITED_KEPT.toNanos();
        if (old) Keys.erase(link, BUCKET, key);
    }

    private boolean isLeft(String key, Seen other) {
        var heir = seen.get(other.holding().getHeir());
        if (heir != null && !heir.isStale()) return false;
        boolean successor = instance(key).equals(instance(holder));
        boolean ownerGone = other.holding().getReleased() || successor;
        return other.isStale() || ownerGone && other.holding().getHeir().isEmpty();
    }

    private static String instance(String holder) {
        return holder.substring(0, holder.indexOf('.'));
    }

    private void take(String dead, Seen left) throws IOException, JetStreamApiException {
        var ours = inheritedBy(left.holding());
        try {
            store().update(dead, ours.toByteArray(), left.revision());
            taking.add(dead);
        } catch (JetStreamApiException refused) {
            if (refused.getApiErrorCode() != Bucket.WRONG_REVISION) throw refused;
            return;
        } finally {
            seen.remove(dead);
        }
        LOG.infof("heir of %s", dead);
        Thread.ofVirtual().name("heir-of-" + dead).start(() -> inherit(dead, ours));
    }

    /**
     * An instance is named once, at its earliest place: however often it tries, the key is short.
     */
    private Holding inheritedBy(Holding left) {
        var ours = left.toBuilder().setHeir(holder);
        var us = instance(holder);
        if (left.getHeirsList().stream().noneMatch(place -> place.getInstance().equals(us))) {
            ours.addHeirs(HeirPlace.newBuilder().setInstance(us).setAfter(heritage.written()));
        }
        return ours.build();
    }

    /** What fails is left as a key of ours that is bumped no more, so it is taken again. */
    private void inherit(String dead, Holding left) {
        try {
            heritage.take(dead, left);
            bucket.open().put(dead, left.toBuilder().setInherited(true).build().toByteArray());
        } catch (IOException
                | JetStreamApiException
                | IllegalStateException
                | IllegalArgumentException
                | EngineFailure failure) {
            LOG.warnf("calls of %s not taken over yet: %s", dead, failure.getMessage());
        } finally {
            taking.remove(dead);
        }
    }

    /** Somebody else would take our calls at once if we let go of them. */
    public boolean peersLive() {
        return peersLive;
    }

    /** Lets go of our calls, which are all written: an heir need not wait. Ends the bumps. */
    public void release() {
        close();
        try {
            var value = heritage.ours().toBuilder().setReleased(true).build();
            store().update(holder, value.toByteArray(), revision);
        } catch (IOException | JetStreamApiException | IllegalStateException | EngineFailure away) {
            LOG.warnf("calls not released, they are taken 2 s later: %s", away.getMessage());
        }
    }

    /** Nothing is left to inherit. Ends the bumps. */
    public void leave() {
        close();
        try {
            Keys.erase(link, BUCKET, holder);
            heritage.forget();
        } catch (IOException | JetStreamApiException | IllegalStateException | EngineFailure away) {
            LOG.debugf("key not erased, an heir finds nothing: %s", away.getMessage());
        }
    }

    /** Ends the bumps. The key stays, with its newest value: others find it standing still. */
    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
        try {
            thread.join(TIMEOUT.multipliedBy(3));
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
