// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.call.Sound;
import org.panacall.acd.core.plan.WaitingRoom;
import org.panacall.acd.core.plan.WaitingRoom.Callbacks;
import org.panacall.acd.core.plan.WaitingRoom.Figures;
import org.panacall.acd.core.plan.WaitingRoom.Information;
import org.panacall.acd.core.wait.Trust;

/** What callers hear while they wait. */
class HostingTest {

    private static final Figures POSITION =
            new Figures(Duration.ofSeconds(10), Duration.ofSeconds(30), true, false);
    private static final Information NEWS =
            new Information(
                    List.of("news/flu", "news/hours"),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(60));

    private static Lounge lounge(Figures figures, Information information) {
        return new Lounge(
                new WaitingRoom("ru", figures, information, Trust.USUAL, Callbacks.NEVER));
    }

    private static Lounge lounge(Figures figures) {
        return lounge(figures, Information.NONE);
    }

    @Test
    void thePlaceInLineIsSaidAfterItsTimeAndThenAgainAndAgain() {
        // Given
        var lounge = lounge(POSITION);
        lounge.calls("a");
        lounge.calls("b");
        lounge.effects(AcdEffect.Play.class);

        // When
        lounge.after(9);
        assertEquals(List.of(), lounge.effects(AcdEffect.Play.class));
        lounge.after(1);

        // Then
        var said = lounge.effects(AcdEffect.Play.class);
        assertEquals(List.of("wait/next"), Lounge.prompts(said.get(0)));
        assertEquals(
                List.of("wait/ahead-one", "number/1-people", "unit/people-one"),
                Lounge.prompts(said.get(1)));
        said.forEach(play -> lounge.played(play.order().call(), play));
        lounge.effects(AcdEffect.Play.class);
        lounge.after(30);
        assertEquals(2, lounge.effects(AcdEffect.Play.class).size());
    }

    @Test
    void musicGoesOnAfterAnAnnouncementUnderANameOfItsOwn() {
        // Given
        var lounge = lounge(POSITION);
        lounge.calls("a");
        var before = lounge.only(AcdEffect.Play.class);
        lounge.after(10);
        var said = lounge.said();

        // When
        lounge.played(Lounge.call("a"), said);

        // Then
        var music = lounge.only(AcdEffect.Play.class);
        assertEquals(new Sound.Music("music/waiting"), music.sound());
        assertNotEquals(before.play(), music.play());
        assertNotEquals(before.order().effectId(), music.order().effectId());
    }

    @Test
    void theEndOfSomethingElseDoesNotEndAnAnnouncement() {
        // Given
        var lounge = lounge(POSITION);
        lounge.calls("a");
        var music = lounge.only(AcdEffect.Play.class);
        lounge.after(10);
        lounge.said();

        // When
        lounge.played(Lounge.call("a"), music);

        // Then
        assertEquals(List.of(), lounge.effects(AcdEffect.Play.class));
    }

    @Test
    void whatIsDueTogetherIsSaidTogetherAndNothingIsCut() {
        // Given
        var lounge =
                lounge(
                        new Figures(Duration.ofSeconds(20), Duration.ofSeconds(10), true, false),
                        NEWS);
        lounge.calls("a");
        lounge.effects(AcdEffect.Play.class);

        // When
        lounge.after(20);
        var said = lounge.said();

        // Then: the next figures are due meanwhile, but wait
        assertEquals(List.of("wait/next", "news/flu"), Lounge.prompts(said));
        lounge.after(15);
        assertEquals(List.of(), lounge.effects(AcdEffect.Play.class));
        lounge.played(Lounge.call("a"), said);
        var next = lounge.effects(AcdEffect.Play.class);
        assertEquals(new Sound.Music("music/waiting"), next.getFirst().sound());
    }

    @Test
    void informationComesInTurn() {
        // Given
        var lounge = lounge(Figures.NONE, NEWS);
        lounge.calls("a");
        lounge.effects(AcdEffect.Play.class);

        // When
        lounge.after(20);
        var first = lounge.said();
        lounge.played(Lounge.call("a"), first);
        lounge.after(60);
        var second = lounge.said();
        lounge.played(Lounge.call("a"), second);
        lounge.after(60);
        var third = lounge.said();

        // Then
        assertEquals(List.of("news/flu"), Lounge.prompts(first));
        assertEquals(List.of("news/hours"), Lounge.prompts(second));
        assertEquals(List.of("news/flu"), Lounge.prompts(third));
    }

