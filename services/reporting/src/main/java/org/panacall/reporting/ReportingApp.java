// SPDX-License-Identifier: Apache-2.0
package org.panacall.reporting;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.panacall.defaults.DefaultsConfig;
import org.panacall.engine.nats.NatsLink;
import org.panacall.reporting.calls.CallStore;
import org.panacall.reporting.events.CallEvents;
import org.panacall.reporting.trace.Traces;

/** Starts reporting: one connection to NATS and a reader for each stream. */
@ApplicationScoped
public class ReportingApp {

    private final ReportingConfig config;
    private final DefaultsConfig defaults;
    private final CallStore store;
    private final MeterRegistry metrics;
    private NatsLink link;
    private Optional<Traces> traces = Optional.empty();
    private CallEvents events;

    ReportingApp(
            ReportingConfig config,
            DefaultsConfig defaults,
            CallStore store,
            MeterRegistry metrics) {
        this.config = config;
        this.defaults = defaults;
        this.store = store;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent started) {
        link = new NatsLink(config.nats().url(), defaults.instance(), metrics);
        if (config.otlp().endpoint().filter(text -> !text.isBlank()).isPresent()) {
            traces = Optional.of(new Traces(config.otlp(), defaults.instance(), metrics));
        }
        events = new CallEvents(link, config.reporting(), store, traces, metrics);
    }

    void stop(@Observes ShutdownEvent stopping) {
        events.close();
        traces.ifPresent(Traces::close);
        link.close();
    }
}
