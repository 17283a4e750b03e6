// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.Clinic;
import org.panacall.acd.core.Refusal;
import org.panacall.acd.core.Scene;
import org.panacall.acd.core.agent.Notes.Mode;
import org.panacall.acd.core.plan.QueueRules;
import org.panacall.acd.core.plan.TenantRules;

class WrapUpTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** The registry has these notes, one minute of them. */
    private static Scene clinic(Mode mode) {
        return clinic(new Notes(mode, MINUTE, Duration.ofSeconds(30)));
    }

    private static Scene clinic(Notes notes) {
        var rules =
                new QueueRules(
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.of(notes),
                        OptionalInt.empty());
        return new Scene(Clinic.ruled(rules, TenantRules.USUAL));
    }

    private static Scene afterATalk(Mode mode) {
        var scene = clinic(mode);
        scene.register(103);
        scene.talk("a", Clinic.REGISTRY);
        scene.callEnded("a");
        return scene;
    }

    @ParameterizedTest
    @CsvSource({
        // mode, state after the talk, when he says ready after 20 s, after 59 s, after 60 s
        "NONE, Ready, Ready, Ready",
        "MANDATORY, WrapUp, WrapUp, Ready",
        "OPTIONAL, WrapUp, Ready, Ready",
        "TIMED, WrapUp, Ready, Ready",
        "EXTENDABLE, WrapUp, Ready, Ready",
    })
    void notesEndAsTheirModeSays(Mode mode, String after, String said, String atTheEnd) {
        // Given
        var scene = afterATalk(mode);
        var first = scene.state(103).getSimpleName();
        scene.after(Duration.ofSeconds(20));

        // When
        scene.ready(103);

        // Then
        assertEquals(after, first);
        assertEquals(said, scene.state(103).getSimpleName());
        scene.after(Duration.ofSeconds(40));
        assertEquals(atTheEnd, scene.state(103).getSimpleName());
    }

    @ParameterizedTest
    @CsvSource({"MANDATORY", "OPTIONAL", "TIMED", "EXTENDABLE"})
    void notesOfWhichNobodySpeaksEndAfterTheirTime(Mode mode) {
        // Given
        var scene = afterATalk(mode);

        // When
        scene.after(MINUTE);

        // Then
        assertEquals(AgentState.Ready.class, scene.state(103));
    }

    @Test
    void notReadySaidDuringMandatoryNotesTakesEffectAfterThem() {
        // Given
        var scene = afterATalk(Mode.MANDATORY);

        // When
        scene.notReady(103);

        // Then
        assertEquals(AgentState.WrapUp.class, scene.state(103));
        scene.after(MINUTE);
        assertEquals(AgentState.NotReady.class, scene.state(103));
    }

    @Test
    void aSupervisorEndsMandatoryNotes() {
        // Given
        var scene = afterATalk(Mode.MANDATORY);

        // When
        scene.force(103, Intent.Wish.READY);

        // Then
        assertEquals(AgentState.Ready.class, scene.state(103));
    }

    @Test
    void extendableNotesAreProlongedStepByStepButNeverBeyondFifteenMinutes() {
        // Given
        var scene = afterATalk(Mode.EXTENDABLE);
        var since = scene.clock.instant();

        // When
        Optional<Refusal> refused = Optional.empty();
        int steps = 0;
        while (refused.isEmpty()) {
            refused = scene.send(new AcdCommand.ExtendWrapUp(Clinic.extension(103)));
            steps += refused.isEmpty() ? 1 : 0;
        }

        // Then
        assertInstanceOf(Refusal.NotExtendable.class, refused.get());
        assertEquals(28, steps);
        var until = ((AgentState.WrapUp) scene.agent(103).state()).until();
        assertEquals(since.plus(Notes.LONGEST), until);
        scene.after(Notes.LONGEST);
        assertEquals(AgentState.Ready.class, scene.state(103));
    }

    @ParameterizedTest
    @CsvSource({"MANDATORY", "OPTIONAL", "TIMED"})
    void otherNotesCannotBeProlonged(Mode mode) {
        // Given
        var scene = afterATalk(mode);

        // When
        var refused = scene.send(new AcdCommand.ExtendWrapUp(Clinic.extension(103)));

        // Then
        assertEquals(Optional.of(new Refusal.NotExtendable()), refused);
    }

    @Test
    void whoPlacesACallInTheMidstOfMandatoryNotesGoesOnWritingAfterIt() {
        // Given
        var scene = afterATalk(Mode.MANDATORY);
        scene.after(Duration.ofSeconds(10));
        scene.place("b", 103);

        // When
        scene.callEnded("b");

        // Then
        assertEquals(AgentState.WrapUp.class, scene.state(103));
        scene.after(Duration.ofSeconds(50));
        assertEquals(AgentState.Ready.class, scene.state(103));
    }

    @Test
    void notesThatRanOutDuringAPlacedCallAreOver() {
        // Given
        var scene = afterATalk(Mode.MANDATORY);
        scene.place("b", 103);
        scene.after(Duration.ofSeconds(20));
        scene.answered("b", scene.effects(AcdEffect.CreateCall.class).getFirst().leg().leg());
        scene.answered("b", scene.rung().leg());
        scene.after(MINUTE);

        // When
        scene.callEnded("b");

        // Then
        assertEquals(AgentState.Ready.class, scene.state(103));
    }

    @Test
    void aQueueWithoutARuleGivesTheAgentsOwnTime() {
        // Given: 101 has ten seconds of his own.
        var scene = new Scene();
        scene.register(101);
        scene.ready(101);
        scene.talk("a", Clinic.REGISTRY);

        // When
        scene.callEnded("a");

        // Then
        scene.after(Duration.ofSeconds(9));
        assertEquals(AgentState.WrapUp.class, scene.state(101));
        scene.after(Duration.ofSeconds(1));
        assertEquals(AgentState.Ready.class, scene.state(101));
    }

    @Test
    void anotherQueuesRulesDoNotTouchAWrapUpThatHasBegun() {
        // Given
        var scene = afterATalk(Mode.MANDATORY);

        // When
        scene.configure(Clinic.plan());

        // Then
        assertEquals(AgentState.WrapUp.class, scene.state(103));
        scene.after(MINUTE);
        assertEquals(AgentState.Ready.class, scene.state(103));
    }

    @Test
    void notesOfMoreThanFifteenMinutesAreAMistake() {
        // Given
        var tooLong = Notes.LONGEST.plusSeconds(1);

        // When
        var mistake =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Notes(Mode.TIMED, tooLong, Duration.ZERO));

        // Then
        assertTrue(mistake.getMessage().contains("900 s"));
    }
}