    @Test
    void nothingIsSaidWhileAPhoneRingsForTheCaller() {
        // Given
        var lounge = lounge(POSITION);
        lounge.comes(101);
        lounge.calls("a");
        var leg = lounge.only(AcdEffect.AddLeg.class).leg().leg();
        lounge.effects(AcdEffect.Play.class);

        // When
        lounge.after(12);
        assertEquals(List.of(), lounge.effects(AcdEffect.Play.class));
        lounge.ended(Lounge.call("a"), leg, "rejected", 486);

        // Then: he is last in line for a moment, in which it is said
        assertEquals(List.of("wait/next"), Lounge.prompts(lounge.said()));
    }

    @Test
    void anAnswerEndsAllAnnouncements() {
        // Given
        var lounge = lounge(POSITION, NEWS);
        lounge.calls("a");
        lounge.after(10);
        var said = lounge.said();
        lounge.comes(101);
        var leg = lounge.only(AcdEffect.AddLeg.class).leg().leg();

        // When
        lounge.answered(Lounge.call("a"), leg);

        // Then
        lounge.only(AcdEffect.JoinLegs.class);
        lounge.played(Lounge.call("a"), said);
        lounge.after(600);
        assertEquals(List.of(), lounge.effects(AcdEffect.Play.class));
    }

    @Test
    void aLostEndOfAnAnnouncementLeavesNobodyInSilence() {
        // Given
        var lounge = lounge(POSITION);
        lounge.calls("a");
        lounge.after(10);
        lounge.said();

        // When
        lounge.after(11);

        // Then
        assertEquals(new Sound.Music("music/waiting"), lounge.only(AcdEffect.Play.class).sound());
    }

    @Test
    void aNewLeaderSaysTheSameUnderTheSameName() {
        // Given
        var lounge = lounge(POSITION);
        lounge.calls("a");
        lounge.after(10);
        var said = lounge.said();

        // When
        lounge.takeOver(2);

        // Then
        var again = lounge.said();
        assertEquals(said.order().effectId(), again.order().effectId());
        assertEquals(said.sound(), again.sound());
        lounge.played(Lounge.call("a"), again);
        lounge.only(AcdEffect.Play.class);
    }

    @Test
    void aCallerIsSpokenToInHisOwnLanguage() {
        // Given
        var lounge = lounge(POSITION);
        lounge.calls("a", "+79160000001", Map.of("language", "uk"));

        // When
        lounge.after(10);

        // Then
        assertEquals("uk", ((Sound.Announcement) lounge.said().sound()).language());
    }

    /** Asterisk's app_queue #1386: announce-position-only-up silences all, as it begins with 0. */
    @Test
    void theFirstPositionIsSaidThoughPositionsOnlyFall() {
        // Given
        var lounge = lounge(POSITION);
        for (var name : List.of("a", "b", "c")) {
            lounge.calls(name);
        }
        lounge.effects(AcdEffect.Play.class);

        // When
        lounge.after(10);

        // Then
        assertEquals(3, lounge.effects(AcdEffect.Play.class).size());
    }

    @Test
    void theWaitIsSaidOnlyOnceEnoughCallsHaveTaughtIt() {
        // Given
        var lounge =
                lounge(new Figures(Duration.ofSeconds(10), Duration.ofSeconds(30), false, true));
        lounge.comes(101);
        for (int talk = 0; talk < 40; talk++) {
            lounge.talks("t" + talk);
            lounge.after(20);
            lounge.hangUp("t" + talk);
        }
        lounge.talks("x");
        lounge.effects(AcdEffect.Play.class);

        // When
        lounge.calls("a");
        lounge.effects(AcdEffect.Play.class);
        lounge.after(10);

        // Then
        assertEquals(List.of("wait/less-than-a-minute"), Lounge.prompts(lounge.said()));
    }

    @Test
    void withoutExperienceNoWaitIsSaid() {
        // Given
        var lounge =
                lounge(new Figures(Duration.ofSeconds(10), Duration.ofSeconds(30), false, true));
        lounge.comes(101);
        lounge.talks("x");
        lounge.calls("a");
        lounge.effects(AcdEffect.Play.class);

        // When
        lounge.after(300);

        // Then
        assertEquals(List.of(), lounge.effects(AcdEffect.Play.class));
    }
}
