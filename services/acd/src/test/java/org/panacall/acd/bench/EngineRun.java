// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.panacall.acd.core.Acd;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.Refusal;
import org.panacall.engine.Engine;
import org.panacall.engine.EngineSettings;
import org.panacall.engine.Journal;
import org.panacall.engine.snapshot.Snapshots;

/** A busy tenant's core in its engine: mailbox, turns, journal, and what it orders. */
final class EngineRun implements AutoCloseable {

    /** The whole mailbox; more would be refused. */
    private static final int WINDOW_MAX = 5_000;

    private final BusyTenant tenant;
    private final ConcurrentLinkedQueue<AcdEffect> effects = new ConcurrentLinkedQueue<>();
    private final Engine<Acd, AcdCommand, AcdEvent, AcdEffect, Refusal> engine;
    private volatile Latencies answers = new Latencies();

    EngineRun(
            BusyTenant tenant,
            Supplier<Acd> cores,
            Journal<AcdEvent> journal,
            Snapshots<Acd> snapshots) {
        this.tenant = tenant;
        engine =
                Engine.journaled(
                        EngineSettings.of("acd-bench", new SimpleMeterRegistry()),
                        cores,
                        journal,
                        snapshots,
                        effects::add);
    }

    /** Until all agents talk and as many calls wait as should. */
    void fill() {
        send(tenant.everybodyRegisters(), new Semaphore(1));
        awaitTurn();
        var window = new Semaphore(WINDOW_MAX);
        while (!tenant.steady()) {
            next(window);
        }
        window.acquireUninterruptibly(WINDOW_MAX);
    }

    /** Commands with so many of them under way at once: how long each waited for its answer. */
    Latencies run(int commands, int underWay) {
        answers = new Latencies();
        var window = new Semaphore(underWay);
        for (int i = 0; i < commands; i++) {
            next(window);
        }
        window.acquireUninterruptibly(underWay);
        return answers;
    }

    /** Returns once whatever was sent is done; at first, once the core is there. */
    void awaitTurn() {
        engine.ask(Acd::calls).join();
    }

    @Override
    public void close() {
        engine.close();
    }

    private void next(Semaphore window) {
        for (var effect = effects.poll(); effect != null; effect = effects.poll()) {
            tenant.sees(effect);
        }
        send(tenant.next(), window);
    }

    private void send(AcdCommand command, Semaphore window) {
        window.acquireUninterruptibly();
        var begun = System.nanoTime();
        engine.send(command)
                .whenComplete(
                        (refusal, failure) -> {
                            // On the engine's thread, as every answer.
                            answers.add(System.nanoTime() - begun);
                            window.release();
                        });
    }
}
