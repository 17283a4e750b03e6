// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallEvent;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.CallSettings;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.command.Order;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.dialog.UserAgentOutput;
import org.panacall.sipingress.core.leg.EndReason;
import org.panacall.sipingress.core.leg.Leg;
import org.panacall.sipingress.core.leg.PlayId;
import org.panacall.sipingress.core.leg.Program;
import org.panacall.sipingress.core.leg.Prompt;
import org.panacall.sipingress.core.sdp.Bodies;

/** Audio survives the death of what carries it. */
class ReanchorTest {

    private static final Controller IVR = new Controller(Controller.Kind.IVR, "ivr-1");
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration LOST = Duration.ofMillis(1_000);
    private static final PlayId PLAY = new PlayId("play-1");

    private final World world = new World();
    private final List<UserAgentOutput> heard = new ArrayList<>();
    private final List<String> offers = new ArrayList<>();
    private int refusals;
    private int effects;

    ReanchorTest() {
        world.partiesAre(this::hear);
        world.media().add("media-2");
    }

    /** Parties take every new offer, but for the first few. */
    private void hear(UserAgentOutput output) {
        heard.add(output);
        if (!(output instanceof UserAgentOutput.Reinvited(var leg, var sdp))) return;
        offers.add(sdp.orElseThrow());
        world.party(
                refusals-- > 0
                        ? new UserAgentCommand.RejectReinvite(leg, 503)
                        : new UserAgentCommand.AcceptReinvite(leg, Bodies.A_LAW));
    }

    private Call call() {
        return world.core().callsAfter(new CallId("_")).iterator().next();
    }

