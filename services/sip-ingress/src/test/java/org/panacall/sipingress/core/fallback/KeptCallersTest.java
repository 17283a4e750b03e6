// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.sipingress.core.b2bua.World;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.command.IngressEffect.Counted;
import org.panacall.sipingress.core.command.Order;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.leg.EndReason;
import org.panacall.sipingress.core.leg.PlayId;
import org.panacall.sipingress.core.leg.Program;
import org.panacall.sipingress.core.leg.Prompt;
import org.panacall.sipingress.core.sdp.Bodies;

/** Callers who are kept while acd is away, and how acd gets them back. */
class KeptCallersTest {

    private static final Controller ACD = new Controller(Controller.Kind.ACD, "demo");
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration PACE = Duration.ofSeconds(3);
    private static final String QUEUE = "74950000101";
    private static final EndReason NOBODY = EndReason.us("nobody-to-take-it");

    private final World world = new World();
    private final Phones phones = new Phones(world);
    private int effects;

    private Order.Stamp stamp() {
        return new Order.Stamp("effect-" + ++effects, 1, ACD);
    }

    private List<Call> calls() {
        return List.copyOf(world.core().callsAfter(new CallId("_")));
    }

    private Call call() {
        return calls().getFirst();
    }

    private void away(IngressEffect.AskController ask) {
        world.send(new IngressCommand.ControllerAway(ask.handed().call(), ask.request()));
        world.run(SOON);
    }

    private void took(IngressEffect.AskController ask) {
        world.send(new IngressCommand.ControllerTook(ask.handed().call(), ask.request(), ACD));
    }

    /** Somebody rings a queue, and nobody answers for acd. */
    private LegId keptCaller() {
        int before = world.asked().size();
        var caller = world.ring(World.CARRIER, QUEUE, Optional.of(Bodies.A_LAW));
        world.run(SOON);
        if (world.asked().size() > before) away(world.asked().getLast());
        return caller;
    }

    private void allPhonesAreBusy() {
        phones.all().forEach(extension -> phones.refuses(extension, 486));
    }

    private List<Notice> notices() {
        return world.told().stream().map(IngressEffect.Tell::notice).toList();
    }

    @Test
    void aCallerIsAnsweredAndHearsMusicThoughNobodyAnswersForAcd() {
        // Given
        allPhonesAreBusy();
        // When
        keptCaller();
        // Then
        assertTrue(call().primary().isAnswered());
        var play = world.media().playOn(call().primary().id()).orElseThrow();
        assertTrue(play.program().repeat());
        world.run(Duration.ofMinutes(9));
        assertEquals(Optional.of(play), world.media().playOn(call().primary().id()));
        assertEquals(1, world.counted().stream().filter(Counted.KEPT_WITHOUT_ACD::equals).count());
    }

    @Test
    void whatWasSaidToHimIsFollowedByMusicUnlessItCannotBePlayed() {
        // Given
        allPhonesAreBusy();
        keptCaller();
        var leg = call().primary().id();
        var music = world.media().playOn(leg).orElseThrow();
        // When
        world.send(new IngressCommand.PlayFinished(leg, music.play(), Notice.Outcome.STOPPED));
        world.run(SOON);
        // Then
        var again = world.media().playOn(leg).orElseThrow();
        assertNotEquals(music.play(), again.play());
        world.send(new IngressCommand.PlayFinished(leg, again.play(), Notice.Outcome.FAILED));
        world.run(SOON);
        assertEquals(Optional.of(again), world.media().playOn(leg));
    }

    @Test
    void acdIsAskedAgainAndAgainButOnlyForTheFirstInLine() {
        // Given
        allPhonesAreBusy();
        keptCaller();
        keptCaller();
        var first = calls().getFirst().id();
        int asked = world.asked().size();
        // When
        for (int i = 0; i < 5; i++) {
            world.run(PACE);
            away(world.asked().getLast());
        }
        // Then
        var again = world.asked().subList(asked, world.asked().size());
        assertEquals(5, again.size());
        assertTrue(again.stream().allMatch(ask -> ask.handed().call().equals(first)));
    }

