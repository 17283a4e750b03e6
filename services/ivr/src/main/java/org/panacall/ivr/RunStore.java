// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.panacall.engine.Journal;
import org.panacall.engine.nats.JetStreamJournal;
import org.panacall.engine.nats.KeyValueSnapshots;
import org.panacall.engine.nats.NatsLink;
import org.panacall.engine.nats.StreamSettings;
import org.panacall.engine.snapshot.Snapshots;
import org.panacall.ivr.core.Ivr;
import org.panacall.ivr.core.IvrEvent;
import org.panacall.ivr.core.Limits;
import org.panacall.ivr.core.flow.Catalog;
import org.panacall.ivr.core.run.Trace;
import org.panacall.ivr.core.run.Traces;
import org.panacall.ivr.directory.FlowVersions;
import org.panacall.ivr.nats.IvrCodec;
import org.panacall.ivr.nats.TraceCodec;
import org.panacall.ivr.nats.TraceForm;
import org.panacall.ivr.nats.TracedJournal;
import org.panacall.ivr.sipingress.RunsName;

/** Where runs are kept: the journal of each shard, and snapshots of it. */
final class RunStore {

    private static final Logger LOG = Logger.getLogger(RunStore.class);
    private static final String SNAPSHOTS = "PANACALL_IVR_SNAPSHOTS";
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final IvrConfig config;
    private final NatsLink nats;
    private final Supplier<Optional<Catalog>> catalogs;
    private final FlowVersions versions;

    /** A core to go on with, the journal to go on writing, and who holds the calls. */
    record Kept(Ivr ivr, Journal<IvrEvent> journal, List<String> sipIngresses) {}

    RunStore(
            IvrConfig config,
            NatsLink nats,
            Supplier<Optional<Catalog>> catalogs,
            FlowVersions versions) {
        this.versions = versions;
        this.config = config;
        this.nats = nats;
        this.catalogs = catalogs;
    }

    /** A shard that begins. */
    Kept begin(RunsName name) {
        var traces = new Traces(forgetAfter());
        return new Kept(new Ivr(limits()), journal(name, traces, snapshots(name)), List.of());
    }

    /**
     * What is left of a shard. Blocks.
     *
     * @throws org.panacall.engine.EngineFailure when the journal cannot be read
     * @throws IllegalStateException when there is no configuration yet
     */
    Kept inherit(RunsName name, Instant now) {
        var catalog =
                catalogs.get().orElseThrow(() -> new IllegalStateException("no configuration yet"));
        var snapshots = snapshots(name);
        var snapshot = snapshots.newest();
        var traces =
                snapshot.map(Snapshots.Snapshot::core).orElseGet(() -> new Traces(forgetAfter()));
        new JetStreamJournal<>(nats, stream(), name.shard(), new TraceCodec())
                .replay(
                        snapshot.map(Snapshots.Snapshot::sequence).orElse(0L),
                        turn -> turn.events().forEach(traces::apply));
        var ivr = new Ivr(limits());
        var live = traces.live();
        live.forEach(trace -> inherit(ivr, trace, catalog, now));
        LOG.infof("going on with %d runs of %s", ivr.runs(), name.shard());
        var holders =
                live.stream()
                        .map(trace -> trace.caller().origin().sipIngress())
                        .distinct()
                        .toList();
        return new Kept(ivr, journal(name, traces, snapshots), holders);
    }

    /** A step that is not in the flow leads to its fallback. */
    private void inherit(Ivr ivr, Trace trace, Catalog catalog, Instant now) {
        catalog.tenant(trace.caller().tenant())
                .ifPresent(tenant -> ivr.inherit(trace, versions.drawing(trace, tenant), now));
    }

    private Journal<IvrEvent> journal(RunsName name, Traces traces, Snapshots<Traces> snapshots) {
        var codec = new IvrCodec(name.shard(), name.epoch());
        var journal = new JetStreamJournal<>(nats, stream(), name.shard(), codec);
        return new TracedJournal(journal, traces, snapshots, name.epoch());
    }

    private KeyValueSnapshots<Traces> snapshots(RunsName name) {
        var form = TraceForm.of(forgetAfter());
        var every = config.events().snapshotEvery();
        return new KeyValueSnapshots<>(nats, SNAPSHOTS, name.shard(), form, every);
    }

    private StreamSettings stream() {
        var events = config.events();
        return new StreamSettings("ivr", events.maxAge(), events.maxBytes(), events.replicas());
    }

    private Duration forgetAfter() {
        return config.duration().plus(MARGIN);
    }

    Limits limits() {
        return new Limits(
                config.runs(),
                config.steps(),
                config.duration(),
                config.answerTimeout(),
                config.playTimeout(),
                config.handOverTimeout(),
                config.missingTimeout());
    }
}
