// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.acd.core.waiting.CallbackScene.dialled;
import static org.panacall.acd.core.waiting.CallbackScene.end;
import static org.panacall.acd.core.waiting.CallbackScene.lounge;
import static org.panacall.acd.core.waiting.CallbackScene.open;
import static org.panacall.acd.core.waiting.CallbackScene.promised;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.call.Sound;

/** Who hangs up to be called back keeps his place in line, and an agent is rung before him. */
class CallbackTest {

    private static final Duration HELD = Duration.ofHours(1);

    @Test
    void theAgentIsRungFirstAndToldThatItIsACallbackThenThePatientIsDialled() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        promised(lounge, "a");

        // When
        lounge.comes(101);
        var ring = lounge.only(AcdEffect.CreateCall.class);
        lounge.answered(ring.order().call(), ring.leg().leg());
        var whisper = lounge.said();
        assertEquals(List.of(), lounge.effects(AcdEffect.AddLeg.class));
        lounge.played(ring.order().call(), whisper);

        // Then
        assertEquals(Optional.of(Lounge.agentId(101)), ring.leg().agent());
        assertEquals(AcdEffect.CreateCall.CALLBACK, ring.origin());
        assertEquals(List.of("callback/whisper"), Lounge.prompts(whisper));
        var dialled = lounge.only(AcdEffect.AddLeg.class).leg();
        assertEquals(Lounge.number("a"), dialled.party());
        assertEquals(Lounge.CLINIC, dialled.shown().number());
    }

    @Test
    void aLostEndOfTheWhisperDialsAllTheSame() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        promised(lounge, "a");
        lounge.comes(101);
        var ring = lounge.only(AcdEffect.CreateCall.class);
        lounge.answered(ring.order().call(), ring.leg().leg());

        // When
        lounge.after(8);

        // Then
        assertEquals(Lounge.number("a"), lounge.only(AcdEffect.AddLeg.class).leg().party());
    }

    @Test
    void patientAndAgentTalkAndThePromiseIsKept() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        promised(lounge, "a");
        lounge.comes(101);
        var dialled = dialled(lounge);

        // When
        lounge.answered(dialled.order().call(), dialled.leg().leg());

        // Then
        lounge.only(AcdEffect.JoinLegs.class);
        assertEquals(Callback.End.REACHED, end(lounge));
        lounge.over(dialled.order().call());
        assertInstanceOf(AgentState.Ready.class, lounge.agent(101).state());
    }

    @Test
    void theCallbackComesInItsOriginalPlace() {
        // Given: a, b and c wait; b is to be called back
        var lounge = lounge();
        for (var name : List.of("a", "b", "c")) {
            lounge.calls(name);
        }
        promised(lounge, "b");

        // When
        lounge.comes(101, 102, 103);

        // Then
        var offers = lounge.events(AcdEvent.OfferMade.class);
        assertEquals(Lounge.call("a"), offers.get(0).call());
        assertEquals(open(lounge).standIn(), offers.get(1).call());
        assertEquals(Lounge.call("c"), offers.get(2).call());
    }

    /** Urgency and needs are the caller's and go with him. */
    @Test
    void anUrgentPatientIsCalledBackBeforeThoseWhoCameEarlier() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        lounge.calls("b", Lounge.number("b").value(), Map.of("priority", "30"));
        promised(lounge, "b");
        lounge.calls("c", Lounge.number("c").value(), Map.of("priority", "31"));

        // When
        lounge.comes(101, 102, 103);

        // Then
        var offers = lounge.events(AcdEvent.OfferMade.class);
        assertEquals(Lounge.call("c"), offers.get(0).call());
        assertEquals(open(lounge).standIn(), offers.get(1).call());
        assertEquals(Lounge.call("a"), offers.get(2).call());
    }

    /** FreePBX #621: callbacks come back with priority 5 and starve those who wait. */
    @Test
    void manyCallbacksDelayNobodyWhoCameBefore() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        for (int later = 0; later < 10; later++) {
            lounge.calls("b" + later);
        }
        lounge.after(10);
        for (int later = 0; later < 10; later++) {
            lounge.presses("b" + later, "11");
            lounge.over(Lounge.call("b" + later));
        }
        lounge.calls("z");

        // When
        lounge.comes(101);
        var first = lounge.only(AcdEffect.AddLeg.class);

        // Then: a first, and z after the ten
        assertEquals(Lounge.call("a"), first.order().call());
        lounge.ended(first.order().call(), first.leg().leg(), "cancelled", 0);
        assertEquals(12, lounge.acd.waiting(Lounge.QUEUE));
    }

    /** FreePBX #621: more callbacks are launched than agents are free. */
    @Test
    void thereAreNeverMoreCallbacksUnderWayThanFreeAgents() {
        // Given
        var lounge = lounge();
        for (int patient = 0; patient < 5; patient++) {
            lounge.calls("p" + patient);
        }
        lounge.after(10);
        for (int patient = 0; patient < 5; patient++) {
            lounge.presses("p" + patient, "11");
            lounge.over(Lounge.call("p" + patient));
        }

        // When
        lounge.comes(101, 102);

        // Then
        assertEquals(2, lounge.effects(AcdEffect.CreateCall.class).size());
        lounge.after(600);
    }

    @Test
    void anAgentWhoMissesACallbackLeavesItInItsPlace() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        lounge.calls("b");
        promised(lounge, "a");
        lounge.comes(101);
        var ring = lounge.only(AcdEffect.CreateCall.class);

        // When
        lounge.ended(ring.order().call(), ring.leg().leg(), "no-answer", 487);
        lounge.over(ring.order().call());
        lounge.comes(102);

        // Then
        var next = lounge.only(AcdEffect.CreateCall.class);
        assertEquals(Optional.of(Lounge.agentId(102)), next.leg().agent());
    }

    @Test
    void anAgentWhoHangsUpBeforeThePatientIsReachedLosesNobody() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        promised(lounge, "a");
        lounge.comes(101);
        var ring = lounge.only(AcdEffect.CreateCall.class);
        var call = ring.order().call();
        lounge.answered(call, ring.leg().leg());

        // When
        lounge.ended(call, ring.leg().leg(), "hung-up", 0);
        lounge.over(call);

        // Then
        assertTrue(open(lounge).inLine() || !lounge.effects(AcdEffect.CreateCall.class).isEmpty());
    }

    @Test
    void aPositionThatRoseIsNotSaid() {
        // Given: the callback before b rests, so that b is told he is next
        var lounge = lounge();
        lounge.calls("a");
        lounge.calls("b");
        promised(lounge, "a");
        lounge.comes(101);
        var dialled = dialled(lounge);
        lounge.goes(101);
        lounge.ended(dialled.order().call(), dialled.leg().leg(), "busy", 486);
        lounge.over(dialled.order().call());
        lounge.after(60);
        assertEquals(1, told(lounge));

        // When: it is back in its place
        lounge.after(180);

        // Then
        assertEquals(2, lounge.acd.waiting(Lounge.QUEUE));
        assertEquals(1, told(lounge));
        lounge.after(60);
        lounge.effects(AcdEffect.Play.class).stream()
                .filter(play -> play.sound() instanceof Sound.Announcement)
                .map(Lounge::prompts)
                .forEach(
                        said ->
                                assertTrue(
                                        said.stream().noneMatch(id -> id.startsWith("wait/ah"))));
    }

    private static int told(Lounge lounge) {
        return lounge.acd.waits().listening(Lounge.call("b")).orElseThrow().told().position();
    }

    @Test
    void aNewLeaderRingsTheSamePhoneInTheSameCall() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        promised(lounge, "a");
        lounge.comes(101);
        var ring = lounge.only(AcdEffect.CreateCall.class);

        // When
        lounge.takeOver(2);

        // Then
        var again = lounge.only(AcdEffect.CreateCall.class);
        assertEquals(ring.order().effectId(), again.order().effectId());
        assertEquals(ring.leg(), again.leg());
    }

    @Test
    void aCallbackIsNoOrphanAtReconciliation() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        promised(lounge, "a");
        lounge.comes(101);
        var ring = lounge.only(AcdEffect.CreateCall.class);
        lounge.after(5);

        // When
        var seen =
                new AcdCommand.SeenCall(
                        ring.order().call(), true, false, Map.of(ring.leg().leg(), false));
        lounge.send(new AcdCommand.ReconcileCalls(Lounge.INGRESS, HELD, List.of(seen)));

        // Then
        assertEquals(List.of(), lounge.effects(AcdEffect.HangUpCall.class));
        assertTrue(open(lounge).inLine());
    }

    @Test
    void aStandInIsNotMissedAtReconciliation() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        promised(lounge, "a");

        // When
        for (int look = 0; look < 5; look++) {
            lounge.after(10);
            lounge.send(new AcdCommand.ReconcileCalls(Lounge.INGRESS, HELD, List.of()));
        }
        lounge.send(new AcdCommand.LoseSipIngress(Lounge.INGRESS));

        // Then
        assertTrue(open(lounge).inLine());
        assertEquals(1, lounge.acd.waiting(Lounge.QUEUE));
    }
}
