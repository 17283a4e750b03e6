// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.call.Caller;
import org.panacall.acd.core.id.SipIngress;

class ReconcilingTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final Scene scene = new Scene();

    @Test
    void aTalkThatEndedWhileNobodyLedFreesItsAgentAtOnce() {
        // Given
        scene.register(103);
        scene.talk("a", Clinic.REGISTRY);
        scene.after(Duration.ofMinutes(1));
        scene.takeOver(2);

        // When
        scene.send(nothingHeld(LONG));

        // Then
        assertTrue(scene.acd.call(Scene.call("a")).isEmpty());
        assertEquals(AgentState.Ready.class, scene.state(103));
    }

    @Test
    void aCallOfAProcessThatDiedIsWaitedForUntilAnHeirHasIt() {
        // Given
        scene.register(103);
        scene.talk("a", Clinic.REGISTRY);
        scene.after(Duration.ofMinutes(1));

        // When
        scene.send(nothingHeld(Duration.ofSeconds(3)));

        // Then
        assertEquals(AgentState.OnCall.class, scene.state(103));
    }

    @Test
    void aListThatIsNoProofEndsNothingAtOnce() {
        // Given
        scene.register(103);
        scene.talk("a", Clinic.REGISTRY);
        scene.after(Duration.ofMinutes(1));

        // When
        scene.send(nothingHeld(Duration.ZERO));

        // Then
        assertEquals(AgentState.OnCall.class, scene.state(103));
    }

    @Test
    void whoIsKeptAtSipIngressUntilWeAreAskedForHimKeepsHisPlace() {
        // Given
        scene.enqueue("a", Clinic.REGISTRY);
        scene.enqueue("b", Clinic.REGISTRY);
        scene.after(Duration.ofMinutes(1));
        scene.takeOver(2);

        // When
        scene.send(held("a", true));

        // Then
        assertTrue(scene.acd.call(Scene.call("a")).isPresent());
        scene.send(held("a", false));
        assertTrue(scene.acd.call(Scene.call("a")).isEmpty());
    }

    @Test
    void whoseTalkCameToNothingWhileWeWereAwayIsTakenAnew() {
        // Given
        scene.register(103);
        scene.talk("a", Clinic.REGISTRY);
        scene.after(Duration.ofMinutes(1));
        scene.takeOver(2);

        // When
        scene.send(held("a", true));

        // Then
        assertTrue(scene.acd.call(Scene.call("a")).isEmpty());
        assertEquals(AgentState.Ready.class, scene.state(103));
    }

    @Test
    void whoIsAskedForByAnotherSipIngressIsThereFromThenOn() {
        // Given
        scene.enqueue("a", Clinic.REGISTRY);
        scene.enqueue("b", Clinic.REGISTRY);
        scene.after(Duration.ofMinutes(1));
        scene.takeOver(2);
        var heir = new SipIngress("127.0.0.1:9011");
        var before = Clinic.caller("leg_a", true);
        var caller =
                new Caller(
                        before.leg(),
                        before.number(),
                        before.dialled(),
                        true,
                        heir,
                        before.attributes());
        var queue = new AcdCommand.Destination.Queue(Clinic.REGISTRY);

        // When
        scene.send(new AcdCommand.EnqueueCall(Scene.call("a"), caller, queue, ""));
        scene.send(nothingHeld(LONG));

        // Then
        assertEquals(heir, scene.acd.call(Scene.call("a")).orElseThrow().sipIngress());
        assertTrue(scene.acd.call(Scene.call("b")).isEmpty());
    }

    /** A call of which only the caller is there, and nobody of ours decides. */
    private static AcdCommand held(String name, boolean undecided) {
        var caller = Map.of(Clinic.caller("leg_" + name, true).leg(), true);
        var seen =
                new AcdCommand.SeenCall(
                        Scene.call(name), false, undecided, false, caller, Optional.empty());
        return new AcdCommand.ReconcileCalls(Clinic.INGRESS, LONG, List.of(seen));
    }

    private static AcdCommand nothingHeld(Duration holdingFor) {
        return new AcdCommand.ReconcileCalls(Clinic.INGRESS, holdingFor, List.of());
    }
}
