// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.log;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.panacall.sipingress.core.call.CallEvent;
import org.panacall.sipingress.core.call.CallFact;
import org.panacall.sipingress.core.leg.EndReason;

/**
 * One line and one count for each thing that happened to a call. Never a number or a name: who was
 * in it is in the events, which are kept for a short while only.
 */
public final class CallLog {

    private static final Logger LOG = Logger.getLogger(CallLog.class);

    private final MeterRegistry registry;

    public CallLog(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Called on the engine's thread. */
    public void record(CallFact fact) {
        MDC.put("call", fact.call().value());
        MDC.put("tenant", fact.tenant().value());
        MDC.put("traceparent", fact.traceparent());
        try {
            write(fact.event());
        } finally {
            MDC.clear();
        }
    }

    private void write(CallEvent event) {
        switch (event) {
            case CallEvent.CallStarted started ->
                    LOG.infof("call started: %s by %s", started.direction(), started.origin());
            case CallEvent.LegStarted(var leg, var role, var direction, var party, var agent) -> {
                MDC.put("leg", leg.value());
                if (!agent.isEmpty()) MDC.put("agent", agent);
                LOG.infof("leg started: %s %s", direction, role);
            }
            case CallEvent.LegRang(var leg) -> {
                MDC.put("leg", leg.value());
                LOG.info("leg rang");
            }
            case CallEvent.LegConnected(var leg, var codec) -> {
                MDC.put("leg", leg.value());
                LOG.infof("leg connected: %s", codec);
            }
            case CallEvent.LegsJoined(var pair) -> LOG.infof("legs joined: %s", pair);
            case CallEvent.LegHoldChanged(var leg, var held) -> {
                MDC.put("leg", leg.value());
                LOG.info(held ? "leg held" : "leg resumed");
            }
            case CallEvent.LegReanchored(var leg, var node) -> {
                MDC.put("leg", leg.value());
                LOG.infof("leg re-anchored at %s", node);
            }
            case CallEvent.RoomJoined(var leg, var room) -> {
                MDC.put("leg", leg.value());
                LOG.info("leg joined a room");
            }
            case CallEvent.RoomLeft(var leg, var room) -> {
                MDC.put("leg", leg.value());
                LOG.info("leg left its room");
            }
            case CallEvent.TalkRecording(var leg, var outcome, var recording) -> {
                MDC.put("leg", leg.value());
                var word = outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
                registry.counter("talks.recordings", "outcome", word).increment();
                LOG.infof("talk to be recorded: %s", word);
            }
            case CallEvent.FlowNotRun(var flow) -> LOG.warnf("flow %s is not to be had", flow);
            // Not what for: it may be an extension that the caller pressed.
            case CallEvent.ControllerChanged changed ->
                    LOG.infof("controller: %s", changed.controller().instance());
            case CallEvent.CallStored stored -> LOG.trace("call stored");
            case CallEvent.LegFinished finished -> {
                MDC.put("leg", finished.leg().value());
                ended("legs.ended", finished.how().reason());
                LOG.infof("leg ended: status %d", finished.how().status());
            }
            case CallEvent.CallFinished(var reason, var at) -> {
                ended("calls.ended", reason);
                LOG.info("call ended");
            }
        }
    }

    private void ended(String meter, EndReason reason) {
        var fault = reason.fault().name().toLowerCase(Locale.ROOT);
        MDC.put("endReason", fault + "/" + reason.reason());
        registry.counter(meter, "fault", fault, "reason", reason.reason()).increment();
    }
}
