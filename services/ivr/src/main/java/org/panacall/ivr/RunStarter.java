// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.panacall.engine.Engine;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.IvrCommand;
import org.panacall.ivr.core.IvrEffect;
import org.panacall.ivr.core.IvrEvent;
import org.panacall.ivr.core.Refusal;
import org.panacall.ivr.core.flow.Catalog;
import org.panacall.ivr.core.id.FlowId;

/** Gives a call to the flow of that name as it is drawn now. */
public final class RunStarter {

    private final Engine<MeteredIvr, IvrCommand, IvrEvent, IvrEffect, Refusal> engine;
    private final Supplier<Optional<Catalog>> catalogs;
    private final Consumer<String> watch;

    RunStarter(
            Engine<MeteredIvr, IvrCommand, IvrEvent, IvrEffect, Refusal> engine,
            Supplier<Optional<Catalog>> catalogs,
            Consumer<String> watch) {
        this.engine = engine;
        this.catalogs = catalogs;
        this.watch = watch;
    }

    /** The refusal to come; nothing when there is no such flow. */
    public Optional<CompletableFuture<Optional<Refusal>>> start(
            Caller caller, FlowId flowId, boolean answered) {
        var catalog = catalogs.get().orElseThrow(RunStarter::noConfiguration);
        var flow = catalog.flow(caller.tenant(), flowId);
        if (flow.isEmpty()) {
            return Optional.empty();
        }
        watch.accept(caller.origin().sipIngress());
        var plan = catalog.tenant(caller.tenant()).orElseThrow().dialPlan();
        return Optional.of(
                engine.send(new IvrCommand.StartRun(caller, flow.get(), plan, answered)));
    }

    /** Takes a call that was left behind through the flow of the number it dialled, anew. */
    void adopt(Caller caller, boolean answered) {
        var catalog = catalogs.get().orElseThrow(RunStarter::noConfiguration);
        catalog.tenant(caller.tenant())
                .ifPresent(
                        tenant ->
                                engine.send(
                                        new IvrCommand.StartRun(
                                                caller,
                                                tenant.flowOf(caller.numbers().dialled()),
                                                tenant.dialPlan(),
                                                answered)));
    }

    private static UncheckedIOException noConfiguration() {
        var message = "no configuration yet: directory was never reached";
        return new UncheckedIOException(message, new IOException(message));
    }
}
