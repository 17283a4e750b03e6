// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.ivr.core.IvrCommand.NoteEffectFailed;
import org.panacall.ivr.core.IvrCommand.NoteRoomEnded;
import org.panacall.ivr.core.IvrCommand.StartRun;
import org.panacall.ivr.core.flow.Expression;
import org.panacall.ivr.core.flow.Flow;
import org.panacall.ivr.core.flow.Step;

/** Callers in conference rooms. */
class ConferenceTest {

    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Step.Company COMPANY = new Step.Company(10, Stage.prompts("music"), true);

    private final Stage stage = new Stage();

    private static Flow flow(Expression room) {
        return Stage.flow(
                Stage.step(
                        "room",
                        new Step.Confer(room, COMPANY, LONGEST, "#"),
                        "done",
                        "bye",
                        "full",
                        "later",
                        "failed",
                        "sorry"),
                Stage.step("bye", new Step.HangUp(reason("over"))),
                Stage.step("later", new Step.HangUp(reason("full"))),
                Stage.step("sorry", new Step.HangUp(reason("failed"))));
    }

    private static EndReason reason(String word) {
        return new EndReason(EndReason.Fault.NONE, word);
    }

    private IvrEffect.JoinRoom join() {
        var flow = flow(names -> names.apply("dialled").map(number -> "room-700"));
        stage.tell(new StartRun(Stage.CALLER, flow, Stage.dialPlan(), true));
        return assertInstanceOf(IvrEffect.JoinRoom.class, stage.lastEffect());
    }

    private String end() {
        return assertInstanceOf(IvrEffect.HangUpCall.class, stage.lastEffect()).reason().reason();
    }

    private boolean left() {
        return stage.effects.stream().anyMatch(IvrEffect.LeaveRoom.class::isInstance);
    }

    @Test
    void aCallerIsInTheRoomUntilHisTimeIsOver() {
        // When
        var join = join();
        // Then
        assertEquals("room-700", join.room());
        assertEquals(COMPANY, join.company());
        stage.after(LONGEST.minusSeconds(1));
        assertEquals(join, stage.lastEffect());
        stage.after(Duration.ofSeconds(2));
        assertTrue(left());
        assertEquals("over", end());
    }

    @Test
    void heLeavesByTheKeyAndByNoOther() {
        // Given
        var join = join();
        stage.press("5");
        assertEquals(join, stage.lastEffect());
        // When
        stage.press("#");
        // Then
        assertTrue(left());
        assertEquals("over", end());
    }

    @Test
    void aFullRoomIsAWayOfItsOwn() {
        // Given
        var join = join();
        // When
        stage.tell(new NoteRoomEnded(Stage.CALLER.call(), join.room(), true));
        // Then
        assertEquals("full", end());
    }

    @Test
    void aRoomThatIsNotToBeHadFails() {
        // Given
        var join = join();
        // When
        stage.tell(new NoteRoomEnded(Stage.CALLER.call(), join.room(), false));
        // Then
        assertEquals("failed", end());
    }

    @Test
    void anOrderThatIsRefusedFails() {
        // Given
        var join = join();
        // When
        stage.tell(new NoteEffectFailed(Stage.CALLER.call(), join.number(), false));
        // Then
        assertEquals("failed", end());
    }

    @Test
    void wordOfAnotherRoomIsNone() {
        // Given
        var join = join();
        // When
        stage.tell(new NoteRoomEnded(Stage.CALLER.call(), "room-701", true));
        // Then
        assertEquals(join, stage.lastEffect());
    }

    @Test
    void whatIsNoNameLeadsNowhere() {
        for (var name : List.of("", "a room", "700/701", "x".repeat(41))) {
            var other = new Stage();
            var flow = flow(names -> Optional.of(name));
            other.tell(new StartRun(Stage.CALLER, flow, Stage.dialPlan(), true));
            var end = assertInstanceOf(IvrEffect.HangUpCall.class, other.lastEffect());
            assertEquals("failed", end.reason().reason());
        }
    }
}