    @Test
    void whoIsKeptForTooLongIsToldSoAndHungUp() {
        // Given
        allPhonesAreBusy();
        keptCaller();
        var call = call().id();
        // When
        world.run(Duration.ofMinutes(11));
        // Then
        assertEquals(NOBODY, world.audit().endOf(call));
        world.run(Duration.ofMinutes(2));
        world.verifyNothingIsLeft();
    }

    @Test
    void aRefusalIsNoAbsence() {
        // Given
        allPhonesAreBusy();
        keptCaller();
        var call = call().id();
        world.run(PACE);
        var ask = world.asked().getLast();
        // When
        world.send(new IngressCommand.ControllerRefused(call, ask.request()));
        world.run(Duration.ofMinutes(1));
        // Then
        assertEquals(NOBODY, world.audit().endOf(call));
    }

    @Test
    void whatAWaitingCallerHearsGoesOnWhenAcdGoes() {
        // Given
        allPhonesAreBusy();
        world.send(new IngressCommand.WatchController(ACD, true));
        world.ring(World.CARRIER, QUEUE, Optional.of(Bodies.A_LAW));
        world.run(SOON);
        took(world.asked().getLast());
        var caller = call().primary().id();
        world.send(new Order.AnswerLeg(stamp(), call().id(), caller));
        var music = new Program(List.of(new Prompt.Stored("music", "ru", "")), true, false);
        world.send(new Order.Play(stamp(), call().id(), caller, new PlayId("theirs"), music));
        world.run(SOON);
        // When
        world.send(new IngressCommand.WatchController(ACD, false));
        world.run(Duration.ofSeconds(11));
        away(world.asked().getLast());
        assertEquals(List.of(), phones.rung(), "acd has its time first");
        world.run(Duration.ofMinutes(1));
        // Then
        assertEquals(1, world.core().kept());
        assertFalse(phones.rung().isEmpty());
        assertEquals(new PlayId("theirs"), world.media().playOn(caller).orElseThrow().play());
        assertFalse(
                notices().stream().anyMatch(Notice.ControlLost.class::isInstance),
                "acd may come back and go on");
    }

    @Test
    void anAgentIsRungAndTheTalkEndsWithEitherSide() {
        // Given
        keptCaller();
        var call = call().id();
        assertEquals(List.of("103"), phones.rung());
        // When
        phones.answer("103");
        world.run(SOON);
        // Then
        var agent = List.copyOf(call().legs()).getLast();
        assertEquals("agent_103", agent.agentId());
        assertTrue(world.media().hears(call, call().primary().id(), agent.id()));
        assertTrue(world.media().hears(call, agent.id(), call().primary().id()));
        assertTrue(world.media().playOn(call().primary().id()).isEmpty(), "music goes on");
        assertEquals(0, world.core().kept());
        phones.hangUp("103");
        world.run(Duration.ofMinutes(2));
        assertEquals("agent-hung-up", world.audit().endOf(call).reason());
        assertTrue(world.counted().contains(Counted.SERVED_BY_RING_GROUP));
        world.verifyNothingIsLeft();
    }

    @Test
    void whoIsBusyOrDoesNotAnswerIsFollowedByTheNext() {
        // Given
        phones.refuses("103", 486);
        // When
        keptCaller();
        world.run(Duration.ofSeconds(16));
        // Then
        assertEquals(List.of("103", "104", "105"), phones.rung());
        assertTrue(phones.isCancelled("104"));
    }

    @Test
    void callersGetPhonesInTheOrderOfTheirArrivalAndNoPhoneRingsForTwo() {
        // Given
        phones.refuses("105", 480);
        phones.refuses("106", 404);
        // When
        keptCaller();
        keptCaller();
        keptCaller();
        world.run(SOON);
        // Then
        var rungFor = calls().stream().map(call -> List.copyOf(call.legs()).getLast()).toList();
        assertEquals("103", rungFor.get(0).party());
        assertEquals("104", rungFor.get(1).party());
        assertTrue(rungFor.get(2).isEnded() || rungFor.get(2) == calls().get(2).primary());
    }

    @Test
    void anAgentWhoTalksIsRungWhenHeHasHeardThatItIsOver() {
        // Given
        phones.refuses("104", 404);
        phones.refuses("105", 404);
        phones.refuses("106", 404);
        keptCaller();
        phones.answer("103");
        world.run(SOON);
        keptCaller();
        world.run(Duration.ofSeconds(30));
        assertEquals(1, phones.rung().stream().filter("103"::equals).count());
        // When
        phones.hangUp("103");
        world.run(SOON);
        // Then
        assertEquals(2, phones.rung().stream().filter("103"::equals).count());
    }

