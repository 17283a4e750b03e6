// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.fallback;

import java.time.Duration;
import java.util.List;
import org.panacall.sipingress.core.b2bua.World;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.command.Order;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.dialog.UserAgentOutput;
import org.panacall.sipingress.core.leg.LegPlan;
import org.panacall.sipingress.core.leg.LegRole;
import org.panacall.sipingress.core.plan.Destination;
import org.panacall.sipingress.core.plan.TenantId;
import org.panacall.sipingress.core.sdp.Bodies;

/** A world with one call, and what ivr and acd do with it. */
abstract class ControlledCall {

    static final Controller IVR = new Controller(Controller.Kind.IVR, "ivr-1-a");
    static final Controller ACD = Controller.acdOf(new TenantId("demo"));
    static final Duration SOON = Duration.ofMillis(100);
    static final LegId AGENT = new LegId("leg_agent");

    final World world = new World();
    private int effects;

    Order.Stamp by(Controller controller) {
        return new Order.Stamp("effect-" + ++effects, 1, controller);
    }

    /** The one of the last order. */
    Order.Stamp again(Controller controller) {
        return new Order.Stamp("effect-" + effects, 1, controller);
    }

    Call call() {
        return world.core().callsAfter(new CallId("_")).iterator().next();
    }

    /** Who was asked last takes the call. */
    void take(Controller controller) {
        var ask = world.asked().getLast();
        world.send(
                new IngressCommand.ControllerTook(ask.handed().call(), ask.request(), controller));
        world.send(new IngressCommand.WatchController(controller, true));
    }

    /**
     * The caller, whom acd has, talks with agent 104; returns the agent's side.
     *
     * @param afterTalk the flow that is to follow, or nothing
     */
    LegId talk(String afterTalk) {
        var target = new LegPlan.Target.Extension("104");
        var ring = Duration.ofSeconds(15);
        var plan = new LegPlan(AGENT, LegRole.AGENT, target, "+79", "", ring, "agent_104");
        world.send(new Order.AddLeg(by(ACD), call().id(), plan));
        world.run(SOON);
        var phone =
                world.heard().stream()
                        .filter(UserAgentOutput.Invited.class::isInstance)
                        .map(UserAgentOutput.Invited.class::cast)
                        .reduce((one, other) -> other)
                        .orElseThrow()
                        .leg();
        world.party(new UserAgentCommand.Accept(phone, Bodies.A_LAW));
        world.run(SOON);
        var caller = call().primary().id();
        world.send(new Order.JoinLegs(by(ACD), call().id(), caller, AGENT, afterTalk));
        world.run(SOON);
        return phone;
    }

    /** The flow that ivr was asked for last. */
    Destination.Flow askedFlow() {
        return (Destination.Flow) world.asked().getLast().target();
    }

    List<Notice> toldAcd() {
        return world.told().stream()
                .filter(tell -> tell.to().equals(ACD))
                .map(IngressEffect.Tell::notice)
                .toList();
    }
}
