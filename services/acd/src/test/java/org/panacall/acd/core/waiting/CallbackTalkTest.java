// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.acd.core.waiting.CallbackScene.causes;
import static org.panacall.acd.core.waiting.CallbackScene.lounge;
import static org.panacall.acd.core.waiting.CallbackScene.nothingOpen;
import static org.panacall.acd.core.waiting.CallbackScene.open;
import static org.panacall.acd.core.waiting.CallbackScene.room;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEvent.CallDequeued.Cause;
import org.panacall.acd.core.id.PartyNumber;

/** How a caller asks to be called back, by keys. */
class CallbackTalkTest {

    @Test
    void aCallbackIsOfferedOnlyWhenMoreThanSoManyWait() {
        // Given
        var lounge = new Lounge(room(1, false));
        lounge.calls("a");
        lounge.effects(AcdEffect.Play.class);

        // When
        lounge.after(10);
        var alone = lounge.said();
        lounge.played(Lounge.call("a"), alone);
        lounge.calls("b");
        lounge.effects(AcdEffect.Play.class);
        lounge.after(10);

        // Then
        assertEquals(List.of("wait/next"), Lounge.prompts(alone));
        assertTrue(Lounge.prompts(lounge.said()).contains("callback/offer"));
    }

    @Test
    void aKeyMeansNothingBeforeACallbackWasOffered() {
        // Given
        var lounge = lounge();
        lounge.calls("a");

        // When
        lounge.presses("a", "11");

        // Then
        assertTrue(nothingOpen(lounge));
        assertEquals(List.of(), causes(lounge));
    }

    @Test
    void theNumberIsReadOutAndConfirmedByKey() {
        // Given
        var lounge = lounge();
        lounge.calls("a", "+79161234567");
        lounge.after(10);
        lounge.effects(AcdEffect.Play.class);

        // When
        lounge.presses("a", "1");

        // Then
        assertEquals(
                List.of(
                        "callback/your-number",
                        "digit/7",
                        "digit/9",
                        "digit/1",
                        "digit/6",
                        "digit/1",
                        "digit/2",
                        "digit/3",
                        "digit/4",
                        "digit/5",
                        "digit/6",
                        "digit/7",
                        "callback/confirm"),
                Lounge.prompts(lounge.said()));
        assertTrue(nothingOpen(lounge));
    }

    @Test
    void whoIsPromisedACallbackHearsSoAndIsHungUpOnAndIsNotAbandoned() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        lounge.after(10);
        lounge.presses("a", "1");
        lounge.effects(AcdEffect.Play.class);

        // When
        lounge.presses("a", "1");
        var goodbye = lounge.said();
        lounge.played(Lounge.call("a"), goodbye);

        // Then
        assertEquals(List.of("callback/promised"), Lounge.prompts(goodbye));
        assertEquals(
                "callback-promised", lounge.only(AcdEffect.HangUpCall.class).reason().reason());
        assertEquals(List.of(Cause.CALLBACK_PROMISED), causes(lounge));
        assertEquals(Lounge.number("a"), open(lounge).caller().number());
    }

    @Test
    void whoWithholdsHisNumberTypesOne() {
        // Given
        var lounge = lounge();
        lounge.calls("a", "");
        lounge.after(10);
        lounge.effects(AcdEffect.Play.class);

        // When
        lounge.presses("a", "1");
        var asked = lounge.said();
        lounge.presses("a", "79161234567#");
        lounge.presses("a", "1");

        // Then
        assertEquals(List.of("callback/type-number"), Lounge.prompts(asked));
        assertEquals(new PartyNumber("+79161234567"), open(lounge).caller().number());
    }

    @Test
    void anotherNumberThanHisOwnMayBeGiven() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        lounge.after(10);

        // When: he types a wrong digit, and clears it
        lounge.presses("a", "12");
        lounge.presses("a", "799*");
        lounge.presses("a", "79031112233#1");

        // Then
        assertEquals(new PartyNumber("+79031112233"), open(lounge).caller().number());
    }

    @Test
    void whoTypesNoNumberThreeTimesGoesOnWaitingInHisPlace() {
        // Given
        var lounge = lounge();
        lounge.calls("a", "");
        lounge.calls("b");
        lounge.after(10);

        // When
        lounge.presses("a", "1");
        lounge.presses("a", "12#");
        lounge.presses("a", "12#");
        lounge.effects(AcdEffect.Play.class);
        lounge.presses("a", "12#");

        // Then
        assertEquals(List.of(), causes(lounge));
        lounge.only(AcdEffect.Play.class);
        lounge.comes(101);
        assertEquals(Lounge.call("a"), lounge.only(AcdEffect.AddLeg.class).order().call());
    }

    @Test
    void whoPressesNothingIsAskedAgainAndThenGoesOnWaiting() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        lounge.after(10);
        lounge.presses("a", "1");
        lounge.played(Lounge.call("a"), lounge.effects(AcdEffect.Play.class).getLast());
        lounge.effects(AcdEffect.Play.class);

        // When
        lounge.after(25);
        var again = lounge.said();

        // Then
        assertTrue(Lounge.prompts(again).contains("callback/confirm"));
        lounge.after(300);
        assertInstanceOf(
                Dialogue.Offered.class,
                lounge.acd.waits().listening(Lounge.call("a")).orElseThrow().dialogue());
    }

    @Test
    void noNumberIsPrintedByWhatIsLogged() {
        // Given
        var lounge = lounge();
        lounge.calls("a", "");
        lounge.after(10);
        lounge.presses("a", "179161234567#");

        // Then
        var printed = lounge.events.toString() + lounge.acd.fingerprint();
        assertTrue(!printed.contains("79161234567"), "a number is printed");
    }

    /** FreePBX #525: several callbacks to one number at the same time. */
    @Test
    void twoPromisesToOneNumberAreOne() {
        // Given
        var lounge = lounge();
        lounge.calls("a", "+79161234567");
        lounge.calls("b", "+79161234567");

        // When
        lounge.after(10);
        lounge.presses("a", "11");
        lounge.presses("b", "11");

        // Then
        var callback = open(lounge);
        assertEquals(new PartyNumber("+79161234567"), callback.caller().number());
        assertEquals(1, callback.place().arrival());
        assertEquals(List.of(Cause.CALLBACK_PROMISED, Cause.CALLBACK_PROMISED), causes(lounge));
    }
}
