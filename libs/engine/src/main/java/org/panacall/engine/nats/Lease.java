// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueOperation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.panacall.engine.EngineFailure;

/**
 * The right to lead one shard: a revision of a key that its holder bumps.
 *
 * <p>A contender takes it by compare-and-set once the revision has not changed for {@code
 * takeAfter} on the contender's own monotonic clock; nobody's wall clock matters, and time without
 * the server does not count. After two bumps' time it is taken already when nobody listens at the
 * holder's address: that process is dead. One that was held at our own address was an earlier
 * process's, which is dead, or we would not be here: that is taken at once. The holder gives up one
 * bump earlier than others may take from the living. The epoch is the revision at which the lease
 * was taken. Owned by one thread.
 */
final class Lease {

    private static final Logger LOG = Logger.getLogger(Lease.class);

    private final Bucket bucket;
    private final String key;
    private final String value;
    private final LeaseSettings settings;
    private KeyValue store;
    private boolean held;
    private long revision;
    private long changedNanos;
    private volatile Optional<String> holder = Optional.empty();

    Lease(NatsLink link, LeaseSettings settings) {
        this.settings = settings;
        bucket = new Bucket(link, settings.bucket(), settings.bumpEvery());
        key = settings.shard();
        value = UUID.randomUUID() + " " + settings.holder();
    }

    /** Who holds it, as seen at the last look. Any thread may ask. */
    Optional<String> holder() {
        return holder;
    }

    /** Looks at the lease and takes it when it may be taken; the epoch when it is ours now. */
    OptionalLong tryTake() {
        return tryTake(!settings.bequeathed());
    }

    /** The same; {@code orCreate}: also when nobody holds it. */
    OptionalLong tryTake(boolean orCreate) {
        try {
            var entry = store().get(key);
            if (entry == null || entry.getOperation() != KeyValueOperation.PUT) {
                holder = Optional.empty();
                return orCreate ? taken(store().create(key, bytes())) : OptionalLong.empty();
            }
            if (isOfOurAddress(entry)) {
                return taken(store().update(key, bytes(), entry.getRevision()));
            }
            if (entry.getRevision() != revision) {
                seen(entry);
            } else if (standsStill(settings.takeAfter()) || isOfTheDead(entry)) {
                return taken(store().update(key, bytes(), revision));
            }
        } catch (JetStreamApiException | IOException | IllegalStateException | EngineFailure away) {
            failed(away);
        }
        return OptionalLong.empty();
    }

    /** Bumps the revision; false when the lease is lost and its holder must stop at once. */
    boolean bump() {
        if (!held) {
            return false;
        }
        var sentNanos = System.nanoTime();
        try {
            revision = store().update(key, bytes(), revision);
            changedNanos = sentNanos;
        } catch (JetStreamApiException refused) {
            held = refused.getApiErrorCode() == Bucket.WRONG_REVISION && bumpedUnnoticed();
        } catch (IOException | IllegalStateException | EngineFailure failure) {
            failed(failure);
        }
        held =
                held
                        && sinceChange().compareTo(settings.takeAfter().minus(settings.bumpEvery()))
                                < 0;
        return held;
    }

    /** Gives the lease back, so that another can take it without the wait. */
    void release() {
        if (!held) {
            return;
        }
        held = false;
        holder = Optional.empty();
        try {
            store().delete(key, revision);
        } catch (JetStreamApiException | IOException | IllegalStateException | EngineFailure away) {
            failed(away);
        }
    }

    /** Whether the refused bump is the echo of one of ours, of which the answer was lost. */
    private boolean bumpedUnnoticed() {
        try {
            var entry = store().get(key);
            if (entry == null || !value.equals(entry.getValueAsString())) {
                return false;
            }
            // When that one was sent is not known, so the time of the last known one stands.
            revision = entry.getRevision();
            return true;
        } catch (JetStreamApiException | IOException | IllegalStateException | EngineFailure away) {
            failed(away);
            return false;
        }
    }

    private OptionalLong taken(long epoch) {
        held = true;
        revision = epoch;
        changedNanos = System.nanoTime();
        holder = Optional.of(nameOf(value));
        return OptionalLong.of(epoch);
    }

    private void seen(KeyValueEntry entry) {
        revision = entry.getRevision();
        changedNanos = System.nanoTime();
        holder = Optional.of(nameOf(entry.getValueAsString()));
    }

    private boolean isOfOurAddress(KeyValueEntry entry) {
        return LeaseSettings.namesOneProcess(settings.holder())
                && nameOf(entry.getValueAsString()).equals(settings.holder());
    }

    private boolean isOfTheDead(KeyValueEntry entry) {
        var name = nameOf(entry.getValueAsString());
        return standsStill(settings.bumpEvery().multipliedBy(2))
                && LeaseSettings.namesOneProcess(name)
                && Deserted.is(name);
    }

    private boolean standsStill(Duration time) {
        return sinceChange().compareTo(time) >= 0;
    }

    private void failed(Exception failure) {
        store = null;
        if (!held) {
            // Whoever could not look does not know that it stood still.
            changedNanos = System.nanoTime();
        }
        LOG.debugf("lease %s: %s", key, failure.getMessage());
    }

    private KeyValue store() throws IOException, JetStreamApiException {
        if (store == null) {
            store = bucket.open();
        }
        return store;
    }

    private Duration sinceChange() {
        return Duration.ofNanos(System.nanoTime() - changedNanos);
    }

    private byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    private static String nameOf(String value) {
        return value.substring(value.indexOf(' ') + 1);
    }
}
