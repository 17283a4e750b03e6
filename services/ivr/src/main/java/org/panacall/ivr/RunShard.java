// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.panacall.defaults.Peers;
import org.panacall.engine.Checkpoints;
import org.panacall.engine.Engine;
import org.panacall.engine.EngineSettings;
import org.panacall.engine.nats.Leadership;
import org.panacall.engine.nats.NatsLink;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.IvrCommand;
import org.panacall.ivr.core.IvrCommand.StartRun;
import org.panacall.ivr.core.IvrEffect;
import org.panacall.ivr.core.IvrEvent;
import org.panacall.ivr.core.Refusal;
import org.panacall.ivr.core.flow.Catalog;
import org.panacall.ivr.outside.Outside;
import org.panacall.ivr.sipingress.CallCommands;
import org.panacall.ivr.sipingress.CallNotices;
import org.panacall.ivr.sipingress.RunsName;

/**
 * Runs that are controlled under one name: their engine, what they command and what they hear. Our
 * own, begun with this process, or those of a dead one that we have taken over.
 */
final class RunShard implements Leadership.Term {

    private static final Logger LOG = Logger.getLogger(RunShard.class);
    private static final Duration HAND_OVER_WAIT = Duration.ofSeconds(5);
    private static final Duration IDLE_LIMIT = Duration.ofSeconds(15);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final RunsName name;
    private final Surroundings around;
    private final MeteredIvr core;
    private final Checkpoints<IvrEvent> checkpoints;
    private final Engine<MeteredIvr, IvrCommand, IvrEvent, IvrEffect, Refusal> engine;
    private final CallCommands commands;
    private final CallNotices notices;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean running = true;

    /** Whom the runs live among. */
    record Surroundings(
            IvrConfig config,
            Peers peers,
            NatsLink nats,
            Supplier<Optional<Catalog>> catalogs,
            List<String> sipIngresses,
            Outside outside,
            MeterRegistry registry) {}

    RunShard(RunsName name, Surroundings around, RunStore.Kept kept) {
        this.name = name;
        this.around = around;
        var registry = around.registry();
        var engineName = name.epoch() == RunsName.FIRST_EPOCH ? "ivr" : "ivr-" + name.shard();
        core = new MeteredIvr(kept.ivr(), registry);
        var events = around.config().events();
        var bounds = new Checkpoints.Bounds(events.buffer(), events.pace(), events.messageEvents());
        checkpoints = new Checkpoints<>(engineName, kept.journal(), bounds, registry);
        commands = new CallCommands(around.peers(), name, around.config().commands(), registry);
        var settings = EngineSettings.of(engineName, registry);
        engine = Engine.checkpointed(settings, () -> core, checkpoints, this::release);
        commands.reportTo(engine::send);
        notices = new CallNotices(around.peers(), name, around.config().watch(), registry);
        notices.reportTo(
                engine::send,
                address -> engine.ask(ivr -> ivr.callersAt(address)).join(),
                this::adopt);
        // Before the first call, so that it does not wait for a connection.
        around.sipIngresses().forEach(this::watch);
        kept.sipIngresses().forEach(this::watch);
    }

    RunsName name() {
        return name;
    }

    int live() {
        return core.live();
    }

    /** Takes a call through a flow. */
    CompletableFuture<Optional<Refusal>> start(StartRun start) {
        notices.watch(start.caller().origin().sipIngress());
        return engine.send(start);
    }

    private void release(IvrEffect effect) {
        if (effect instanceof IvrEffect.Ask ask) {
            around.outside().ask(ask, engine::send);
        } else {
            commands.release(effect);
        }
    }

    private void watch(String address) {
        try {
            notices.watch(address);
        } catch (RejectedExecutionException many) {
            LOG.errorf("%s is not watched: ivr.watch.addresses", address);
        }
    }

    /** Takes a call that was left behind through the flow of the number it dialled, anew. */
    private void adopt(Caller caller, boolean answered) {
        var tenant = around.catalogs().get().flatMap(known -> known.tenant(caller.tenant()));
        tenant.ifPresent(
                found ->
                        engine.send(
                                new StartRun(
                                        caller,
                                        found.drawing(found.flowOf(caller.numbers().dialled())),
                                        answered)));
    }

    /** Ends by itself once no run has been left in it for a while. */
    RunShard untilIdle() {
        Thread.ofVirtual().name("idle-" + name.shard()).start(this::awaitIdle);
        return this;
    }

    private void awaitIdle() {
        var idleSince = System.nanoTime();
        while (running && System.nanoTime() - idleSince < IDLE_LIMIT.toNanos()) {
            LockSupport.parkNanos(LOOK.toNanos());
            if (core.live() > 0) {
                idleSince = System.nanoTime();
            }
        }
        ended.complete(null);
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended;
    }

    /** Callers in a flow must not fall into silence: they go to their fallback queues. */
    void handAllOver() {
        engine.send(new IvrCommand.HandAllOver());
        var limit = System.nanoTime() + HAND_OVER_WAIT.toNanos();
        while (core.live() > 0 && System.nanoTime() < limit) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Override
    public void close() {
        running = false;
        ended.complete(null);
        notices.close();
        engine.close();
        checkpoints.close();
    }
}
