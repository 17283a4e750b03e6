// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.panacall.acd.core.Acd;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.acd.core.plan.Limits;
import org.panacall.acd.directory.PlanReader;
import org.panacall.acd.edge.EdgeWatch;
import org.panacall.acd.grpc.CallControl;
import org.panacall.acd.grpc.CallsWatch;
import org.panacall.acd.grpc.Watched;
import org.panacall.acd.log.EventLog;
import org.panacall.acd.nats.AcdCodec;
import org.panacall.acd.nats.CountedJournal;
import org.panacall.acd.nats.KeptForm;
import org.panacall.defaults.ConfigurationSource;
import org.panacall.defaults.Peers;
import org.panacall.defaults.SnapshotReader;
import org.panacall.engine.Engine;
import org.panacall.engine.EngineSettings;
import org.panacall.engine.Journal;
import org.panacall.engine.effect.Lanes;
import org.panacall.engine.id.Ids;
import org.panacall.engine.nats.JetStreamJournal;
import org.panacall.engine.nats.KeyValueSnapshots;
import org.panacall.engine.nats.Leadership;
import org.panacall.engine.nats.LeaseSettings;
import org.panacall.engine.nats.NatsLink;
import org.panacall.engine.nats.StreamSettings;
import org.panacall.engine.snapshot.Follower;
import org.panacall.engine.snapshot.Snapshots;
import org.panacall.engine.snapshot.Snapshots.Snapshot;
import org.panacall.proto.directory.v1.Configuration;
import org.panacall.proto.directory.v1.Tenant;

/** Wires core and adapters: contends for each tenant of the configuration, and leads some. */
@ApplicationScoped
public class AcdApp {

    private static final Logger LOG = Logger.getLogger(AcdApp.class);
    private static final String LEASES = "PANACALL_ACD_LEASES";

    /** Of whoever does not lead. */
    private static final long NO_EPOCH = 0;

    private static final String SNAPSHOTS = "PANACALL_ACD_SNAPSHOTS";

    private final AcdConfig config;
    private final Tenants tenants;
    private final Peers peers;
    private final MeterRegistry registry;
    private final Timer decisions;
    private final ArrayDeque<AutoCloseable> open = new ArrayDeque<>();
    private volatile boolean configured;
    private NatsLink link;
    private Lanes orders;
    private EdgeWatch edge;

    AcdApp(AcdConfig config, Tenants tenants, Peers peers, MeterRegistry registry) {
        this.config = config;
        this.tenants = tenants;
        this.peers = peers;
        this.registry = registry;
        decisions =
                Timer.builder("acd.decision")
                        .description("Decisions, without mailbox and journal")
                        .publishPercentileHistogram()
                        .register(registry);
    }

    void start(@Observes StartupEvent started) {
        link = keep(new NatsLink(config.nats().url(), config.instance(), registry));
        orders = new Lanes("orders", config.acd().effects().capacity(), registry);
        edge = keep(new EdgeWatch(tenants, link::connection, edges(), registry));
        keep(new Gauges(tenants, registry));
        keep(configuration());
        LOG.infof("instance %s at %s", config.instance(), config.grpc().advertisedAddress());
    }

    private EdgeWatch.Edges edges() {
        var addresses = Peers.addresses(config.edge().rpcUrl().orElse(""));
        return new EdgeWatch.Edges(
                addresses.stream().map(URI::create).toList(),
                config.edge().rpcToken().orElse(""),
                config.acd().registrations().readEvery(),
                config.acd().registrations().timeout());
    }

    /** Ready once it can answer for each tenant, or say who does. */
    @Produces
    @Readiness
    HealthCheck readiness() {
        return () ->
                HealthCheckResponse.named("tenants")
                        .status(configured && tenants.all().stream().allMatch(TenantShard::known))
                        .build();
    }

    private SnapshotReader<Configuration> configuration() {
        var directory = config.directory().address();
        return new ConfigurationSource(peers, directory, Ids.next("reader"))
                .follow(config.dataDirectory().resolve("configuration.bin"), this::configure);
    }

    private void configure(Configuration configuration) {
        var present = new TreeSet<String>();
        for (var tenant : configuration.getTenantsList()) {
            present.add(tenant.getTenantId());
            configure(tenant);
        }
        for (var shard : tenants.all()) {
            if (!present.contains(shard.tenant())) {
                tenants.remove(shard);
                shard.close();
            }
        }
        configured = true;
    }

    private void configure(Tenant tenant) {
        var id = tenant.getTenantId();
        try {
            var settings = new TenantShard.Settings(tenant.getSipDomain(), PlanReader.read(tenant));
            tenants.find(id)
                    .ifPresentOrElse(
                            known -> known.settings(settings),
                            () -> tenants.put(new TenantShard(id, settings, this::contend)));
        } catch (IllegalArgumentException odd) {
            // One tenant's mistake must not stop the others; its last good plan stays.
            LOG.errorf("configuration of tenant %s not used: %s", id, odd.getMessage());
        }
    }

