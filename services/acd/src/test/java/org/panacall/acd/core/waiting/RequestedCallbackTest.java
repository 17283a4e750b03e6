// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.acd.core.waiting.CallbackScene.dialled;
import static org.panacall.acd.core.waiting.CallbackScene.end;
import static org.panacall.acd.core.waiting.CallbackScene.lounge;
import static org.panacall.acd.core.waiting.CallbackScene.nothingOpen;
import static org.panacall.acd.core.waiting.CallbackScene.open;
import static org.panacall.acd.core.waiting.CallbackScene.promised;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.Refusal;
import org.panacall.acd.core.call.Caller;
import org.panacall.acd.core.id.CallbackId;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.plan.WaitingRoom;

/** Callbacks that somebody asks for who is not on the line, and those that are taken back. */
class RequestedCallbackTest {

    private static Optional<Refusal> wish(Lounge lounge, String id, QueueId queue, String name) {
        var patient =
                new Caller(
                        new LegId("leg_" + id),
                        Lounge.number(name),
                        new PartyNumber(""),
                        true,
                        Lounge.INGRESS,
                        Map.of());
        return lounge.send(new AcdCommand.RequestCallback(new CallbackId(id), queue, patient));
    }

    private static Optional<Refusal> wish(Lounge lounge, String id, String name) {
        return wish(lounge, id, Lounge.QUEUE, name);
    }

    private static Optional<Refusal> cancel(Lounge lounge, CallbackId id) {
        return lounge.send(new AcdCommand.CancelCallback(id));
    }

    @Test
    void aWishIsKeptInItsTurn() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        wish(lounge, "callback_w", "b");
        lounge.calls("c");

        // When
        lounge.comes(101, 102, 103);

        // Then
        var offers = lounge.events(AcdEvent.OfferMade.class);
        assertEquals(Lounge.call("a"), offers.get(0).call());
        assertEquals(open(lounge).standIn(), offers.get(1).call());
        assertEquals(Lounge.call("c"), offers.get(2).call());
        lounge.effects(AcdEffect.AddLeg.class);
        assertEquals(Lounge.number("b"), dialled(lounge).leg().party());
    }

    @Test
    void aWishThatIsToldTwiceIsOnePromise() {
        // Given
        var lounge = lounge();
        wish(lounge, "callback_w", "a");

        // When
        var again = wish(lounge, "callback_w", "a");

        // Then
        assertEquals(Optional.empty(), again);
        assertEquals(1, lounge.events(AcdEvent.CallbackChanged.class).size());
    }

    @Test
    void aWishForWhomIsPromisedOneAlreadyKeepsTheOlderPlace() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        promised(lounge, "a");
        var before = open(lounge);

        // When
        wish(lounge, "callback_w", "a");

        // Then
        assertEquals(before.id(), open(lounge).id());
        assertEquals(before.place(), open(lounge).place());
    }

    @Test
    void aQueueMakesNoMorePromisesThanItMay() {
        // Given
        var lounge = lounge();
        for (int i = 0; i < WaitingRoom.Rules.USUAL.capacity(); i++) {
            wish(lounge, "callback_" + i, Character.toString('A' + i));
        }

        // When
        var more = wish(lounge, "callback_more", "b");

        // Then
        assertInstanceOf(Refusal.CallbacksFull.class, more.orElseThrow());
        assertInstanceOf(
                Refusal.QueueUnknown.class,
                wish(lounge, "callback_x", new QueueId("nowhere"), "c").orElseThrow());
    }

    @Test
    void aPromiseThatIsTakenBackRingsNobodyAndLeavesTheLine() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        promised(lounge, "a");
        lounge.comes(101);
        var ring = lounge.only(AcdEffect.CreateCall.class);

        // When
        var refusal = cancel(lounge, open(lounge).id());

        // Then
        assertEquals(Optional.empty(), refusal);
        assertEquals(ring.leg().leg(), lounge.only(AcdEffect.HangUpLeg.class).leg());
        assertEquals(Callback.End.CANCELLED, end(lounge));
        assertTrue(nothingOpen(lounge));
        assertEquals(0, lounge.acd.waiting(Lounge.QUEUE));
    }

    @Test
    void whoIsBeingRungIsNotToBeForgotten() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        promised(lounge, "a");
        lounge.comes(101);
        dialled(lounge);

        // When
        var refusal = cancel(lounge, open(lounge).id());

        // Then
        assertInstanceOf(Refusal.CallbackUnderWay.class, refusal.orElseThrow());
        assertInstanceOf(
                Refusal.CallbackUnknown.class,
                cancel(lounge, new CallbackId("callback_none")).orElseThrow());
    }

    @Test
    void anotherLeaderKnowsTheWish() {
        // Given
        var lounge = lounge();
        wish(lounge, "callback_w", "a");
        lounge.calls("b");

        // When
        lounge.takeOver(2);

        // Then
        assertEquals(
                List.of(open(lounge).standIn(), Lounge.call("b")),
                lounge.acd.line(Lounge.QUEUE).stream().map(call -> call.id()).toList());
    }
}