    @Test
    void whenAcdTakesACallItsPhoneRingsNoLonger() {
        // Given
        keptCaller();
        phones.ring("103");
        world.run(PACE);
        // When
        took(world.asked().getLast());
        world.run(SOON);
        // Then
        assertTrue(phones.isCancelled("103"));
        assertEquals(Optional.of(ACD), call().controller());
        assertTrue(call().primary().isAnswered());
        assertEquals(0, world.core().kept());
    }

    @Test
    void acdIsToldThatItCameTooLateWhenAPhoneHasAnswered() {
        // Given
        keptCaller();
        world.run(PACE);
        var ask = world.asked().getLast();
        phones.answer("103");
        world.run(SOON);
        // When
        took(ask);
        // Then
        assertTrue(notices().contains(new Notice.ControlLost(World.settings().us())));
        assertTrue(call().hasTalk());
    }

    @Test
    void anOrderOfAcdCountsAsItsYes() {
        // Given
        allPhonesAreBusy();
        keptCaller();
        // When
        var refusal = world.send(new Order.AnswerLeg(stamp(), call().id(), call().primary().id()));
        // Then
        assertEquals(Optional.empty(), refusal);
        assertEquals(Optional.of(ACD), call().controller());
    }

    @Test
    void whoComesWhileOthersWaitStandsBehindThemAndIsTakenAfterThem() {
        // Given
        allPhonesAreBusy();
        for (int i = 0; i < 4; i++) keptCaller();
        var order = calls().stream().map(Call::id).toList();
        world.run(PACE);
        int first = world.asked().size() - 1;
        // When
        for (int next = first; next < first + 4; next++) {
            took(world.asked().get(next));
            world.run(SOON);
        }
        // Then
        var taken = world.asked().subList(first, first + 4);
        assertEquals(order, taken.stream().map(ask -> ask.handed().call()).toList());
        assertEquals(first + 4, world.asked().size());
        assertEquals(0, world.core().kept());
    }

    @Test
    void aPersonsPhoneRingsAndThenThoseOfTheFallbackQueue() {
        // Given
        world.ring(World.CARRIER, "74950000102", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        // When
        away(world.asked().getLast());
        world.run(Duration.ofSeconds(16));
        // Then
        assertEquals(List.of("105", "103"), phones.rung());
        phones.answer("103");
        world.run(SOON);
        assertTrue(call().hasTalk());
    }

    @Test
    void aPersonWithoutAQueueBehindHimIsAllThereIs() {
        // Given
        phones.refuses("104", 486);
        world.ring(World.PHONE, "104", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        var call = call().id();
        // When
        away(world.asked().getLast());
        world.run(Duration.ofMinutes(1));
        // Then
        assertEquals(List.of("104"), phones.rung());
        assertEquals(NOBODY, world.audit().endOf(call));
    }

    @Test
    void anHeirKeepsTheCallersAndTheTalksOfTheRingGroup() {
        // Given
        keptCaller();
        phones.answer("103");
        world.run(SOON);
        keptCaller();
        world.run(SOON);
        var talk = calls().getFirst().id();
        // When
        world.die();
        world.run(Duration.ofSeconds(6));
        // Then
        assertEquals(1, world.core().kept());
        assertTrue(world.core().call(talk).orElseThrow().hasTalk());
        phones.hangUp("103");
        world.run(SOON);
        assertEquals("agent-hung-up", world.audit().endOf(talk).reason());
        phones.answer(phones.rung().getLast());
        world.run(SOON);
        assertTrue(call().hasTalk());
    }

    @Test
    void whoHangsUpLeavesNoPhoneRinging() {
        // Given
        var caller = keptCaller();
        phones.ring("103");
        world.run(SOON);
        // When
        world.party(new UserAgentCommand.Bye(caller, Optional.empty()));
        world.run(SOON);
        // Then
        assertTrue(phones.isCancelled("103"));
        world.run(Duration.ofMinutes(2));
        assertEquals("caller-hung-up", world.audit().ends().getFirst().reason());
        world.verifyNothingIsLeft();
    }
}
