// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.acd.core.waiting.CallbackScene.lounge;
import static org.panacall.acd.core.waiting.CallbackScene.promised;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.AcdEvent.CallDequeued.Cause;
import org.panacall.acd.core.call.Sound;
import org.panacall.acd.core.plan.WaitingRoom;
import org.panacall.acd.core.plan.WaitingRoom.Callbacks;
import org.panacall.acd.core.plan.WaitingRoom.Figures;
import org.panacall.acd.core.plan.WaitingRoom.Information;
import org.panacall.acd.core.wait.Trust;

/** What users of other queue engines complain about, and ours must not do. */
class ComplaintsTest {

    private static final WaitingRoom TALKATIVE =
            new WaitingRoom(
                    "ru",
                    new Figures(Duration.ofSeconds(10), Duration.ofSeconds(20), true, false),
                    new Information(
                            List.of("news/flu"), Duration.ofSeconds(10), Duration.ofSeconds(20)),
                    Trust.USUAL,
                    Callbacks.NEVER);

    /** A place that must not rise silences itself, and nothing else (asterisk 1386). */
    @Test
    void announcementsAreNotSilencedByAPlaceThatRose() {
        // Given: b knows that he is the second, and two who are urgent come.
        var lounge = new Lounge(TALKATIVE);
        lounge.calls("a");
        lounge.calls("b");
        lounge.after(10);
        for (var said : lounge.effects(AcdEffect.Play.class)) {
            lounge.played(said.order().call(), said);
        }
        lounge.calls("c", Lounge.number("c").value(), Map.of("priority", "600"));
        lounge.calls("d", Lounge.number("d").value(), Map.of("priority", "600"));
        lounge.effects(AcdEffect.Play.class);

        // When
        lounge.after(20);

        // Then
        var heard =
                lounge.effects(AcdEffect.Play.class).stream()
                        .filter(play -> play.order().call().equals(Lounge.call("b")))
                        .filter(play -> play.sound() instanceof Sound.Announcement)
                        .map(Lounge::prompts)
                        .toList();
        assertEquals(List.of(List.of("news/flu")), heard);
    }

    /** The first caller of a day has never been told a place before (asterisk 1386). */
    @Test
    void theFirstAnnouncementOfAllIsNotSilencedByANumberThatWasNeverSaid() {
        // Given
        var lounge = new Lounge(TALKATIVE);
        lounge.calls("a");

        // When
        lounge.after(10);

        // Then
        assertTrue(Lounge.prompts(lounge.said()).contains("wait/next"));
    }

    /** FreePBX 621: callbacks come back with a priority, and those on the line never. */
    @Test
    void callbacksDoNotStarveThoseOnTheLine() {
        // Given: one on the line is the eldest, and ten who came later are to be called back.
        var lounge = lounge();
        lounge.calls("a");
        for (char name = 'b'; name <= 'k'; name++) {
            lounge.calls(Character.toString(name));
            promised(lounge, Character.toString(name));
        }

        // When
        lounge.comes(101);

        // Then
        var offers = lounge.events(AcdEvent.OfferMade.class);
        assertEquals(Lounge.call("a"), offers.getFirst().call());
    }

    /** FreePBX 621: more callbacks are launched than agents are free. */
    @Test
    void noMorePatientsAreRungThanAgentsAreThere() {
        // Given
        var lounge = lounge();
        for (var name : List.of("a", "b", "c")) {
            lounge.calls(name);
            promised(lounge, name);
        }

        // When
        lounge.comes(101);

        // Then
        assertEquals(1, lounge.effects(AcdEffect.CreateCall.class).size());
    }

    /** FreePBX 525: several callbacks to one number at a time. */
    @Test
    void aPatientWhoAsksTwiceIsCalledBackOnce() {
        // Given
        var lounge = lounge();
        lounge.calls("a");
        promised(lounge, "a");
        lounge.calls("again", Lounge.number("a").value());

        // When
        lounge.after(10);
        lounge.presses("again", "11");
        lounge.comes(101, 102);

        // Then
        assertEquals(1, lounge.effects(AcdEffect.CreateCall.class).size());
        assertEquals(1, lounge.acd.waits().callbacks().all().size());
    }

    /** Twilio's template: who left for a callback counts as abandoned. */
    @Test
    void aPromiseIsNoAbandonment() {
        // Given
        var lounge = lounge();
        lounge.calls("a");

        // When
        promised(lounge, "a");

        // Then
        assertFalse(CallbackScene.causes(lounge).contains(Cause.ABANDONED));
    }
}
