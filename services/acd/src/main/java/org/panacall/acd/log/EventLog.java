// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.log;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.panacall.acd.Wording;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.rules.Action;
import org.panacall.acd.core.waiting.Callback;

/**
 * One line and one count for each thing that became durable. Never a number or a name: those are in
 * the events, which are kept for a short while only.
 */
public final class EventLog {

    private static final Logger LOG = Logger.getLogger(EventLog.class);

    private final String tenant;
    private final MeterRegistry registry;

    public EventLog(String tenant, MeterRegistry registry) {
        this.tenant = tenant;
        this.registry = registry;
    }

    /** Called on the engine's thread. */
    public void record(AcdEvent event) {
        MDC.put("tenant", tenant);
        try {
            switch (event) {
                case AcdEvent.LeaderElected elected ->
                        LOG.infof("leader elected: epoch %d", elected.epoch());
                case AcdEvent.OfAgent ofAgent -> agent(ofAgent);
                case AcdEvent.OfQueue ofQueue -> {
                    MDC.put("queue", ofQueue.queue().value());
                    LOG.info("terms changed");
                }
                case AcdEvent.OfCallback ofCallback -> callback(ofCallback);
                case AcdEvent.OfCall ofCall -> {
                    MDC.put("call", ofCall.call().value());
                    call(ofCall);
                }
            }
        } finally {
            MDC.clear();
        }
    }

    private void agent(AcdEvent.OfAgent event) {
        MDC.put("agent", event.agent().value());
        switch (event) {
            case AcdEvent.AgentChanged changed ->
                    LOG.debugf("agent changed: %s", Wording.state(changed.next()));
            case AcdEvent.AgentOverdue overdue -> {
                var limit = overdue.inShift() ? "in-shift" : "at-a-time";
                registry.counter("acd.agents.overdue", "limit", limit).increment();
                LOG.infof("agent overdue: %s", limit);
            }
            case AcdEvent.RegistrationRenewed renewed -> LOG.trace("registration renewed");
            case AcdEvent.AgentRemoved removed -> LOG.info("agent removed");
        }
    }

    private void callback(AcdEvent.OfCallback event) {
        switch (event) {
            case AcdEvent.CallbackChanged changed -> {
                MDC.put("queue", changed.next().queue().value());
                LOG.infof("callback %s: %s", changed.callback(), word(changed.next().state()));
            }
            case AcdEvent.CallbackEnded ended -> {
                registry.counter("acd.callbacks", "end", word(ended.end())).increment();
                LOG.infof("callback %s ended: %s", ended.callback(), word(ended.end()));
            }
        }
    }

    private static String word(Callback.State state) {
        return switch (state) {
            case Callback.State.InLine inLine -> "in line";
            case Callback.State.AtAgent at -> "at an agent";
            case Callback.State.Resting resting -> "resting";
            case Callback.State.Apologising apologising -> "apologising";
        };
    }

    private void call(AcdEvent.OfCall event) {
        switch (event) {
            case AcdEvent.CallQueued queued -> LOG.info("call queued");
            case AcdEvent.OfferMade made -> {
                about(made.offer().agent(), made.queue());
                LOG.info("offer made");
            }
            case AcdEvent.OfferAccepted accepted -> {
                about(accepted.agent(), Optional.empty());
                offer("accepted");
            }
            case AcdEvent.OfferEnded ended -> {
                about(ended.agent(), Optional.empty());
                offer(word(ended.end()));
            }
            case AcdEvent.CallReturned returned -> {
                about(returned.agent(), Optional.empty());
                LOG.info("call returned");
            }
            case AcdEvent.DeviceRung rung -> {
                about(rung.agent(), Optional.empty());
                LOG.info("device rung");
            }
            case AcdEvent.DeviceEnded ended -> {
                about(ended.agent(), Optional.empty());
                LOG.infof("device ended: %s", word(ended.end()));
            }
            case AcdEvent.CallOverflowed overflowed -> overflowed(overflowed);
            case AcdEvent.CallTold told -> ended("caller told", told.reason().end());
            case AcdEvent.CallDequeued dequeued -> dequeued(dequeued);
            case AcdEvent.ListeningChanged changed -> LOG.debug("caller hears something else");
            case AcdEvent.CallPlaced placed -> {
                about(placed.agent(), Optional.empty());
                LOG.info("call placed");
            }
            case AcdEvent.NumberDialled dialled -> LOG.info("number dialled");
            case AcdEvent.NumberAnswered answered -> LOG.info("number answered");
            case AcdEvent.CallEnding ending -> ended("call ending", ending.reason());
            case AcdEvent.CallMoved moved -> LOG.infof("call moved to %s", moved.sipIngress());
            case AcdEvent.CallReleased released -> ended("call released", released.reason());
        }
    }

    private static void about(AgentId agent, Optional<QueueId> queue) {
        MDC.put("agent", agent.value());
        queue.ifPresent(id -> MDC.put("queue", id.value()));
    }

    private void offer(String end) {
        registry.counter("acd.offers", "end", end).increment();
        LOG.infof("offer ended: %s", end);
    }

    /** Numbers and labels of what is tried stay in the event. */
    private void overflowed(AcdEvent.CallOverflowed overflowed) {
        overflowed.queue().ifPresent(id -> MDC.put("queue", id.value()));
        var why = word(overflowed.followed().why());
        var action =
                switch (overflowed.action()) {
                    case Action.ToQueue queue -> "queue";
                    case Action.ToPerson person -> "person";
                    case Action.ToNumber number -> "number";
                    case Action.ToFlow flow -> "flow";
                    case Action.BackToFlow back -> "back-to-flow";
                    case Action.RingStage stage -> "ring-group";
                    case Action.Announce announce -> "announcement";
                    case Action.TakeMessage message -> "message";
                    case Action.KeepWaiting keep -> "keep";
                };
        registry.counter("acd.calls.overflowed", "when", why, "action", action).increment();
        LOG.infof("call overflowed: %s, %s", why, action);
    }

    private void dequeued(AcdEvent.CallDequeued dequeued) {
        dequeued.queue().ifPresent(id -> MDC.put("queue", id.value()));
        var cause = word(dequeued.cause());
        registry.counter("acd.calls.dequeued", "cause", cause).increment();
        LOG.infof("call dequeued: %s", cause);
    }

    private static void ended(String what, EndReason reason) {
        MDC.put("endReason", word(reason.fault()) + "/" + reason.reason());
        LOG.info(what);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
