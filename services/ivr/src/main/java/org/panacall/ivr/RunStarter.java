// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.IvrCommand;
import org.panacall.ivr.core.Refusal;
import org.panacall.ivr.core.flow.Catalog;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.proto.call.v1.Controller;

/** Gives a call to the flow of that name as it is drawn now. */
public final class RunStarter {

    private final Supplier<RunShard> own;
    private final Supplier<Optional<Catalog>> catalogs;

    /** As whom the call is controlled, and the refusal to come. */
    public record Started(Controller controller, CompletableFuture<Optional<Refusal>> refusal) {}

    /** Where a call goes: to the beginning of a flow, or back to where it left it. */
    public record Entry(
            FlowId flow, Optional<IvrCommand.Back> back, SortedMap<String, String> variables) {}

    RunStarter(Supplier<RunShard> own, Supplier<Optional<Catalog>> catalogs) {
        this.own = own;
        this.catalogs = catalogs;
    }

    /** Nothing when there is no such flow. */
    public Optional<Started> start(Caller caller, Entry entry, boolean answered) {
        var catalog = catalogs.get().orElseThrow(RunStarter::noConfiguration);
        var flow = catalog.flow(caller.tenant(), entry.flow());
        if (flow.isEmpty()) {
            return Optional.empty();
        }
        var drawing = catalog.tenant(caller.tenant()).orElseThrow().drawing(flow.get());
        var shard = own.get();
        var start =
                new IvrCommand.StartRun(caller, drawing, answered, entry.back(), entry.variables());
        var refusal = shard.start(start);
        return Optional.of(new Started(shard.name().controller(), refusal));
    }

    private static UncheckedIOException noConfiguration() {
        var message = "no configuration yet: directory was never reached";
        return new UncheckedIOException(message, new IOException(message));
    }
}
