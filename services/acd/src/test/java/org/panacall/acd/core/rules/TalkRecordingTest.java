// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEffect.TalkRecording;
import org.panacall.acd.core.Clinic;
import org.panacall.acd.core.Scene;
import org.panacall.acd.core.call.Target;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.plan.QueueRules;
import org.panacall.acd.core.plan.RecordingRule;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.core.plan.TenantRules;

/** Which talks are recorded: by the rule of the queue, and never without the proof it wants. */
class TalkRecordingTest {

    private static final Map<String, String> NOTICED = Map.of("recording-notice", "played");

    private static TenantPlan clinic(boolean recorded, boolean noticeRequired) {
        var rules =
                new QueueRules(
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        new RecordingRule(recorded, noticeRequired));
        return Clinic.ruled(rules, TenantRules.USUAL);
    }

    /** A caller of the registry, with these attributes, talks with its agent 103. */
    private static Scene talk(TenantPlan plan, Map<String, String> attributes) {
        var scene = new Scene(plan);
        scene.register(103);
        scene.enqueue("a", Clinic.REGISTRY, attributes);
        scene.answered("a", scene.rung().leg());
        return scene;
    }

    private static Optional<TalkRecording> recording(Scene scene) {
        var joins = scene.effects(AcdEffect.JoinLegs.class);
        assertEquals(1, joins.size());
        return joins.getFirst().recording();
    }

    @Test
    void whoHasHeardTheNoticeIsRecorded() {
        var recording = recording(talk(clinic(true, true), NOTICED)).orElseThrow();
        assertFalse(recording.noticeMissing());
        assertEquals(Clinic.REGISTRY, recording.queue());
        assertEquals(Clinic.extension(103), recording.agent());
        assertEquals(new PartyNumber("+79160000001"), recording.caller());
        assertEquals("ru", recording.language());
    }

    @Test
    void whoHasNotIsNotWhateverElseIsSaidOfHim() {
        for (var attributes :
                List.of(
                        Map.<String, String>of(),
                        Map.of("recording-notice", ""),
                        Map.of("recording-notice", "failed"),
                        Map.of("Recording-Notice", "played", "category", "vip"))) {
            var recording = recording(talk(clinic(true, true), attributes)).orElseThrow();
            assertTrue(recording.noticeMissing(), () -> "by " + attributes);
        }
    }

    @Test
    void aQueueThatNeedsNoNoticeRecordsAll() {
        var recording = recording(talk(clinic(true, false), Map.of()));
        assertFalse(recording.orElseThrow().noticeMissing());
    }

    @Test
    void nothingIsRecordedUnlessTheQueueWantsIt() {
        assertEquals(Optional.empty(), recording(talk(clinic(false, true), NOTICED)));
        assertEquals(Optional.empty(), recording(talk(Clinic.plan(), NOTICED)));
    }

    @Test
    void aNewLeaderMeansTheSame() {
        // Given
        var scene = talk(clinic(true, true), NOTICED);
        var before = recording(scene);

        // When
        scene.takeOver(2);

        // Then
        assertEquals(before, recording(scene));
    }

    @Test
    void aCallForAPersonIsOfNoQueueAndNotRecorded() {
        // Given
        var scene = new Scene(clinic(true, false));
        scene.register(103);
        var person =
                new AcdCommand.Destination.Person(
                        Clinic.extension(103), Optional.of(Clinic.REGISTRY), Target.Terms.USUAL);

        // When
        scene.enqueue("a", person, true);
        scene.answered("a", scene.rung().leg());

        // Then
        assertEquals(Optional.empty(), recording(scene));
    }
}
