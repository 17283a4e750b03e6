// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing;

import com.google.protobuf.Message;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import org.panacall.directory.configuration.ConfigurationFeed;
import org.panacall.directory.configuration.ConfigurationStore;
import org.panacall.directory.editing.Transactions.Tx;
import org.panacall.proto.directory.v1.Edit;

/**
 * What all edits have in common: one at a time, on the tenant as it is, once a key, and told to the
 * readers of the configuration as soon as it is durable.
 */
@ApplicationScoped
public class Edits {

    private static final int AUTHOR_LENGTH_MAX = 128;

    /** One reader that hangs must not keep a clinic from editing. */
    private static final Duration USE = Duration.ofSeconds(1);

    private static final int KEY_LENGTH_MAX = 255;

    /**
     * One kind of edit.
     *
     * @param carryOut does it, or says why not
     * @param kept what is kept; asked when the request was carried out before
     */
    public record Deed<M>(Function<Scene, Outcome<M>> carryOut, Function<Scene, Outcome<M>> kept) {}

    private final Transactions transactions;
    private final ConfigurationStore store;
    private final ConfigurationFeed feed;
    private final Audit audit;
    private final MeterRegistry metrics;

    Edits(
            Transactions transactions,
            ConfigurationStore store,
            ConfigurationFeed feed,
            Audit audit,
            MeterRegistry metrics) {
        this.transactions = transactions;
        this.store = store;
        this.feed = feed;
        this.audit = audit;
        this.metrics = metrics;
    }

    /**
     * @param request all that makes it this request
     */
    public <M> Uni<Outcome<M>> make(Edit edit, Message request, Deed<M> deed) {
        check(edit);
        return transactions
                .run(tx -> make(tx, edit, request, deed))
                .invoke(outcome -> count(metrics, request, outcome))
                .call(outcome -> transactions.later(this::publish));
    }

    /**
     * @throws IllegalArgumentException when nobody could tell who asked, or which request it is
     */
    public static void check(Edit edit) {
        if (edit.getAuthor().isBlank() || edit.getAuthor().length() > AUTHOR_LENGTH_MAX) {
            throw new IllegalArgumentException("an edit needs an author");
        }
        if (edit.getRequestKey().length() > KEY_LENGTH_MAX) {
            throw new IllegalArgumentException("a request key has at most 255 characters");
        }
    }

    /** What is kept is kept, even when nobody can be told of it for a moment. */
    private void publish() {
        try {
            feed.refresh();
            if (!feed.awaitUse(feed.version(), USE)) {
                metrics.counter("panacall.directory.failures", "round", "use").increment();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException away) {
            metrics.counter("panacall.directory.failures", "round", "publish").increment();
            feed.nudge();
        }
    }

    private <M> Outcome<M> make(Tx tx, Edit edit, Message request, Deed<M> deed) {
        tx.rows("select version from directory.configuration for update", Tuple.tuple());
        var tenant = tx.await(store.tenant(tx.connection(), edit.getTenantId()));
        if (tenant.isEmpty()) {
            return Refusals.unknown();
        }
        var scene = new Scene(tx, edit, tenant.get(), audit);
        var repeat = CarriedOut.same(tx, edit, request);
        if (repeat.isPresent()) {
            return repeat.get() ? deed.kept().apply(scene) : Refusals.keyReused();
        }
        var outcome = deed.carryOut().apply(scene);
        if (outcome instanceof Outcome.Done<M>) {
            CarriedOut.remember(tx, edit, request);
        }
        return outcome;
    }

    /** Counts an edit by what became of it. */
    public static <M> void count(MeterRegistry metrics, Message request, Outcome<M> outcome) {
        var kind = request.getDescriptorForType().getName().replaceFirst("Request$", "");
        var word =
                outcome.told(
                        done -> "done", why -> why.getReasonCase().name().toLowerCase(Locale.ROOT));
        metrics.counter("panacall.directory.edits", "kind", kind, "outcome", word).increment();
    }
}