    private Leadership<TenantTerm> contend(TenantShard shard) {
        var address = config.grpc().advertisedAddress();
        var standby = new Standby(() -> follower(shard));
        shard.keep(standby);
        return new Leadership<>(
                link,
                LeaseSettings.of(LEASES, shard.tenant(), address),
                epoch -> begin(shard, epoch, standby),
                registry);
    }

    private Follower<TimedAcd, AcdEvent> follower(TenantShard shard) {
        return new Follower<>(
                () -> core(shard, NO_EPOCH),
                stored(shard.tenant(), NO_EPOCH),
                snapshots(shard, NO_EPOCH),
                config.acd().followEvery());
    }

    private TenantTerm begin(TenantShard shard, long epoch, Standby standby) {
        try {
            var known = standby.lead().map(snapshot -> ours(shard, epoch, snapshot));
            var term = lead(shard, epoch, known);
            term.atEnd(standby::follow);
            return term;
        } catch (RuntimeException failure) {
            standby.follow();
            throw failure;
        }
    }

    private TenantTerm lead(TenantShard shard, long epoch, Optional<Snapshot<TimedAcd>> known) {
        var tenant = shard.tenant();
        var bounds =
                new CallControl.Bounds(
                        config.acd().effects().timeout(), config.acd().effects().tries());
        var control = new CallControl(tenant, peers, orders, bounds, registry);
        var engine =
                Engine.journaled(
                        EngineSettings.of("acd-" + tenant, registry)
                                .withMailboxCapacity(config.acd().mailboxCapacity()),
                        () -> core(shard, epoch),
                        journal(tenant, epoch),
                        Snapshots.beginningWith(known, snapshots(shard, epoch)),
                        control);
        var term = new TenantTerm(engine, watching(tenant));
        control.onFailure(term::send);
        shard.opened(term);
        Peers.addresses(config.sipIngress().addresses().orElse(""))
                .forEach(address -> term.watch(new SipIngress(address)));
        term.watchHolders();
        edge.readSoon();
        return term;
    }

    /** What was known of another leader's term, in a core of this one. */
    private Snapshot<TimedAcd> ours(TenantShard shard, long epoch, Snapshot<TimedAcd> known) {
        var core = core(shard, epoch);
        core.acd().restore(known.core().acd().kept());
        return new Snapshot<>(core, known.sequence(), known.at());
    }

    private TimedAcd core(TenantShard shard, long epoch) {
        var leadership = new Acd.Leadership(epoch, config.instance());
        var acd = new Acd(shard.settings().plan(), limits(), new RandomIds(), leadership);
        return new TimedAcd(acd, decisions);
    }

    /** What is held on the core's thread are the values; they become bytes on another one. */
    private Snapshots<TimedAcd> snapshots(TenantShard shard, long epoch) {
        var form =
                new KeyValueSnapshots.Form<TimedAcd>(
                        timed -> {
                            var kept = timed.acd().kept();
                            return () -> KeptForm.write(kept);
                        },
                        bytes -> {
                            var timed = core(shard, epoch);
                            timed.acd().restore(KeptForm.read(bytes));
                            return timed;
                        });
        var every = config.acd().snapshotEvery();
        return new KeyValueSnapshots<>(link, SNAPSHOTS, shard.tenant(), form, every);
    }

    private Journal<AcdEvent> journal(String tenant, long epoch) {
        var log = new EventLog(tenant, registry);
        return new CountedJournal(stored(tenant, epoch), log::record, registry);
    }

    private Journal<AcdEvent> stored(String tenant, long epoch) {
        var codec = new AcdCodec(tenant, epoch);
        return new JetStreamJournal<>(link, StreamSettings.of("acd"), tenant, codec);
    }

    private TenantTerm.Watching watching(String tenant) {
        var settings = config.acd().watching();
        var pace = new CallsWatch.Pace(settings.lostAfter(), settings.reconcileEvery());
        return new TenantTerm.Watching(
                (sipIngress, acd) ->
                        new CallsWatch(
                                new Watched.Source(
                                        tenant, sipIngress, config.grpc().advertisedAddress()),
                                peers,
                                acd,
                                pace),
                settings.instances());
    }

    private Limits limits() {
        var rings = config.acd().rings();
        var guards = config.acd().guards();
        var overflows = config.acd().overflows();
        return new Limits(
                config.acd().calls(),
                new Limits.Rings(rings.person(), rings.placingAgent(), rings.number()),
                new Limits.Guards(
                        guards.ring(),
                        guards.pause(),
                        guards.telling(),
                        guards.forget(),
                        guards.missing(),
                        guards.lease(),
                        guards.goodbye()),
                new Limits.Overflows(
                        overflows.visits(),
                        overflows.steps(),
                        overflows.announcement(),
                        overflows.handedOver()));
    }

    private <T extends AutoCloseable> T keep(T closeable) {
        open.push(closeable);
        return closeable;
    }

    void stop(@Observes ShutdownEvent stopping) {
        tenants.all().forEach(TenantShard::close);
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception failure) {
                LOG.warnf("not closed: %s", failure.getMessage());
            }
        }
    }
}
