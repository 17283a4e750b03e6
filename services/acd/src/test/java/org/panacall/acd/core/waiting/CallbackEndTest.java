// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.acd.core.waiting.CallbackScene.causes;
import static org.panacall.acd.core.waiting.CallbackScene.dialled;
import static org.panacall.acd.core.waiting.CallbackScene.end;
import static org.panacall.acd.core.waiting.CallbackScene.lounge;
import static org.panacall.acd.core.waiting.CallbackScene.nothingOpen;
import static org.panacall.acd.core.waiting.CallbackScene.open;
import static org.panacall.acd.core.waiting.CallbackScene.promised;
import static org.panacall.acd.core.waiting.CallbackScene.room;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEvent.CallDequeued.Cause;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.core.plan.TenantRules;

/** How a promise to call back comes to its end. */
class CallbackEndTest {

    @Test
    void aPromiseThatNobodyCouldKeepEndsWithAnApologyAndTheClinicsNumber() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        promised(lounge, "a");

        // When
        lounge.after(600);
        var ring = lounge.only(AcdEffect.CreateCall.class);
        lounge.answered(ring.order().call(), ring.leg().leg());
        var apology = lounge.said();
        lounge.played(ring.order().call(), apology);

        // Then
        assertEquals(Optional.empty(), ring.leg().agent());
        assertEquals(Lounge.number("a"), ring.leg().party());
        assertEquals("callback/apology", Lounge.prompts(apology).getFirst());
        assertEquals(12, Lounge.prompts(apology).size());
        lounge.only(AcdEffect.HangUpCall.class);
        assertEquals(Callback.End.EXPIRED, end(lounge));
        assertEquals(0, lounge.acd.waiting(Lounge.QUEUE));
    }

    /** The apology was heard to its end by a patient of a clinic that takes messages. */
    private static AcdEffect.HandOver toldToTheEnd(Lounge lounge) {
        lounge.changes(CallbackEndTest::withVoicemail);
        lounge.calls("a");
        promised(lounge, "a");
        lounge.after(600);
        var ring = lounge.only(AcdEffect.CreateCall.class);
        lounge.answered(ring.order().call(), ring.leg().leg());
        lounge.played(ring.order().call(), lounge.said());
        return lounge.only(AcdEffect.HandOver.class);
    }

    private static TenantPlan withVoicemail(TenantPlan plan) {
        var usual = TenantRules.USUAL;
        var rules =
                new TenantRules(
                        usual.reasons(),
                        usual.missedLimit(),
                        usual.shiftGap(),
                        usual.language(),
                        usual.outside(),
                        Optional.of("voicemail"));
        return new TenantPlan(plan.callerNumber(), rules, plan.queues(), plan.people());
    }

    @Test
    void whoHeardTheApologyMayLeaveAMessageForTheQueueThatHadNoTime() {
        // Given
        var lounge = lounge();

        // When
        var order = toldToTheEnd(lounge);

        // Then
        assertEquals("voicemail", order.flow());
        assertEquals(Optional.of(Lounge.QUEUE), order.from());

        // When: nothing more is heard of the call, as the flow has it.
        lounge.after(60);

        // Then
        assertEquals(List.of(), lounge.effects(AcdEffect.HangUpCall.class));
        assertEquals(Callback.End.EXPIRED, end(lounge));
        assertTrue(nothingOpen(lounge));
    }

    @Test
    void aNewLeaderLeadsThePatientToTheSameFlowAndNotTwice() {
        // Given
        var lounge = lounge();
        var order = toldToTheEnd(lounge);

        // When
        lounge.takeOver(2);

        // Then
        var again = lounge.only(AcdEffect.HandOver.class);
        assertEquals(order.order().effectId(), again.order().effectId());
        assertEquals(order.flow(), again.flow());
    }

    @Test
    void whoseMessageNobodyTakesAndWhoComesToAQueueInsteadIsACallerLikeAnyOther() {
        // Given
        var lounge = lounge();
        var order = toldToTheEnd(lounge);

        // When: sip-ingress brings the call where its number falls back to.
        var call = order.order().call();
        lounge.comesBack(call, Lounge.number("a").value());

        // Then
        assertEquals(Callback.End.EXPIRED, end(lounge));
        assertEquals(List.of(), lounge.effects(AcdEffect.HangUpCall.class));
        assertEquals(1, lounge.acd.waiting(Lounge.QUEUE));

        // When
        lounge.comes(101);

        // Then: he is rung for the call itself.
        assertEquals(call, lounge.only(AcdEffect.AddLeg.class).order().call());
    }

    @Test
    void aMessageThatNobodyTakesEndsTheCall() {
        // Given
        var lounge = lounge();
        var order = toldToTheEnd(lounge);

        // When
        lounge.send(
                new AcdCommand.HearEffectFailed(
                        order, AcdCommand.HearEffectFailed.Failure.REFUSED));

        // Then
        assertEquals(order.order().call(), lounge.only(AcdEffect.HangUpCall.class).order().call());
        assertEquals(Callback.End.EXPIRED, end(lounge));
    }

    @Test
    void aPromiseDoesNotExpireWhileAnAgentIsRungForIt() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        promised(lounge, "a");
        lounge.after(595);
        lounge.comes(101);
        var ring = lounge.only(AcdEffect.CreateCall.class);

        // When
        lounge.after(10);
        lounge.answered(ring.order().call(), ring.leg().leg());

        // Then
        assertEquals(List.of(), lounge.effects(AcdEffect.CreateCall.class));
        assertEquals(List.of("callback/whisper"), Lounge.prompts(lounge.said()));
    }

    @Test
    void aPatientWhoDoesNotHearTheApologyIsNotRungForEver() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        promised(lounge, "a");

        // When
        lounge.after(600);
        lounge.only(AcdEffect.CreateCall.class);
        lounge.after(60);

        // Then
        lounge.only(AcdEffect.HangUpCall.class);
        assertTrue(nothingOpen(lounge));
    }

    @Test
    void whoRingsAgainHasTheOldPlaceAndIsNotCalledBack() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        lounge.calls("b");
        promised(lounge, "a");

        // When
        lounge.calls("a2", Lounge.number("a").value());
        lounge.comes(101);

        // Then
        assertEquals(Callback.End.RANG_AGAIN, end(lounge));
        assertEquals(Lounge.call("a2"), lounge.only(AcdEffect.AddLeg.class).order().call());
        assertEquals(2, lounge.acd.waiting(Lounge.QUEUE));
    }

    @Test
    void whoRingsAgainWhileAnAgentIsRungForHimStopsThatPhone() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        promised(lounge, "a");
        lounge.comes(101);
        var ring = lounge.only(AcdEffect.CreateCall.class);

        // When
        lounge.calls("a2", Lounge.number("a").value());

        // Then
        var stopped = lounge.only(AcdEffect.HangUpLeg.class);
        assertEquals(ring.leg().leg(), stopped.leg());
        assertEquals(ring.order().call(), stopped.order().call());
        assertEquals(Lounge.call("a2"), lounge.only(AcdEffect.AddLeg.class).order().call());
    }

    @Test
    void whoRingsAgainWhileHeIsDialledFreesThatAgentForHim() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        promised(lounge, "a");
        lounge.comes(101);
        var dialled = dialled(lounge);

        // When
        lounge.calls("a2", Lounge.number("a").value());
        lounge.over(dialled.order().call());

        // Then
        assertEquals(
                dialled.order().call(), lounge.only(AcdEffect.HangUpCall.class).order().call());
        assertEquals(Lounge.call("a2"), lounge.only(AcdEffect.AddLeg.class).order().call());
    }

    @Test
    void whoGaveUpIsCalledBackUnaskedAndCountsAsAbandoned() {
        // Given
        var lounge = new Lounge(room(0, true));
        lounge.calls("a");
        lounge.calls("b");
        lounge.after(25);

        // When
        lounge.hangsUp("a");
        lounge.effects(AcdEffect.Play.class);
        lounge.comes(101);

        // Then
        assertEquals(List.of(Cause.ABANDONED), causes(lounge));
        assertTrue(open(lounge).terms().automatic());
        assertEquals(Lounge.number("a"), dialled(lounge).leg().party());
    }

    @Test
    void whoGaveUpAtOnceIsNotCalledBack() {
        // Given
        var lounge = new Lounge(room(0, true));
        lounge.calls("a");
        lounge.after(5);

        // When
        lounge.hangsUp("a");

        // Then
        assertTrue(nothingOpen(lounge));
    }

    @Test
    void whoWasPromisedNothingHearsNoApology() {
        // Given
        var lounge = new Lounge(room(0, true));
        lounge.calls("a");
        lounge.after(25);
        lounge.hangsUp("a");

        // When
        lounge.after(3600);

        // Then
        assertEquals(List.of(), lounge.effects(AcdEffect.CreateCall.class));
        assertEquals(Callback.End.EXPIRED, end(lounge));
    }

    @Test
    void aPatientWhoIsBusyIsTriedAgainLaterAndNotForEver() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        promised(lounge, "a");
        lounge.comes(101);

        // When
        for (int attempt = 1; attempt <= 3; attempt++) {
            var dialled = dialled(lounge);
            lounge.ended(dialled.order().call(), dialled.leg().leg(), "busy", 486);
            lounge.over(dialled.order().call());
            if (attempt < 3) {
                lounge.after(119);
                assertEquals(List.of(), lounge.effects(AcdEffect.CreateCall.class));
                lounge.after(1);
            }
        }

        // Then
        assertEquals(Callback.End.NOT_REACHED, end(lounge));
        lounge.after(3600);
        assertEquals(List.of(), lounge.effects(AcdEffect.CreateCall.class));
    }

    @Test
    void aPromiseMovesOnWhenItsQueueIsGone() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        promised(lounge, "a");

        // When
        lounge.renameQueue(new QueueId("other"), room(0, false));

        // Then
        assertEquals(new QueueId("other"), open(lounge).queue());
        lounge.comes(101);
        assertEquals(Lounge.number("a"), dialled(lounge).leg().party());
    }
}
