// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.panacall.acd.core.Acd;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.Refusal;
import org.panacall.acd.nats.AcdCodec;
import org.panacall.engine.Decision;
import org.panacall.engine.Turn;

/** The core and a busy tenant on virtual time, without mailbox and journal. */
final class CoreAlone {

    private static final Instant BEGINNING = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration TALK = Duration.ofSeconds(180);
    private static final int COMMANDS_A_TALK = 5;

    private final BusyTenant tenant;
    private final Acd acd;
    private final Duration step;
    private Instant now = BEGINNING;

    CoreAlone(BusyTenant tenant) {
        this.tenant = tenant;
        acd = Cores.empty(tenant.plan(), 1);
        step = TALK.dividedBy((long) tenant.size().agents() * COMMANDS_A_TALK);
    }

    Acd acd() {
        return acd;
    }

    BusyTenant tenant() {
        return tenant;
    }

    /** Until all agents talk and as many calls wait as should. */
    void fill() {
        decide(tenant.everybodyRegisters());
        while (!tenant.steady()) {
            decide(tenant.next());
        }
    }

    void run(int commands) {
        for (int i = 0; i < commands; i++) {
            decide(tenant.next());
        }
    }

    /** The same, and how long each decision took, by the kind of its command. */
    Map<String, Latencies> measure(int commands, Latencies all) {
        var byKind = new TreeMap<String, Latencies>();
        for (int i = 0; i < commands; i++) {
            var command = tenant.next();
            var elapsed = timed(() -> decide(command));
            all.add(elapsed);
            byKind.computeIfAbsent(command.getClass().getSimpleName(), kind -> new Latencies())
                    .add(elapsed);
        }
        return byKind;
    }

    /** What is asked of all calls or agents at once, so many times. */
    Latencies sweep(int times, Supplier<AcdCommand> command) {
        var sweeps = new Latencies();
        for (int i = 0; i < times; i++) {
            run(100);
            var made = command.get();
            sweeps.add(timed(() -> decide(made)));
        }
        return sweeps;
    }

    /** Everything that is the case ends at once: how long that takes, and its turn's bytes. */
    Loss loseAll() {
        var begun = System.nanoTime();
        var decision = acd.handle(new AcdCommand.LoseSipIngress(BusyTenant.INGRESS), now);
        var took = System.nanoTime() - begun;
        var turn = new Turn<>(now, decision.events());
        return new Loss(took, new AcdCodec("bench", 1).encode(turn).length);
    }

    /** Of all calls. */
    record Loss(long nanos, int bytes) {}

    static long timed(Runnable deed) {
        var begun = System.nanoTime();
        deed.run();
        return System.nanoTime() - begun;
    }

    private Decision<AcdEvent, AcdEffect, Refusal> decide(AcdCommand command) {
        now = now.plus(step);
        var decision = acd.handle(command, now);
        decision.effects().forEach(tenant::sees);
        return decision;
    }
}
