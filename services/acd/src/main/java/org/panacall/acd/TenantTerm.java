// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.panacall.acd.core.Acd;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.Refusal;
import org.panacall.acd.core.call.Call;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.engine.Engine;
import org.panacall.engine.nats.Leadership;

/**
 * The time during which this instance leads a tenant: its engine, and a watch on each sip-ingress
 * that holds one of its calls.
 */
public final class TenantTerm implements Leadership.Term, AcdMailbox {

    private static final Logger LOG = Logger.getLogger(TenantTerm.class);

    private final Engine<TimedAcd, AcdCommand, AcdEvent, AcdEffect, Refusal> engine;
    private final Watching watching;
    private final TreeMap<SipIngress, AutoCloseable> watches = new TreeMap<>();
    private final ArrayDeque<Runnable> atEnd = new ArrayDeque<>();
    private boolean over;

    /** How a sip-ingress is watched, and how many of them at most. */
    record Watching(Watcher watcher, int instances) {

        /** Begins to watch. */
        interface Watcher {
            AutoCloseable watch(SipIngress sipIngress, AcdMailbox acd);
        }
    }

    TenantTerm(
            Engine<TimedAcd, AcdCommand, AcdEvent, AcdEffect, Refusal> engine, Watching watching) {
        this.engine = engine;
        this.watching = watching;
    }

    /** Watches those who hold calls already, as a replay told. */
    void watchHolders() {
        ask(acd -> acd.calls().stream().map(Call::sipIngress).distinct().toList())
                .thenAccept(
                        holders -> Thread.startVirtualThread(() -> holders.forEach(this::watch)));
    }

    /** Watches a sip-ingress from now on. */
    synchronized void watch(SipIngress sipIngress) {
        if (over || watches.containsKey(sipIngress)) {
            return;
        }
        if (watches.size() >= watching.instances()) {
            LOG.errorf("%s is not watched: panacall.acd.watching.instances", sipIngress);
            return;
        }
        watches.put(sipIngress, watching.watcher().watch(sipIngress, this));
    }

    synchronized void atEnd(Runnable deed) {
        atEnd.push(deed);
    }

    @Override
    public CompletableFuture<Optional<Refusal>> send(AcdCommand command) {
        watch(command);
        return engine.send(command);
    }

    @Override
    public CompletableFuture<List<Optional<Refusal>>> sendAll(List<AcdCommand> commands) {
        commands.forEach(this::watch);
        return engine.sendAll(commands);
    }

    private void watch(AcdCommand command) {
        if (command instanceof AcdCommand.EnqueueCall enqueue) {
            watch(enqueue.caller().sipIngress());
        } else if (command instanceof AcdCommand.PlaceCall place) {
            watch(place.sipIngress());
        }
    }

    @Override
    public <T> CompletableFuture<T> ask(Function<Acd, T> question) {
        return engine.ask(timed -> question.apply(timed.acd()));
    }

    @Override
    public CompletableFuture<Void> ended() {
        return engine.ended();
    }

    @Override
    public void close() {
        synchronized (this) {
            over = true;
            watches.values().forEach(TenantTerm::closeQuietly);
            atEnd.forEach(Runnable::run);
        }
        engine.close();
    }

    static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception failure) {
            LOG.warnf("not closed: %s", failure.getMessage());
        }
    }
}
