// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.panacall.engine.Engine;
import org.panacall.sipingress.core.b2bua.SipIngress;
import org.panacall.sipingress.core.call.CallFact;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.call.Refusal;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.IngressEffect;

/** The way of adapters to the core. Safe for all threads. */
@ApplicationScoped
public class IngressShard {

    private static final Logger LOG = Logger.getLogger(IngressShard.class);
    private static final int TRIES_MAX = 200;
    private static final long PAUSE_NANOS = 5_000_000;

    private volatile Engine<SipIngress, IngressCommand, CallFact, IngressEffect, Refusal> engine;

    private volatile BiConsumer<Controller, String> readers = (controller, address) -> {};

    /** Says who wants to know at which address a controller reads its notices. */
    void onReader(BiConsumer<Controller, String> listener) {
        readers = listener;
    }

    /** A controller reads its notices from this address on. */
    public void followed(Controller controller, String address) {
        readers.accept(controller, address);
    }

    /** Begins to take commands. */
    void open(Engine<SipIngress, IngressCommand, CallFact, IngressEffect, Refusal> started) {
        engine = started;
    }

    /** Whether commands are taken. */
    public boolean isOpen() {
        return engine != null;
    }

    /** Gives a command to the core; fails at once when there is no room. */
    public CompletableFuture<Optional<Refusal>> send(IngressCommand command) {
        var open = engine;
        return open == null
                ? CompletableFuture.failedFuture(new RejectedExecutionException("starting"))
                : open.send(command);
    }

    /** Looks at the core on its own thread. */
    public <T> CompletableFuture<T> ask(Function<? super SipIngress, ? extends T> question) {
        var open = engine;
        return open == null
                ? CompletableFuture.failedFuture(new RejectedExecutionException("starting"))
                : open.ask(question);
    }

    /**
     * Gives a report to the core, waiting for room for a second: for reports that nobody would
     * repeat. Not for the engine's own thread.
     */
    public void deliver(IngressCommand report) {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            var sent = send(report);
            boolean full =
                    sent.isCompletedExceptionally()
                            && sent.exceptionNow() instanceof RejectedExecutionException;
            if (!full) return;
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        LOG.errorf("no room for a report: %s", report.getClass().getSimpleName());
    }
}
