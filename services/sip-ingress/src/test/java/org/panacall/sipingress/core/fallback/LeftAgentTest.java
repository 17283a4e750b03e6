// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.sipingress.core.b2bua.World;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.command.Order;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.LegPlan;
import org.panacall.sipingress.core.leg.LegRole;
import org.panacall.sipingress.core.sdp.Bodies;

/** Agents whom acd rang for a caller, and whose answer it did not live to hear. */
class LeftAgentTest {

    private static final Controller ACD = new Controller(Controller.Kind.ACD, "demo");
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration GRACE = Duration.ofSeconds(11);

    private final World world = new World();
    private final Phones phones = new Phones(world);
    private int effects;

    private Order.Stamp stamp() {
        return new Order.Stamp("effect-" + ++effects, 1, ACD);
    }

    private Call call() {
        return List.copyOf(world.core().callsAfter(new CallId("_"))).getFirst();
    }

    private void offer(String extension) {
        var plan =
                new LegPlan(
                        new LegId("leg-" + extension),
                        LegRole.AGENT,
                        new LegPlan.Target.Extension(extension),
                        "+79161234567",
                        "",
                        Duration.ofSeconds(30),
                        "agent_" + extension);
        assertEquals(Optional.empty(), world.send(new Order.AddLeg(stamp(), call().id(), plan)));
        world.run(SOON);
    }

    @BeforeEach
    void acdTakesACallerAndOffersHim() {
        world.send(new IngressCommand.WatchController(ACD, true));
        world.ring(World.CARRIER, "74950000101", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        var ask = world.asked().getLast();
        world.send(new IngressCommand.ControllerTook(ask.handed().call(), ask.request(), ACD));
        offer("103");
        offer("104");
        phones.ring("104");
        world.run(SOON);
        world.send(new IngressCommand.WatchController(ACD, false));
    }

    @Test
    void whoAnsweredTalksWithTheCallerWhenNobodySucceedsAcd() {
        // Given
        phones.answer("103");
        world.run(Duration.ofSeconds(5));
        assertFalse(call().hasTalk(), "another leader would join them");
        // When
        world.run(GRACE);
        // Then
        var agent = call().leg(new LegId("leg-103")).orElseThrow();
        assertTrue(world.media().hears(call().id(), call().primary().id(), agent.id()));
        assertTrue(world.media().hears(call().id(), agent.id(), call().primary().id()));
        assertTrue(phones.isCancelled("104"));
        assertEquals(0, world.core().kept());
        var told = world.told().stream().map(IngressEffect.Tell::notice).toList();
        assertTrue(told.contains(new Notice.ControlLost(World.settings().us())));
        var id = call().id();
        phones.hangUp("103");
        world.run(Duration.ofMinutes(2));
        assertEquals("agent-hung-up", world.audit().endOf(id).reason());
        world.verifyNothingIsLeft();
    }

    @Test
    void whoDidNotAnswerIsRungNoLongerAndTheCallerIsKept() {
        // When
        world.run(GRACE);
        // Then
        assertTrue(phones.isCancelled("103"));
        assertTrue(phones.isCancelled("104"));
        var ask = world.asked().getLast();
        world.send(new IngressCommand.ControllerAway(ask.handed().call(), ask.request()));
        world.run(SOON);
        assertEquals(1, world.core().kept());
    }
}
