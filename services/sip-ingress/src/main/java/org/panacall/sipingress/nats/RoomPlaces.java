// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.panacall.engine.EngineFailure;
import org.panacall.engine.effect.Lanes;
import org.panacall.engine.nats.Bucket;
import org.panacall.engine.nats.NatsLink;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.IngressEffect;

/**
 * At which media node a room is, agreed upon by all instances: whoever needs it first writes it
 * down by compare-and-set, and whoever finds its node away chooses another one in the same way.
 * Without NATS each instance chooses by itself, mostly the same.
 */
public final class RoomPlaces {

    private static final Logger LOG = Logger.getLogger(RoomPlaces.class);
    private static final String BUCKET = "panacall_sip_ingress_rooms";
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** Longer than any call; who comes renews it. */
    private static final Duration KEPT = Duration.ofHours(24);

    private static final Duration RENEWED_AFTER = Duration.ofHours(1);
    private static final int TRIES = 5;

    private final Bucket bucket;
    private final Lanes lanes;
    private final Consumer<IngressCommand> core;
    private final Supplier<List<String>> nodes;

    /**
     * @param nodes that can be had now
     */
    public RoomPlaces(
            NatsLink link,
            Lanes lanes,
            Consumer<IngressCommand> core,
            Supplier<List<String>> nodes) {
        bucket = new Bucket(link, BUCKET, TIMEOUT, KEPT);
        this.lanes = lanes;
        this.core = core;
        this.nodes = nodes;
    }

    /** Answers with RoomPlaced, come what may. Never blocks. */
    public void place(IngressEffect.PlaceRoom asked) {
        var key = asked.tenant().value() + "." + asked.room();
        boolean taken = lanes.submit("room " + key, () -> answer(asked, agreed(key)));
        if (!taken) answer(asked, choice(key, nodes.get()));
    }

    private void answer(IngressEffect.PlaceRoom asked, String node) {
        core.accept(new IngressCommand.RoomPlaced(asked.call(), asked.room(), node));
    }

    private String agreed(String key) {
        var there = nodes.get();
        try {
            var store = bucket.open();
            for (int left = TRIES; left > 0; left--) {
                var node = attempt(store, key, there);
                if (!node.isEmpty()) return node;
            }
        } catch (IOException | JetStreamApiException | IllegalStateException | EngineFailure away) {
            LOG.warnf("rooms are placed without NATS: %s", away.getMessage());
        }
        return choice(key, there);
    }

    /** Empty text when somebody was faster. */
    private static String attempt(KeyValue store, String key, List<String> there)
            throws IOException, JetStreamApiException {
        var entry = store.get(key);
        var known = entry == null ? "" : entry.getValueAsString();
        boolean stands = there.contains(known);
        if (stands && !isOld(entry)) return known;
        var node = stands ? known : choice(key, there);
        var value = node.getBytes(StandardCharsets.UTF_8);
        try {
            if (entry == null) {
                store.create(key, value);
            } else {
                store.update(key, value, entry.getRevision());
            }
            return node;
        } catch (JetStreamApiException refused) {
            if (refused.getApiErrorCode() != Bucket.WRONG_REVISION) throw refused;
            return "";
        }
    }

    private static boolean isOld(KeyValueEntry entry) {
        return entry.getCreated().toInstant().plus(RENEWED_AFTER).isBefore(Instant.now());
    }

    /**
     * The same wherever the same nodes can be had, and as few others as can be when one is lost.
     */
    static String choice(String key, List<String> there) {
        return there.stream()
                .max(Comparator.comparing((String node) -> weight(key, node)))
                .orElseThrow(() -> new IllegalStateException("no media nodes are configured"));
    }

    /** Mixed well, so that rooms are spread. */
    private static long weight(String key, String node) {
        long mixed = 31L * key.hashCode() + node.hashCode();
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
