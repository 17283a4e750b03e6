// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.panacall.defaults.DefaultsConfig;
import org.panacall.defaults.Peers;
import org.panacall.engine.nats.Claim;
import org.panacall.engine.nats.Inheritance;
import org.panacall.engine.nats.Leadership;
import org.panacall.engine.nats.LeaseSettings;
import org.panacall.engine.nats.NatsLink;
import org.panacall.ivr.core.outside.HttpErrand;
import org.panacall.ivr.directory.Catalogs;
import org.panacall.ivr.directory.ClinicSecrets;
import org.panacall.ivr.directory.FlowVersions;
import org.panacall.ivr.outside.Outside;
import org.panacall.ivr.outside.http.HttpAnswerer;
import org.panacall.ivr.outside.lookup.Contacts;
import org.panacall.ivr.outside.lookup.LastTalks;
import org.panacall.ivr.outside.lookup.Lookups;
import org.panacall.ivr.outside.mailbox.Mailboxes;
import org.panacall.ivr.sipingress.RunsName;

/**
 * Wires the core to what it speaks with: runs of our own, under a name that no process had before,
 * and those of dead processes that we go on with.
 */
@Startup
@ApplicationScoped
public class IvrApp {

    private static final String LEASES = "PANACALL_IVR_LEASES";
    private static final int SUFFIX_LENGTH = 8;

    private final PlatformConfig platform;
    private final String instance;
    private final NatsLink nats;
    private final Catalogs catalogs;
    private final RunStore store;
    private final HttpAnswerer http;
    private final RunShard.Surroundings around;
    private final ConcurrentHashMap<String, RunShard> shards = new ConcurrentHashMap<>();
    private final Inheritance inheritance;
    private volatile RunShard own;
    private volatile Claim claim;

    public IvrApp(
            IvrConfig config,
            PlatformConfig platform,
            DefaultsConfig defaults,
            Peers peers,
            Vertx vertx,
            MeterRegistry registry) {
        this.platform = platform;
        instance = defaults.instance();
        nats = new NatsLink(platform.nats().url(), instance, registry);
        var directory = platform.directory().address();
        catalogs = new Catalogs(peers, directory, defaults.dataDirectory());
        store = new RunStore(config, nats, catalogs::newest, new FlowVersions(peers, directory));
        var secrets = new ClinicSecrets(() -> peers.channel(directory), catalogs::newest);
        http = new HttpAnswerer(config.outside(), vertx, secrets);
        var sipIngresses = Peers.addresses(platform.sipIngress().addresses().orElse(""));
        around =
                new RunShard.Surroundings(
                        config,
                        peers,
                        nats,
                        catalogs::newest,
                        sipIngresses,
                        mailboxes(peers).into(lookups(peers).into(outside(config, registry))),
                        registry);
        Gauge.builder("ivr.runs.live", shards, IvrApp::live)
                .description("Callers in a flow now")
                .register(registry);
        begin();
        inheritance = new Inheritance(nats, LEASES, this::contend);
    }

    private Outside outside(IvrConfig config, MeterRegistry registry) {
        return new Outside(config.outside(), registry).with(HttpErrand.class, http);
    }

    private Mailboxes mailboxes(Peers peers) {
        var addresses = Peers.addresses(platform.recordings().addresses());
        return new Mailboxes(peers, addresses, catalogs::newest);
    }

    private Lookups lookups(Peers peers) {
        return new Lookups(
                new Contacts(() -> peers.channel(platform.directory().address())),
                new LastTalks(peers, Peers.addresses(platform.reporting().addresses())),
                http,
                catalogs::newest,
                Clock.systemUTC());
    }

    private static int live(ConcurrentHashMap<String, RunShard> shards) {
        return shards.values().stream().mapToInt(RunShard::live).sum();
    }

    /** Begins a shard of our own. */
    private void begin() {
        var suffix = UUID.randomUUID().toString().substring(0, SUFFIX_LENGTH);
        var name = name(instance + "-" + suffix, RunsName.FIRST_EPOCH);
        own = open(new RunShard(name, around, store.begin(name)));
        claim = new Claim(nats, lease(name.shard()), () -> taken(own));
    }

    /** We were frozen or cut off for so long that an heir has our runs: new ones begin anew. */
    private void taken(RunShard lost) {
        begin();
        lost.untilIdle().ended().thenRun(() -> close(lost));
    }

    private Leadership<RunShard> contend(String shard) {
        return shards.containsKey(shard)
                ? null
                : new Leadership<>(
                        nats,
                        lease(shard).asHeir(),
                        epoch -> inherit(name(shard, epoch)),
                        around.registry());
    }

    private RunShard inherit(RunsName name) {
        var kept = store.inherit(name, Instant.now());
        var shard = open(new RunShard(name, around, kept).untilIdle());
        shard.ended().thenRun(() -> shards.remove(name.shard(), shard));
        return shard;
    }

    private RunsName name(String shard, long epoch) {
        return new RunsName(shard, epoch, platform.grpc().advertisedAddress());
    }

    private LeaseSettings lease(String shard) {
        return LeaseSettings.of(LEASES, shard, platform.grpc().advertisedAddress());
    }

    private RunShard open(RunShard shard) {
        shards.put(shard.name().shard(), shard);
        return shard;
    }

    private void close(RunShard shard) {
        shards.remove(shard.name().shard(), shard);
        shard.close();
    }

    @Produces
    @Singleton
    RunStarter runs() {
        return new RunStarter(() -> own, catalogs::newest);
    }

    @Produces
    @Singleton
    Rehearsals rehearsals() {
        return new Rehearsals(catalogs::newest, store.limits(), Clock.systemUTC());
    }

    /** Ready once it knows the flows. NATS is not asked for: calls live without it. */
    @Produces
    @Readiness
    HealthCheck readiness() {
        return () ->
                HealthCheckResponse.named("configuration")
                        .status(catalogs.newest().isPresent())
                        .build();
    }

    /** Callers in a flow must not fall into silence: they go to their fallback queues first. */
    void stop(@Observes ShutdownEvent stopping) {
        shards.values().parallelStream().forEach(RunShard::handAllOver);
        inheritance.close();
        claim.close();
        own.close();
        http.close();
        catalogs.close();
        nats.close();
    }
}
