// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.Clinic;
import org.panacall.acd.core.Refusal;
import org.panacall.acd.core.Scene;
import org.panacall.acd.core.call.Offer;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.plan.BreakReason;
import org.panacall.acd.core.plan.QueueRules;
import org.panacall.acd.core.plan.TenantRules;

/** States that others, or rules, bring about: supervisors, missed offers, breaks too long. */
class ForcedAgentTest {

    private static final Intent.Author SUPERVISOR = new Intent.Author.Supervisor("agent_201");

    private Scene scene = new Scene();

    private static TenantRules rules(int missedLimit, BreakReason... reasons) {
        return new TenantRules(List.of(reasons), missedLimit, Duration.ofHours(1), "ru");
    }

    private static QueueRules missing(int limit) {
        return new QueueRules(
                Optional.empty(), List.of(), List.of(), Optional.empty(), OptionalInt.of(limit));
    }

    private static BreakReason lunch(BreakReason.Limits limits) {
        return new BreakReason("lunch", new TreeMap<>(Map.of("en", "Lunch")), true, limits);
    }

    private static BreakReason.Limits limits(int minutes, int inShift, boolean thenReady) {
        return new BreakReason.Limits(
                Optional.of(Duration.ofMinutes(minutes)),
                Optional.of(Duration.ofMinutes(inShift)),
                thenReady);
    }

    private String reason(int number) {
        return ((AgentState.NotReady) scene.agent(number).state()).reason();
    }

    @ParameterizedTest
    @CsvSource({"NOT_READY, meeting", "SIGNED_OUT, signed-out"})
    void aSupervisorTakesAnAgentOffAndTheEventSaysWhoDidIt(Intent.Wish wish, String reason) {
        // Given
        scene.register(103);

        // When
        scene.force(103, wish);

        // Then
        assertEquals(reason, reason(103));
        assertEquals(SUPERVISOR, scene.lastChange(103).next().intent().author());
        assertEquals(wish == Intent.Wish.NOT_READY, scene.agent(103).signedIn());
    }

    @Test
    void aSupervisorMakesAnAgentReadyWhoHimselfSaidOtherwise() {
        // Given
        scene.register(103);
        scene.notReady(103);

        // When
        scene.force(103, Intent.Wish.READY);

        // Then
        assertEquals(AgentState.Ready.class, scene.state(103));
        assertEquals(SUPERVISOR, scene.lastChange(103).next().intent().author());
    }

    @Test
    void theAgentHasTheNextWord() {
        // Given
        scene.register(103);
        scene.force(103, Intent.Wish.SIGNED_OUT);

        // When
        scene.ready(103);

        // Then
        assertEquals(AgentState.Ready.class, scene.state(103));
        assertFalse(scene.agent(103).intent().forced());
    }

    @Test
    void whomASupervisorTakesOffLosesHisOfferToTheNextAtOnceAndIsNotToBlame() {
        // Given
        scene.register(103, 104);
        scene.enqueue("a", Clinic.REGISTRY);
        var first = scene.rung();

        // When
        scene.force(103, Intent.Wish.NOT_READY);

        // Then
        assertEquals(first.leg(), scene.effects(AcdEffect.HangUpLeg.class).getFirst().leg());
        assertEquals("104", scene.rung().party().value());
        assertEquals(
                Offer.End.WITHDRAWN, scene.happened(AcdEvent.OfferEnded.class).getLast().end());
        assertEquals(0, scene.agent(103).shift().missedInRow());
    }

    @Test
    void aTalkGoesOnWhateverASupervisorWantsForAfterIt() {
        // Given
        scene.register(103);
        scene.talk("a", Clinic.REGISTRY);

        // When
        scene.force(103, Intent.Wish.SIGNED_OUT);

        // Then
        assertEquals(AgentState.OnCall.class, scene.state(103));
        scene.callEnded("a");
        assertEquals("signed-out", reason(103));
    }

    @Test
    void aReasonThatTheTenantDoesNotKnowIsRefused() {
        // Given
        scene = new Scene(Clinic.ruled(QueueRules.NONE, rules(0, lunch(BreakReason.Limits.NONE))));
        var golf = new AcdCommand.SetAgentState(Clinic.extension(103), new Intent(false, "golf"));

        // When
        var refused = scene.send(golf);

        // Then
        assertEquals(Optional.of(new Refusal.ReasonUnknown()), refused);
        scene.notReady(103);
        assertEquals("lunch", scene.agent(103).intent().reason());
    }

    @Test
    void aPhoneThatComesBackDoesNotUndoWhatASupervisorSaid() {
        // Given
        scene.register(103);
        scene.force(103, Intent.Wish.SIGNED_OUT);
        scene.unregister(103);

        // When
        scene.register(103);

        // Then
        assertEquals("signed-out", reason(103));
    }

    private void missAll(String call, int times) {
        scene.enqueue(call, Clinic.REGISTRY);
        for (int time = 0; time < times; time++) {
            scene.ended(call, scene.rung().leg(), "no-answer", 487);
            scene.after(Duration.ofSeconds(2));
        }
    }

    @Test
    void whoMissesAsManyOffersInARowAsAreToleratedIsMadeNotReadyAndTheEventSaysWhy() {
        // Given
        scene = new Scene(Clinic.ruled(QueueRules.NONE, rules(3)));
        scene.register(103);
        missAll("a", 2);
        var tolerated = scene.agent(103).intent().ready();

        // When
        scene.ended("a", scene.rung().leg(), "no-answer", 487);

        // Then
        assertTrue(tolerated);
        assertEquals("missed-offers", reason(103));
        var told = scene.lastChange(103).next();
        assertEquals(new Intent.Author.MissedOffers(), told.intent().author());
        assertEquals(3, told.shift().missedInRow());
        scene.after(Duration.ofMinutes(5));
        assertTrue(scene.nobodyRung());
    }

