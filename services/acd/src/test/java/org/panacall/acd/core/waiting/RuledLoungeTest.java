// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.acd.core.waiting.CallbackScene.end;
import static org.panacall.acd.core.waiting.CallbackScene.lounge;
import static org.panacall.acd.core.waiting.CallbackScene.nothingOpen;
import static org.panacall.acd.core.waiting.CallbackScene.open;
import static org.panacall.acd.core.waiting.CallbackScene.promised;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.call.Sound;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.plan.Devices;
import org.panacall.acd.core.plan.Devices.Device;
import org.panacall.acd.core.plan.QueueRules;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.core.rules.Action;
import org.panacall.acd.core.rules.OverflowRule;
import org.panacall.acd.core.rules.Why;

/** Waiting rooms of queues with rules for their calls, and callbacks to agents of many devices. */
class RuledLoungeTest {

    private static final Devices TWO =
            new Devices(
                    List.of(
                            new Device(Devices.Kind.PHONE, new PartyNumber("101")),
                            new Device(Devices.Kind.BROWSER, new PartyNumber("101w"))),
                    false,
                    Duration.ofSeconds(4));

    private static QueueRules afterWaiting(int seconds, Action... then) {
        var rule = new OverflowRule(Why.WAITED_TOO_LONG, Duration.ofSeconds(seconds), then);
        return new QueueRules(
                Optional.empty(), List.of(), List.of(rule), Optional.empty(), OptionalInt.empty());
    }

    /** On both devices at once. */
    private static void signIn(Lounge lounge) {
        var hour = Duration.ofHours(1);
        var both = Map.of(Lounge.extension(101), hour, new Extension("101w"), hour);
        lounge.send(new AcdCommand.RenewRegistrations(both, false));
    }

    @Test
    void allDevicesOfAnAgentRingForACallbackAndTheFirstToAnswerSilencesTheOthers() {
        // Given
        var lounge = lounge();
        lounge.equip(101, TWO);
        lounge.calls("a");
        promised(lounge, "a");
        signIn(lounge);
        var rings = lounge.effects(AcdEffect.CreateCall.class);
        assertEquals(2, rings.size(), rings::toString);
        var phone = rings.getFirst();
        var browser = rings.getLast();

        // When
        lounge.answered(browser.order().call(), browser.leg().leg());

        // Then
        var silenced = lounge.only(AcdEffect.HangUpLeg.class);
        assertEquals(phone.order().call(), silenced.order().call());
        assertEquals(phone.leg().leg(), silenced.leg());
        var whisper = lounge.said();
        assertEquals(browser.leg().leg(), whisper.leg());
        lounge.played(browser.order().call(), whisper);
        var dialled = lounge.only(AcdEffect.AddLeg.class);
        assertEquals(browser.order().call(), dialled.order().call());
        assertEquals(Lounge.number("a"), dialled.leg().party());
    }

    @Test
    void aDeviceThatCannotBeReachedLeavesTheOthersRingingForTheCallback() {
        // Given
        var lounge = lounge();
        lounge.equip(101, TWO);
        lounge.calls("a");
        promised(lounge, "a");
        signIn(lounge);
        var rings = lounge.effects(AcdEffect.CreateCall.class);

        // When
        lounge.ended(rings.getFirst().order().call(), rings.getFirst().leg().leg(), "gone", 480);
        lounge.over(rings.getFirst().order().call());

        // Then
        assertInstanceOf(AgentState.Offered.class, lounge.agent(101).state());
        var browser = rings.getLast();
        lounge.answered(browser.order().call(), browser.leg().leg());
        assertEquals(List.of("callback/whisper"), Lounge.prompts(lounge.said()));
    }

    @Test
    void rulesForThoseWhoWaitMoveNobodyWhoIsToBeCalledBack() {
        // Given
        var lounge = lounge();
        lounge.rules(afterWaiting(60, new Action.Announce("all-busy")));
        lounge.calls("a");
        promised(lounge, "a");

        // When
        lounge.after(300);

        // Then
        assertEquals(List.of(), lounge.events(AcdEvent.CallTold.class));
        assertTrue(open(lounge).inLine());
    }

    @Test
    void whoIsToldWhyHeIsNotServedHearsThatAloneAndIsAskedNothing() {
        // Given
        var lounge = lounge();
        lounge.rules(afterWaiting(12, new Action.Announce("all-busy")));
        lounge.calls("a");
        lounge.after(11);
        lounge.effects(AcdEffect.Play.class);

        // When
        lounge.after(2);
        var told = lounge.only(AcdEffect.Play.class);
        lounge.presses("a", "1");
        lounge.after(5);

        // Then
        assertInstanceOf(Sound.Spoken.class, told.sound());
        assertEquals(List.of(), lounge.effects(AcdEffect.Play.class), "something cuts it short");
        assertTrue(nothingOpen(lounge));
        lounge.played(Lounge.call("a"), told);
        lounge.only(AcdEffect.HangUpCall.class);
    }

    @Test
    void whoGoesOnWaitingAfterARuleHearsMusicAndHisPlaceAgain() {
        // Given
        var lounge = lounge();
        lounge.rules(afterWaiting(12, new Action.ToPerson(Lounge.extension(105))));
        lounge.calls("a");
        lounge.after(10);
        var first = lounge.said();
        lounge.played(Lounge.call("a"), first);

        // When
        lounge.after(40);

        // Then: the same word may be given again, under the same name.
        assertTrue(Lounge.prompts(first).contains("wait/next"));
        var said =
                lounge.effects(AcdEffect.Play.class).stream()
                        .filter(play -> play.sound() instanceof Sound.Announcement)
                        .distinct()
                        .toList();
        assertEquals(1, said.size(), said::toString);
        assertTrue(Lounge.prompts(said.getFirst()).contains("wait/next"));
    }

    @Test
    void aQueueThatIsGoneSendsThePromiseOnOrEndsIt() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        promised(lounge, "a");

        // When
        lounge.changes(
                before ->
                        new TenantPlan(
                                before.callerNumber(), before.rules(), List.of(), before.people()));

        // Then
        assertEquals(Callback.End.QUEUE_GONE, end(lounge));
    }
}
