// SPDX-License-Identifier: Apache-2.0
package org.panacall.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.panacall.defaults.GrpcServer;
import org.panacall.media.codec.Codec;
import org.panacall.proto.call.v1.RecordingKind;
import org.panacall.proto.call.v1.RecordingOrder;
import org.panacall.proto.media.v1.ArrangeRequest;
import org.panacall.proto.media.v1.CloseLegRequest;
import org.panacall.proto.media.v1.RecordTalkRequest;
import org.panacall.simkit.Eventually;

/** What a node answers to whoever wants a talk recorded. */
@QuarkusTest
class TalkServiceTest {

    private static final String CALLER = "leg_caller";
    private static final String AGENT = "leg_agent";

    @Inject GrpcServer grpc;

    private static RecordTalkRequest.Builder talk(String other) {
        var order =
                RecordingOrder.newBuilder()
                        .setKind(RecordingKind.RECORDING_KIND_CALL)
                        .setMailbox("registry")
                        .setAgentExtension("104")
                        .setLongest(Durations.fromHours(2));
        return RecordTalkRequest.newBuilder()
                .setLegId(CALLER)
                .setOtherLegId(other)
                .setRecord(order);
    }

    @Test
    void aTalkIsRecordedOnceHoweverOftenThatIsSaid() throws Exception {
        try (var node = new Node(grpc.port());
                var caller = new Phone(Codec.PCMA);
                var agent = new Phone(Codec.PCMU)) {
            // Given
            Eventually.isTrue("the node takes legs", () -> node.open(CALLER) > 0);
            node.configure(CALLER, caller);
            int port = node.open(AGENT, agent);
            node.matrix("bridge_talk", CALLER, AGENT, AGENT, CALLER);

            // When
            var alone = node.media.recordTalk(talk(AGENT).build());
            var steps = ArrangeRequest.newBuilder();
            steps.addStepsBuilder().setRecordTalk(talk(AGENT));
            steps.addStepsBuilder().setRecordTalk(talk(CALLER));
            steps.addStepsBuilder().setRecordTalk(talk(AGENT).clearRecord());
            steps.addStepsBuilder().setRecordTalk(talk(AGENT).setLegId("leg_of_nobody"));
            var answers = node.media.arrange(steps.build()).getAnswersList();
            var later = node.media.recordTalk(talk(AGENT).build());

            // Then
            var recording = alone.getRecorded().getRecordingId();
            assertFalse(recording.isEmpty());
            assertEquals(4, answers.size());
            assertEquals(recording, answers.get(0).getRecordTalk().getRecorded().getRecordingId());
            assertTrue(answers.get(1).hasFailed());
            assertTrue(answers.get(2).getRecordTalk().hasDone());
            assertTrue(answers.get(3).getRecordTalk().hasLegUnknown());
            assertFalse(later.getRecorded().getRecordingId().isEmpty());
            assertNotEquals(recording, later.getRecorded().getRecordingId());
            agent.speak(1_000, port);
            assertTrue(caller.await(phone -> phone.hears(1_000)));
            agent.stopSpeaking();
            for (var leg : new String[] {CALLER, AGENT}) {
                node.media.closeLeg(CloseLegRequest.newBuilder().setLegId(leg).build());
            }
        }
    }
}