    @Test
    void anOfferThatIsTakenBeginsTheCountAnew() {
        // Given
        scene = new Scene(Clinic.ruled(QueueRules.NONE, rules(3)));
        scene.register(103);
        missAll("a", 2);
        scene.answered("a", scene.rung().leg());
        scene.callEnded("a");

        // When
        missAll("b", 2);

        // Then
        assertEquals(AgentState.Offered.class, scene.state(103));
        assertEquals(2, scene.agent(103).shift().missedInRow());
    }

    @Test
    void sayingReadyBringsHimBackAndBeginsTheCountAnew() {
        // Given
        scene = new Scene(Clinic.ruled(QueueRules.NONE, rules(1)));
        scene.register(103);
        missAll("a", 1);

        // When
        scene.ready(103);

        // Then
        assertEquals("103", scene.rung().party().value());
        assertEquals(0, scene.agent(103).shift().missedInRow());
    }

    @Test
    void aQueuesOwnLimitCountsMoreThanTheTenants() {
        // Given
        scene = new Scene(Clinic.ruled(missing(1), rules(5)));
        scene.register(103);

        // When
        missAll("a", 1);

        // Then
        assertEquals("missed-offers", reason(103));
    }

    @Test
    void callsToHisExtensionThatHeMissesAreNotCounted() {
        // Given
        scene = new Scene(Clinic.ruled(QueueRules.NONE, rules(1)));
        scene.register(103);
        var person =
                new AcdCommand.Destination.Person(Clinic.extension(103), Optional.<QueueId>empty());
        scene.enqueue("a", person, true);

        // When
        scene.ended("a", scene.rung().leg(), "no-answer", 487);

        // Then
        assertEquals(AgentState.Ready.class, scene.state(103));
    }

    private void breakOf(int minutes) {
        scene.notReady(103);
        scene.after(Duration.ofMinutes(minutes));
        scene.ready(103);
    }

    private List<Boolean> toldInShift() {
        return scene.happened(AcdEvent.AgentOverdue.class).stream()
                .map(AcdEvent.AgentOverdue::inShift)
                .toList();
    }

    @Test
    void aBreakThatIsTooLongIsToldOnceAndChangesNothing() {
        // Given
        scene = new Scene(Clinic.ruled(QueueRules.NONE, rules(0, lunch(limits(30, 60, false)))));
        scene.register(103);
        scene.notReady(103);
        scene.after(Duration.ofMinutes(29));
        var before = toldInShift();

        // When
        scene.after(Duration.ofMinutes(20));

        // Then
        assertEquals(List.of(), before);
        assertEquals(List.of(false), toldInShift());
        assertEquals("lunch", reason(103));
        assertTrue(((AgentState.NotReady) scene.agent(103).state()).overdue());
    }

    @Test
    void breaksOfOneShiftAreCountedTogether() {
        // Given
        scene = new Scene(Clinic.ruled(QueueRules.NONE, rules(0, lunch(limits(30, 40, false)))));
        scene.register(103);
        breakOf(25);

        // When
        breakOf(16);

        // Then
        assertEquals(List.of(true), toldInShift());
        assertEquals(Duration.ofMinutes(41), scene.agent(103).shift().in("lunch"));
    }

    @Test
    void anotherShiftBeginsAfterALongEnoughAbsence() {
        // Given: an hour makes a shift in this clinic.
        scene = new Scene(Clinic.ruled(QueueRules.NONE, rules(0, lunch(limits(30, 40, false)))));
        scene.register(103);
        breakOf(25);
        scene.unregister(103);
        scene.after(Duration.ofMinutes(61));
        scene.register(103);

        // When
        breakOf(16);

        // Then
        assertEquals(List.of(), toldInShift());
        assertEquals(Duration.ofMinutes(16), scene.agent(103).shift().in("lunch"));
    }

    @Test
    void aPhoneThatIsGoneForAMomentIsTheSameShift() {
        // Given
        scene = new Scene(Clinic.ruled(QueueRules.NONE, rules(0, lunch(limits(30, 40, false)))));
        scene.register(103);
        breakOf(25);
        scene.unregister(103);
        scene.after(Duration.ofMinutes(5));

        // When
        scene.register(103);

        // Then
        assertEquals(Duration.ofMinutes(25), scene.agent(103).shift().in("lunch"));
    }

    @Test
    void aReasonMaySayThatWhoIsOverdueIsReady() {
        // Given
        scene = new Scene(Clinic.ruled(QueueRules.NONE, rules(0, lunch(limits(30, 60, true)))));
        scene.register(103);
        scene.notReady(103);

        // When
        scene.after(Duration.ofMinutes(30));

        // Then
        assertEquals(AgentState.Ready.class, scene.state(103));
        assertEquals(new Intent.Author.Overdue(), scene.agent(103).intent().author());
    }

    @Test
    void timeOnADirectCallIsNoBreakButTimeWhileItRingsIs() {
        // Given
        scene = new Scene(Clinic.ruled(QueueRules.NONE, rules(0, lunch(limits(30, 60, false)))));
        scene.register(103);
        scene.notReady(103);
        scene.after(Duration.ofMinutes(10));
        var person =
                new AcdCommand.Destination.Person(Clinic.extension(103), Optional.<QueueId>empty());
        scene.enqueue("a", person, true);
        scene.after(Duration.ofSeconds(10));

        // When
        scene.answered("a", scene.rung().leg());

        // Then
        var lunch = Duration.ofMinutes(10).plusSeconds(10);
        assertEquals(lunch, scene.agent(103).shift().in("lunch"));
        scene.after(Duration.ofHours(2));
        assertEquals(List.of(), toldInShift());
    }
}
