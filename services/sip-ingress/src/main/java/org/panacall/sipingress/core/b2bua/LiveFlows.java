// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import java.util.Optional;
import java.util.TreeMap;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallEvent;
import org.panacall.sipingress.core.call.CallSettings;
import org.panacall.sipingress.core.call.Control;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.call.Refusal;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.leg.EndReason;
import org.panacall.sipingress.core.leg.Leg;
import org.panacall.sipingress.core.leg.LegRole;
import org.panacall.sipingress.core.plan.Destination;

/**
 * Flows that somebody asks for while a caller talks with an agent. The talk goes on until ivr has
 * the caller; then the agent's leg ends, and acd hears that he goes on into a flow, as after a talk
 * that a flow follows. While ivr is not to be had nothing changes.
 */
final class LiveFlows {

    /** Variable of a flow that tells with whom the caller talked. */
    private static final String AGENT = "agent";

    private static final EndReason INTO_FLOW = new EndReason(EndReason.Fault.NONE, "flow-run");

    private final CallSettings settings;
    private final Endings endings;
    private final Talks talks;
    private final Routing routing;

    LiveFlows(CallSettings settings, Endings endings, Talks talks, Routing routing) {
        this.settings = settings;
        this.endings = endings;
        this.talks = talks;
        this.routing = routing;
    }

    /** Asks ivr to take the caller out of his talk. */
    Optional<Refusal> ask(Call call, Destination.Flow wanted, Emitted out) {
        var agent = agent(call);
        if (agent.isEmpty()) return refused("the caller talks with no agent");
        if (call.requests().aside().isPresent()) return refused("a flow is being asked for");
        var variables = new TreeMap<>(wanted.entry().variables());
        variables.put(AGENT, agent.get().party());
        var flow = new Destination.Flow(wanted.target(), Destination.Entry.with(variables));
        var patience = settings.controllerTimeout();
        long request = Routing.request(call, flow, patience, out);
        call.requests()
                .aside(Optional.of(new Control.Asked(flow, request, out.now().plus(patience))));
        return Optional.empty();
    }

    private static Optional<Refusal> refused(String detail) {
        return Optional.of(Refusal.wrongState(detail));
    }

    /** The agent with whom the caller talks. */
    private static Optional<Leg> agent(Call call) {
        return call.partners(call.primary().id()).stream()
                .filter(leg -> leg.role() == LegRole.AGENT)
                .findFirst();
    }

    /** Whether ivr took a caller upon that request; if so the agent is free. */
    boolean took(Call call, long request, Controller ivr, Emitted out) {
        var asked = asked(call, request);
        asked.ifPresent(aside -> take(call, aside, ivr, out));
        return asked.isPresent();
    }

    /** Its first order may overtake its answer. */
    boolean tookByOrder(Call call, Controller ivr, Emitted out) {
        boolean asked = call.requests().aside().isPresent() && ivr.kind() == Controller.Kind.IVR;
        if (asked) take(call, call.requests().aside().get(), ivr, out);
        return asked;
    }

    /** Whether that request was about such a flow, which is not to be had: the talk goes on. */
    boolean failed(Call call, long request, Emitted out) {
        var asked = asked(call, request);
        if (asked.isEmpty()) return false;
        call.requests().aside(Optional.empty());
        out.count(IngressEffect.Counted.FLOW_NOT_RUN);
        out.fact(call, new CallEvent.FlowNotRun(asked.get().target().target()));
        return true;
    }

    /** The agent hung up before: nobody is left to go on talking with, and the caller waits. */
    void agentLeft(Call call) {
        call.requests().aside().ifPresent(call::control);
        call.requests().aside(Optional.empty());
    }

    private static Optional<Control.Asked> asked(Call call, long request) {
        return call.requests().aside().filter(aside -> aside.request() == request);
    }

    private void take(Call call, Control.Asked aside, Controller ivr, Emitted out) {
        call.requests().aside(Optional.empty());
        call.requests().taken(aside.request());
        call.waitsSince(Optional.empty());
        var caller = call.primary();
        if (caller.heldByUs()) {
            caller.holdByUs(false);
            talks.holdChanged(call, caller, true, out);
        }
        var flow = aside.target().target();
        agent(call).ifPresent(agent -> endings.release(call, agent, INTO_FLOW, flow, out));
        routing.give(call, ivr, Optional.of(aside.target()), out);
    }
}
