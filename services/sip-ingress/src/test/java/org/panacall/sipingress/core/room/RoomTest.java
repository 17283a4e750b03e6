// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.sipingress.core.b2bua.World;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallEvent;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.call.Refusal;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.command.Order;
import org.panacall.sipingress.core.plan.Destination;
import org.panacall.sipingress.core.sdp.Bodies;

/** Callers in rooms: all at one media node, wherever they were, and together after its death. */
class RoomTest {

    private static final Controller IVR = new Controller(Controller.Kind.IVR, "ivr-1-a");
    private static final Duration SOON = Duration.ofMillis(100);
    private static final RoomWish ROOM = new RoomWish("700", 2, List.of(), true);

    private final World world = new World();
    private int effects;

    private Order.Stamp stamp() {
        return new Order.Stamp("effect-" + ++effects, 0, IVR);
    }

    private Call call(CallId id) {
        return world.core().call(id).orElseThrow();
    }

    /** An answered caller in a flow. */
    private CallId caller() {
        world.ring(World.CARRIER, "74950000100", Optional.of(Bodies.BOTH));
        world.run(SOON);
        var ask = world.asked().getLast();
        var id = ask.handed().call();
        world.send(new IngressCommand.ControllerTook(id, ask.request(), IVR));
        world.send(new IngressCommand.WatchController(IVR, true));
        world.send(new Order.AnswerLeg(stamp(), id, call(id).primary().id()));
        world.run(SOON);
        return id;
    }

    private Optional<Refusal> join(CallId id, RoomWish room) {
        var refusal = world.send(new Order.JoinRoom(stamp(), id, call(id).primary().id(), room));
        world.run(SOON);
        return refusal;
    }

    private Optional<String> roomOf(CallId id) {
        return world.media().roomOf(call(id).primary().id());
    }

    @Test
    void aCallerJoinsARoomAndLeavesIt() {
        // Given
        var id = caller();
        // When, then
        assertEquals(Optional.empty(), join(id, ROOM));
        assertEquals(Optional.of("700"), roomOf(id));
        world.send(new Order.LeaveRoom(stamp(), id, call(id).primary().id()));
        world.run(SOON);
        assertEquals(Optional.empty(), roomOf(id));
        var events = world.audit().facts().stream().map(fact -> fact.event()).toList();
        var leg = call(id).primary().id();
        assertTrue(events.contains(new CallEvent.RoomJoined(leg, "700")));
        assertTrue(events.contains(new CallEvent.RoomLeft(leg, "700")));
    }

    @Test
    void whoComesFromAnotherMediaNodeGoesToTheRooms() {
        // Given
        world.media().add("media-2");
        var first = caller();
        var second = caller();
        assertTrue(!call(first).node().equals(call(second).node()), "both at one node");
        // When
        join(first, ROOM);
        join(second, ROOM);
        world.run(Duration.ofSeconds(3));
        // Then
        assertEquals(call(first).node(), call(second).node());
        assertEquals(Optional.of("700"), roomOf(first));
        assertEquals(Optional.of("700"), roomOf(second));
    }

    @Test
    void aDeadNodesRoomIsTogetherAtAnother() {
        // Given
        world.media().add("media-2");
        var first = caller();
        var second = caller();
        join(first, ROOM);
        join(second, ROOM);
        world.run(Duration.ofSeconds(3));
        var node = call(first).node().orElseThrow();
        // When
        world.media().kill(node);
        world.run(Duration.ofSeconds(10));
        // Then
        assertTrue(!call(first).node().equals(Optional.of(node)));
        assertEquals(call(first).node(), call(second).node());
        assertEquals(Optional.of("700"), roomOf(first));
        assertEquals(Optional.of("700"), roomOf(second));
    }

    @Test
    void whoFindsTheRoomFullIsToldSo() {
        // Given
        join(caller(), ROOM);
        join(caller(), ROOM);
        var third = caller();
        // When
        join(third, ROOM);
        // Then
        var told = new Notice.RoomEnded(call(third).primary().id(), "700", Notice.RoomOutcome.FULL);
        assertEquals(told, world.told().getLast().notice());
        assertEquals(Optional.empty(), roomOf(third));
        assertTrue(world.counted().contains(IngressEffect.Counted.ROOM_FULL));
    }

    @Test
    void whoHoldsIsNotHeardMeanwhile() {
        // Given
        var id = caller();
        join(id, ROOM);
        var leg = call(id).primary().id();
        // When, then
        world.send(new Order.HoldLeg(stamp(), id, leg, true));
        world.run(SOON);
        assertEquals(Optional.empty(), roomOf(id));
        world.send(new Order.HoldLeg(stamp(), id, leg, false));
        world.run(SOON);
        assertEquals(Optional.of("700"), roomOf(id));
    }

    @Test
    void whoIsHandedOnLeavesTheRoom() {
        // Given
        var id = caller();
        join(id, ROOM);
        // When
        world.send(new Order.HandOver(stamp(), id, new Destination.Queue("registry")));
        world.run(SOON);
        // Then
        assertEquals(Optional.empty(), roomOf(id));
    }

    @Test
    void anHeirIsToldAgainAndNothingChanges() {
        // Given
        var id = caller();
        join(id, ROOM);
        // When
        world.die();
        world.send(new IngressCommand.WatchController(IVR, true));
        join(id, ROOM);
        // Then
        assertEquals(Optional.of("700"), roomOf(id));
        world.send(new Order.LeaveRoom(stamp(), id, call(id).primary().id()));
        world.run(SOON);
        assertEquals(Optional.empty(), roomOf(id));
    }

    @Test
    void anHeirKnowsWhoIsInARoom() {
        // Given
        var id = caller();
        join(id, ROOM);
        // When
        world.die();
        world.send(new Order.HandOver(stamp(), id, new Destination.Queue("registry")));
        world.run(SOON);
        // Then
        assertEquals(Optional.empty(), roomOf(id));
    }

    @Test
    void whoIsNotAnsweredJoinsNothing() {
        // Given
        world.ring(World.CARRIER, "74950000100", Optional.of(Bodies.BOTH));
        world.run(SOON);
        var ask = world.asked().getLast();
        var id = ask.handed().call();
        world.send(new IngressCommand.ControllerTook(id, ask.request(), IVR));
        // When
        var refusal = join(id, ROOM);
        // Then
        assertEquals(Refusal.Kind.WRONG_STATE, refusal.orElseThrow().kind());
    }
}
