// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.acd.core.rules.OverflowClinic.CLOSED;
import static org.panacall.acd.core.rules.OverflowClinic.MINUTE;
import static org.panacall.acd.core.rules.OverflowClinic.call;
import static org.panacall.acd.core.rules.OverflowClinic.rules;
import static org.panacall.acd.core.rules.OverflowClinic.waiting;
import static org.panacall.acd.core.rules.OverflowClinic.withVoicemail;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.Clinic;
import org.panacall.acd.core.Scene;

/** Callers of queues that do not keep them leave messages. */
class MessagesTest {

    static Stream<Arguments> takers() {
        return Stream.of(
                Arguments.of("", "voicemail"), Arguments.of("night-message", "night-message"));
    }

    @ParameterizedTest
    @MethodSource("takers")
    void aMessageIsTakenByTheRulesFlowOrTheTenantsForTheQueueThatWasCalled(
            String own, String taker) {
        // Given
        var message = new OverflowRule(Why.CLOSED, new Action.TakeMessage(own));
        var scene = new Scene(withVoicemail(rules(CLOSED, List.of(message), List.of())));

        // When
        scene.enqueue("a", Clinic.REGISTRY);

        // Then
        var order = scene.effects(AcdEffect.HandOver.class).getFirst();
        assertEquals(taker, order.flow());
        assertEquals(Optional.of(Clinic.REGISTRY), order.from());
        assertTrue(call(scene, "a").withFlow());
        assertEquals(
                List.of(new Action.TakeMessage(taker)),
                scene.happened(AcdEvent.CallOverflowed.class).stream()
                        .map(AcdEvent.CallOverflowed::action)
                        .toList());
        assertTrue(scene.effects(AcdEffect.HangUpCall.class).isEmpty());
    }

    @Test
    void whoWaitedTooLongMayLeaveAMessageAndANewLeaderKnowsWhichFlowHasHim() {
        // Given
        var message = new OverflowRule(Why.WAITED_TOO_LONG, MINUTE, new Action.TakeMessage(""));
        var scene = new Scene(withVoicemail(waiting(message)));
        scene.enqueue("a", Clinic.REGISTRY);
        scene.after(MINUTE);
        var order = scene.effects(AcdEffect.HandOver.class).getFirst();

        // When
        scene.takeOver(2);
        var again = scene.effects(AcdEffect.HandOver.class).getFirst();

        // Then
        assertEquals(order.order().effectId(), again.order().effectId());
        assertEquals("voicemail", again.flow());
        assertEquals(Optional.of(Clinic.REGISTRY), again.from());
    }
}
