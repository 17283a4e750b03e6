// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.call.Refusal;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.Order;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.plan.Destination;
import org.panacall.sipingress.core.sdp.Bodies;

class HeirsOfControllersTest {

    private static final Controller IVR = new Controller(Controller.Kind.IVR, "ivr-1-a");
    private static final Controller ACD = new Controller(Controller.Kind.ACD, "demo");
    private static final Duration SOON = Duration.ofMillis(100);

    private final World world = new World();
    private int effects;

    private Order.Stamp by(Controller controller) {
        return new Order.Stamp("effect-" + ++effects, 1, controller);
    }

    private Call call() {
        return world.core().callsAfter(new CallId("_")).iterator().next();
    }

    private LegId callerLeg() {
        return call().primary().id();
    }

    private void ringAndTake(String dialled, Controller controller) {
        world.ring(World.CARRIER, dialled, Optional.of(Bodies.BOTH));
        world.run(SOON);
        var ask = world.asked().getLast();
        world.send(
                new IngressCommand.ControllerTook(ask.handed().call(), ask.request(), controller));
        world.send(new IngressCommand.WatchController(controller, true));
    }

    @Test
    void anHeirOfIvrSpeaksInItsNameByANewerEpochAndOtherRunsAreNotItsConcern() {
        // Given
        ringAndTake("74950000100", IVR);
        var first = new Order.Stamp("e1", 1, IVR);
        var other = new Controller(Controller.Kind.IVR, "ivr-2");
        world.send(new Order.RingLeg(first, call().id(), callerLeg(), false));
        // When
        var heir = ring(new Order.Stamp("e2", 7, IVR));
        var dead = ring(new Order.Stamp("e3", 1, IVR));
        var stranger = ring(new Order.Stamp("e4", 9, other));
        // Then
        assertEquals(Optional.empty(), heir);
        assertEquals(Refusal.Kind.STALE, dead.orElseThrow().kind());
        assertEquals(Refusal.Kind.NOT_CONTROLLER, stranger.orElseThrow().kind());
        assertEquals(Optional.empty(), ring(new Order.Stamp("e5", 7, IVR)));
    }

    private Optional<Refusal> ring(Order.Stamp stamp) {
        return world.send(new Order.RingLeg(stamp, call().id(), callerLeg(), false));
    }

    @Test
    void whoIsSentToAQueueThatNobodyLeadsHearsMusicUntilSomebodyTakesHim() {
        // Given
        ringAndTake("74950000100", IVR);
        world.send(new Order.AnswerLeg(by(IVR), call().id(), callerLeg()));
        world.run(SOON);
        var queue = new Destination.Queue("registry");
        world.send(new Order.HandOver(by(IVR), call().id(), queue));
        // When
        world.run(Duration.ofSeconds(4));
        // Then
        assertTrue(world.media().playOn(callerLeg()).orElseThrow().program().repeat());
        var asked = world.asked().getLast();
        world.send(new IngressCommand.ControllerTook(call().id(), asked.request(), ACD));
        assertEquals(Optional.of(ACD), call().controller());
    }

    @Test
    void aControllerThatIsReportedAwayAgainAndAgainIsLostAllTheSame() {
        // Given
        ringAndTake("74950000100", IVR);
        world.send(new Order.AnswerLeg(by(IVR), call().id(), callerLeg()));
        // When
        for (int second = 0; second < 11; second++) {
            world.send(new IngressCommand.WatchController(IVR, false));
            world.run(Duration.ofSeconds(1));
        }
        // Then
        assertEquals("registry", world.asked().getLast().target().target());
    }
}
