// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.panacall.defaults.DefaultsConfig;
import org.panacall.defaults.Peers;
import org.panacall.engine.Checkpoints;
import org.panacall.engine.Engine;
import org.panacall.engine.EngineSettings;
import org.panacall.engine.nats.JetStreamJournal;
import org.panacall.engine.nats.NatsLink;
import org.panacall.engine.nats.StreamSettings;
import org.panacall.ivr.core.Ivr;
import org.panacall.ivr.core.IvrCommand;
import org.panacall.ivr.core.IvrEffect;
import org.panacall.ivr.core.IvrEvent;
import org.panacall.ivr.core.Limits;
import org.panacall.ivr.core.Refusal;
import org.panacall.ivr.directory.Catalogs;
import org.panacall.ivr.nats.IvrCodec;
import org.panacall.ivr.sipingress.CallCommands;
import org.panacall.ivr.sipingress.CallNotices;
import org.panacall.proto.call.v1.Controller;
import org.panacall.proto.call.v1.ControllerKind;

/** Wires the core to what it speaks with. */
@Startup
@ApplicationScoped
public class IvrApp {

    private static final Duration HAND_OVER_WAIT = Duration.ofSeconds(5);

    private final Controller controller;
    private final MeteredIvr core;
    private final NatsLink nats;
    private final Checkpoints<IvrEvent> checkpoints;
    private final Engine<MeteredIvr, IvrCommand, IvrEvent, IvrEffect, Refusal> engine;
    private final CallNotices notices;
    private final Catalogs catalogs;
    private final RunStarter runs;

    public IvrApp(
            IvrConfig config,
            PlatformConfig platform,
            DefaultsConfig defaults,
            Peers peers,
            MeterRegistry registry) {
        controller =
                Controller.newBuilder()
                        .setKind(ControllerKind.CONTROLLER_KIND_IVR)
                        .setInstance(defaults.instance())
                        .build();
        nats = new NatsLink(platform.nats().url(), defaults.instance(), registry);
        checkpoints = checkpoints(config.events(), defaults.instance(), registry);
        var commands = new CallCommands(peers, controller, config.commands(), registry);
        core = new MeteredIvr(new Ivr(limits(config)), registry);
        var settings = EngineSettings.of("ivr", registry);
        engine = Engine.checkpointed(settings, () -> core, checkpoints, commands);
        commands.reportTo(engine::send);
        notices = new CallNotices(peers, controller, config.watch(), registry);
        catalogs =
                new Catalogs(
                        peers.channel(platform.directory().address()), defaults.dataDirectory());
        runs = new RunStarter(engine, catalogs::newest, notices::watch);
        notices.reportTo(
                engine::send,
                address -> engine.ask(ivr -> ivr.callersAt(address)).join(),
                runs::adopt);
        // Before the first call, so that it does not wait for a connection.
        Peers.addresses(platform.sipIngress().addresses().orElse("")).forEach(notices::watch);
    }

    @Produces
    @Singleton
    Controller controller() {
        return controller;
    }

    @Produces
    @Singleton
    RunStarter runs() {
        return runs;
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
        engine.send(new IvrCommand.HandAllOver());
        var limit = System.nanoTime() + HAND_OVER_WAIT.toNanos();
        while (core.live() > 0 && System.nanoTime() < limit) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        notices.close();
        engine.close();
        checkpoints.close();
        catalogs.close();
        nats.close();
    }

    private Checkpoints<IvrEvent> checkpoints(
            IvrConfig.EventsConfig events, String instance, MeterRegistry registry) {
        var stream =
                new StreamSettings("ivr", events.maxAge(), events.maxBytes(), events.replicas());
        var journal = new JetStreamJournal<>(nats, stream, instance, new IvrCodec(instance));
        return new Checkpoints<>("ivr", journal, events.buffer(), registry);
    }

    private static Limits limits(IvrConfig config) {
        return new Limits(
                config.runs(),
                config.steps(),
                config.duration(),
                config.answerTimeout(),
                config.playTimeout(),
                config.handOverTimeout());
    }
}
