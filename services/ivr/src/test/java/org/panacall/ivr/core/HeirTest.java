// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.panacall.ivr.core.IvrCommand.NoteCallAdopted;
import org.panacall.ivr.core.IvrCommand.NoteCallMissing;
import org.panacall.ivr.core.IvrCommand.NoteEffectFailed;
import org.panacall.ivr.core.IvrCommand.NoteEffectLost;
import org.panacall.ivr.core.IvrCommand.Seen;
import org.panacall.ivr.core.IvrCommand.StartRun;
import org.panacall.ivr.core.IvrEvent.Ending;

class HeirTest {

    private static final Duration INTER_KEY = Duration.ofSeconds(2);
    private static final String OTHER = "127.0.0.1:9011";

    private final Stage stage = new Stage();

    @Test
    void theMenuIsSaidAgainAndItsKeysWork() {
        // Given
        stage.atMenu();
        var menu = stage.lastPlay();

        // When
        stage.die(true, true);

        // Then
        assertEquals(menu.prompts(), stage.lastPlay().prompts());
        assertNotEquals(menu.number(), stage.lastPlay().number());
        assertEquals("queue registry", stage.press("1").after(INTER_KEY).handedTo());
    }

    @Test
    void aCallThatWentOverMeanwhileIsNotHandedOverAgain() {
        // Given
        stage.atMenu().press("1").after(INTER_KEY);

        // When
        stage.die(false, true);

        // Then
        assertTrue(stage.effects.isEmpty());
        assertEquals(Ending.HANDED_OVER, stage.ending().orElseThrow().ending());
    }

    @Test
    void aHandOverThatIsAskedForAgainHasTheSameMark() {
        // Given
        stage.atMenu().press("1").after(INTER_KEY);
        var before = (IvrEffect.HandOver) stage.lastEffect();

        // When
        stage.die(true, true);

        // Then
        var again = (IvrEffect.HandOver) stage.lastEffect();
        assertEquals(before.mark(), again.mark());
        assertEquals(before.to(), again.to());
    }

    @Test
    void aCallerWhoWasNotAnsweredYetIsAnswered() {
        // Given
        stage.tell(new StartRun(Stage.CALLER, Stage.demo(), Stage.dialPlan(), false));

        // When
        stage.die(true, false);

        // Then
        assertInstanceOf(IvrEffect.AnswerLeg.class, stage.lastEffect());
    }

    @Test
    void aRunOfWhichNobodyTellsEnds() {
        // Given
        stage.atMenu();
        stage.tell(new NoteCallMissing(Stage.CALLER.call()));

        // When
        stage.after(Duration.ofSeconds(11));
        assertEquals("queue fallback", stage.handedTo());
        stage.tell(new NoteEffectLost(Stage.CALLER.call(), stage.lastEffect().number(), true));

        // Then
        assertEquals(EndReason.CALL_GONE, stage.ending().orElseThrow().reason());
    }

    @Test
    void aCallThatAnotherSipIngressAdoptedGoesOnThere() {
        // Given
        stage.atMenu();
        stage.tell(new NoteEffectLost(Stage.CALLER.call(), stage.lastEffect().number(), false));

        // When
        stage.tell(new NoteCallAdopted(Stage.CALLER.call(), OTHER, new Seen(true, true)));

        // Then
        assertEquals(OTHER, stage.lastPlay().caller().origin().sipIngress());
        assertEquals(1, stage.ivr.callersAt(OTHER).size());
        assertEquals("queue registry", stage.press("1").after(INTER_KEY).handedTo());
    }

    @Test
    void aHandOverThatDidNotArriveIsMadeWhereTheCallTurnsUp() {
        // Given
        stage.atMenu().press("1").after(INTER_KEY);
        var before = stage.handedTo();
        stage.tell(new NoteEffectLost(Stage.CALLER.call(), stage.lastEffect().number(), false));

        // When
        stage.tell(new NoteCallAdopted(Stage.CALLER.call(), OTHER, new Seen(true, true)));

        // Then
        assertEquals(before, stage.handedTo());
        stage.tell(new NoteEffectFailed(Stage.CALLER.call(), stage.lastEffect().number(), false));
        assertEquals("queue fallback", stage.handedTo());
    }

    @Test
    void anHeirOfAnHeirGoesOnToo() {
        // Given
        stage.atMenu().press("3");
        stage.die(true, true);

        // When
        stage.die(true, true);

        // Then
        assertEquals(Stage.prompts("hours"), stage.lastPlay().prompts());
        assertEquals(2_000_001, stage.lastPlay().number());
    }
}
