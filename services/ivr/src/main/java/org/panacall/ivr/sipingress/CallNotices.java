// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.sipingress;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.panacall.defaults.Peers;
import org.panacall.ivr.IvrConfig;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.IvrCommand;

/** Watches the sip-ingress instances that hold our calls; one stream each. */
public final class CallNotices implements AutoCloseable {

    private final Peers peers;
    private final RunsName name;
    private final IvrConfig.WatchConfig config;
    private final MeterRegistry registry;
    private final ConcurrentHashMap<String, CallWatch> watches = new ConcurrentHashMap<>();
    private volatile Consumer<IvrCommand> core = command -> {};
    private volatile Function<String, List<Caller>> callersAt = address -> List.of();
    private volatile OrphanKeeper orphans = (caller, answered) -> {};

    public CallNotices(
            Peers peers, RunsName name, IvrConfig.WatchConfig config, MeterRegistry registry) {
        this.peers = peers;
        this.name = name;
        this.config = config;
        this.registry = registry;
    }

    /** Says who hears what happens, who knows whose calls are where, and who takes orphans. */
    public void reportTo(
            Consumer<IvrCommand> core,
            Function<String, List<Caller>> callersAt,
            OrphanKeeper orphans) {
        this.core = core;
        this.callersAt = callersAt;
        this.orphans = orphans;
    }

    /**
     * Watches an instance, if it is not watched yet.
     *
     * @throws RejectedExecutionException when as many are watched as may be
     */
    public void watch(String address) {
        if (watches.containsKey(address)) {
            return;
        }
        if (watches.size() >= config.addresses()) {
            throw new RejectedExecutionException("too many sip-ingress instances to watch");
        }
        watches.computeIfAbsent(address, this::open);
    }

    private CallWatch open(String address) {
        var stub = new CallControl(peers.channel(address), name);
        var notices =
                new NoticeReader(address, core, () -> callersAt.apply(address), orphans, stub);
        return new CallWatch(
                new CallWatch.Source(address, name.isHeir()),
                stub,
                notices,
                config,
                registry,
                () -> watches.remove(address));
    }

    @Override
    public void close() {
        watches.values().forEach(CallWatch::close);
    }
}
