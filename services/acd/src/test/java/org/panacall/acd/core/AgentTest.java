// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.AcdEvent.AgentChanged;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.id.LegId;

class AgentTest {

    private final Scene scene = new Scene();

    private List<String> walk(int number) {
        return scene.events.stream()
                .filter(AgentChanged.class::isInstance)
                .map(AgentChanged.class::cast)
                .filter(changed -> changed.agent().equals(Clinic.agent(number)))
                .map(changed -> changed.next().state().getClass().getSimpleName())
                .toList();
    }

    @Test
    void anAgentWalksAlongTheDiagram() {
        // Given
        scene.register(101);
        scene.ready(101);
        scene.enqueue("a", Clinic.REGISTRY);
        scene.ended("a", scene.rung().leg(), "rejected", 486);
        scene.after(Duration.ofSeconds(2));
        scene.answered("a", scene.rung().leg());

        // When
        scene.callEnded("a");
        scene.after(Duration.ofSeconds(10));
        scene.place("b", 101);
        scene.callEnded("b");
        scene.notReady(101);

        // Then
        assertEquals(
                List.of(
                        "NotReady",
                        "NotReady",
                        "Ready",
                        "Offered",
                        "Ready",
                        "Ready",
                        "Offered",
                        "OnCall",
                        "WrapUp",
                        "Ready",
                        "OnCall",
                        "Ready",
                        "NotReady"),
                walk(101));
    }

    @Test
    void aPhoneOnlyAgentIsReadyWhileHisPhoneIsRegistered() {
        // Given
        var before = scene.state(103);

        // When
        scene.register(103);
        var registered = scene.state(103);
        scene.unregister(103);

        // Then
        assertEquals(AgentState.NotReady.class, before);
        assertEquals(AgentState.Ready.class, registered);
        assertEquals(AgentState.NotReady.class, scene.state(103));
    }

    @Test
    void aDesktopAgentIsReadyOnlyWhenHeSaysSoAndHasAPhone() {
        // Given
        scene.ready(101);
        var withoutPhone = scene.state(101);
        scene.register(101, 102);

        // When
        var silent = scene.state(102);

        // Then
        assertEquals(AgentState.NotReady.class, withoutPhone);
        assertEquals(AgentState.Ready.class, scene.state(101));
        assertEquals(AgentState.NotReady.class, silent);
    }

    @Test
    void notReadyByServiceCodeIsKeptWhileRegisteredAndForgottenAfter() {
        // Given
        scene.register(103);
        scene.notReady(103);
        scene.register(103);
        var kept = scene.state(103);
        scene.unregister(103);

        // When
        scene.register(103);

        // Then
        assertEquals(AgentState.NotReady.class, kept);
        assertEquals(AgentState.Ready.class, scene.state(103));
    }

    @Test
    void aRegistrationThatIsNotRenewedRunsOut() {
        // Given
        var minute = Map.of(Clinic.extension(103), Duration.ofSeconds(60));
        scene.send(new AcdCommand.RenewRegistrations(minute, false));
        scene.after(Duration.ofSeconds(64));
        var kept = scene.state(103);

        // When
        scene.after(Duration.ofSeconds(2));

        // Then
        assertEquals(AgentState.Ready.class, kept);
        assertEquals(AgentState.NotReady.class, scene.state(103));
    }

    @Test
    void whoIsMissingInAReadingOfAllPhonesIsRegisteredNoMore() {
        // Given
        scene.register(103, 104);
        var only104 = Map.of(Clinic.extension(104), Duration.ofHours(1));

        // When
        scene.send(new AcdCommand.RenewRegistrations(only104, true));

        // Then
        assertFalse(scene.agent(103).registered());
        assertEquals(AgentState.Ready.class, scene.state(104));
    }

    @Test
    void aReadingThatSaysTheSameIsNoEvent() {
        // Given
        scene.register(103);
        var same = Map.of(Clinic.extension(103), Duration.ofHours(1));
        scene.after(Duration.ofSeconds(1));
        var events = scene.events.size();

        // When
        scene.send(new AcdCommand.RenewRegistrations(same, true));

        // Then
        assertEquals(events, scene.events.size());
    }

    @Test
    void notReadyDuringATalkTakesEffectAfterIt() {
        // Given
        scene.register(103);
        scene.talk("a", Clinic.REGISTRY);
        scene.notReady(103);
        var talking = scene.state(103);

        // When
        scene.callEnded("a");

        // Then
        assertEquals(AgentState.OnCall.class, talking);
        assertEquals(AgentState.NotReady.class, scene.state(103));
    }

    @Test
    void aTalkThatOneSideEndedLeavesTheAgentOccupiedUntilTheCallIsOver() {
        // Given
        scene.register(103);
        scene.talk("a", Clinic.REGISTRY);
        scene.ended("a", new LegId("leg_a"), "caller-hung-up", 0);
        var still = scene.state(103);

        // When
        scene.callEnded("a");

        // Then
        assertEquals(AgentState.OnCall.class, still);
        assertEquals(AgentState.Ready.class, scene.state(103));
    }
}