    private Call talk() {
        world.ring(World.PHONE, "+79031112233", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        var far = invited();
        world.party(new UserAgentCommand.Accept(far, Bodies.A_LAW));
        world.run(SOON);
        return call();
    }

    private LegId invited() {
        return heard.stream()
                .filter(UserAgentOutput.Invited.class::isInstance)
                .map(output -> ((UserAgentOutput.Invited) output).leg())
                .findFirst()
                .orElseThrow();
    }

    private Order.Stamp stamp() {
        return new Order.Stamp("effect-" + ++effects, 0, IVR);
    }

    private Leg callerOfIvr() {
        world.send(new IngressCommand.WatchController(IVR, true));
        world.ring(World.CARRIER, "+74950000100", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        var ask = world.asked().getFirst();
        world.send(new IngressCommand.ControllerTook(call().id(), ask.request(), IVR));
        var leg = call().primary();
        world.send(new Order.AnswerLeg(stamp(), call().id(), leg.id()));
        world.run(SOON);
        return leg;
    }

    private void play(LegId leg) {
        var greeting = Program.once(new Prompt.Stored("greeting", "ru", ""));
        world.send(new Order.Play(stamp(), call().id(), leg, PLAY, greeting));
        world.run(SOON);
    }

    private List<Notice.PlayEnded> ends() {
        return world.told().stream()
                .map(IngressEffect.Tell::notice)
                .filter(Notice.PlayEnded.class::isInstance)
                .map(Notice.PlayEnded.class::cast)
                .toList();
    }

    private long reanchored() {
        return world.audit().events().stream()
                .filter(CallEvent.LegReanchored.class::isInstance)
                .count();
    }

    private void hearEachOther(Call call) {
        var legs = call.legs().stream().map(Leg::id).toList();
        assertTrue(world.media().hears(call.id(), legs.get(0), legs.get(1)));
        assertTrue(world.media().hears(call.id(), legs.get(1), legs.get(0)));
    }

    @Test
    void aTalkGoesOnAtAnotherNodeAndBothPartiesAreToldWhere() {
        // Given
        var call = talk();
        var old = call.node().orElseThrow();
        // When
        world.media().kill(old);
        world.run(LOST);
        // Then
        assertFalse(call.node().equals(Optional.of(old)));
        hearEachOther(call);
        assertEquals(2, offers.size());
        assertEquals(2, reanchored());
        call.legs().forEach(leg -> assertTrue(world.media().audio(leg.id()).isPresent()));
        for (var offer : offers) assertTrue(offer.contains("m=audio 25"), offer);
        hangUpAll();
    }

    private void hangUpAll() {
        world.send(new IngressCommand.HangUpAll());
        world.run(Duration.ofMinutes(2));
        world.verifyNothingIsLeft();
    }

    @Test
    void anOfferOfAnotherAddressHasAHigherVersionAndTheSameCodecFirst() {
        // Given
        var call = talk();
        // When
        world.media().kill(call.node().orElseThrow());
        world.run(LOST);
        // Then
        for (var offer : offers) {
            assertTrue(offer.matches("(?s)v=0\r\no=panacall [0-9]+ 2 IN .*"), offer);
            assertTrue(offer.contains("RTP/AVP 8 0 101\r\n"), offer);
        }
        hangUpAll();
    }

    @Test
    void aPromptBeginsAnewAndItsEndIsToldOnce() {
        // Given
        var leg = callerOfIvr();
        play(leg.id());
        // When
        world.media().kill(call().node().orElseThrow());
        world.run(LOST);
        // Then
        assertEquals(PLAY, world.media().playOn(leg.id()).orElseThrow().play());
        assertEquals(List.of(), ends());
        world.run(Duration.ofSeconds(5));
        var end = new Notice.PlayEnded(leg.id(), PLAY, Notice.Outcome.COMPLETED);
        assertEquals(List.of(end), ends());
        hangUpAll();
    }

    @Test
    void whatIsOrderedWhileThereIsNoNodeIsDoneWhenThereIsOne() {
        // Given
        var leg = callerOfIvr();
        world.media().kill("media-1");
        world.media().kill("media-2");
        world.run(LOST);
        // When
        play(leg.id());
        world.media().revive("media-2");
        world.run(LOST);
        // Then
        assertEquals(PLAY, world.media().playOn(leg.id()).orElseThrow().play());
        world.send(new Order.StopPlay(stamp(), call().id(), leg.id(), PLAY));
        world.run(SOON);
        assertEquals(1, ends().size());
        hangUpAll();
    }

    @Test
    void aPlayThatWasToStopDoesNotBeginAgain() {
        // Given
        var leg = callerOfIvr();
        play(leg.id());
        world.media().kill(call().node().orElseThrow());
        // When
        world.send(new Order.StopPlay(stamp(), call().id(), leg.id(), PLAY));
        world.run(LOST);
        // Then
        assertTrue(world.media().playOn(leg.id()).isEmpty());
        var end = new Notice.PlayEnded(leg.id(), PLAY, Notice.Outcome.STOPPED);
        assertEquals(List.of(end), ends());
        hangUpAll();
    }

    @Test
    void withoutAnyNodeForTheLimitTheCallEnds() {
        // Given
        talk();
        // When
        world.media().kill("media-1");
        world.media().kill("media-2");
        world.run(Duration.ofSeconds(9));
        int before = world.core().calls();
        world.run(Duration.ofMinutes(2));
        // Then
        assertEquals(1, before);
        assertEquals(List.of(EndReason.us("media-lost")), world.audit().ends());
        world.verifyNothingIsLeft();
    }

    @Test
    void aRefusedOfferIsMadeAgainAndTheOldSessionStays() {
        // Given
        var call = talk();
        refusals = 3;
        // When
        world.media().kill(call.node().orElseThrow());
        world.run(Duration.ofSeconds(4));
        // Then
        assertEquals(5, offers.size());
        assertEquals(2, reanchored());
        hearEachOther(call);
        hangUpAll();
    }

    @Test
    void aPartyThatRefusesForEverKeepsItsCall() {
        // Given
        var call = talk();
        refusals = 1_000;
        // When
        world.media().kill(call.node().orElseThrow());
        world.run(Duration.ofSeconds(30));
        // Then
        assertEquals(10, offers.size());
        assertTrue(world.counted().contains(IngressEffect.Counted.REANCHOR_REFUSED));
        hearEachOther(call);
        hangUpAll();
    }

    @Test
    void aPartyThatStillRangIsToldOnceItHasAnswered() {
        // Given
        world.ring(World.PHONE, "+79031112233", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        world.party(new UserAgentCommand.Ring(invited(), 180, Optional.empty()));
        world.run(SOON);
        world.media().kill(call().node().orElseThrow());
        world.run(LOST);
        assertEquals(0, offers.size());
        // When
        world.party(new UserAgentCommand.Accept(invited(), Bodies.A_LAW));
        world.run(SOON);
        // Then
        assertEquals(1, offers.size());
        hearEachOther(call());
        hangUpAll();
    }

    @Test
    void anEdgeThatForgotIsToldEveryLegsAddressAgain() {
        // Given
        var call = talk();
        var node = call.node();
        // When
        world.send(new IngressCommand.EdgeForgot());
        world.run(SOON);
        // Then
        assertEquals(2, offers.size());
        assertEquals(node, call.node());
        assertEquals(2, reanchored());
        hangUpAll();
    }

    @Test
    void anAnswerThatTheForgetfulEdgeCouldNotPassOnIsAskedForAgain() {
        // Given
        world.ring(World.PHONE, "+79031112233", Optional.of(Bodies.A_LAW));
        world.run(SOON);
        world.send(new IngressCommand.EdgeForgot());
        // When
        world.party(new UserAgentCommand.Accept(invited(), ""));
        world.run(SOON);
        // Then
        assertEquals(1, offers.size());
        hearEachOther(call());
        hangUpAll();
    }

    @Test
    void aNodeThatDrainsIsLeftAndClosesItsLegs() {
        // Given
        var call = talk();
        var old = call.node().orElseThrow();
        // When
        world.send(new IngressCommand.MediaDrains(old));
        world.run(SOON);
        // Then
        assertFalse(call.node().equals(Optional.of(old)));
        hearEachOther(call);
        assertEquals(2, world.media().openLegs());
        hangUpAll();
    }

    @Test
    void talksAreMovedBeforeAllOthersAndOnlySoManyAtOnce() {
        // Given
        var few = World.settings();
        var narrow = new World(withOneAtOnce(few));
        var order = new ArrayList<LegId>();
        narrow.partiesAre(
                output -> {
                    if (output instanceof UserAgentOutput.Reinvited(var leg, var sdp)) {
                        order.add(leg);
                    } else if (output instanceof UserAgentOutput.Invited(var leg, var letter)) {
                        narrow.party(new UserAgentCommand.Accept(leg, Bodies.A_LAW));
                    }
                });
        var echo = narrow.ring(World.CARRIER, "+74950000199", Optional.of(Bodies.A_LAW));
        narrow.run(SOON);
        var talker = narrow.ring(World.PHONE, "+79031112233", Optional.of(Bodies.A_LAW));
        narrow.run(SOON);
        // When
        narrow.media().restart();
        narrow.run(SOON);
        // Then
        assertEquals(2, order.size());
        assertTrue(order.contains(talker));
        narrow.run(Duration.ofSeconds(3));
        assertEquals(echo, order.getLast());
    }

    private static CallSettings withOneAtOnce(CallSettings usual) {
        var many = usual.reanchoring();
        return new CallSettings(
                usual.us(),
                usual.edge(),
                usual.admission(),
                usual.controllerTimeout(),
                usual.queuePatience(),
                usual.controllerGrace(),
                usual.mediaTimeout(),
                usual.clearPatience(),
                usual.silenceLimit(),
                usual.waitingSilenceLimit(),
                usual.callLimit(),
                usual.apologyLimit(),
                usual.ringTimeout(),
                usual.musicPrompt(),
                new CallSettings.Reanchoring(1, many.patience(), many.pause(), many.limit()),
                usual.keeping());
    }
}
