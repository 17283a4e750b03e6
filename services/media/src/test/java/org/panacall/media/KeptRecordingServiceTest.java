// SPDX-License-Identifier: Apache-2.0
package org.panacall.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.defaults.GrpcServer;
import org.panacall.media.codec.Codec;
import org.panacall.proto.call.v1.KeptRecording;
import org.panacall.proto.call.v1.Prompt;
import org.panacall.proto.media.v1.CloseLegRequest;
import org.panacall.proto.media.v1.LegNotice;
import org.panacall.proto.media.v1.PromptsOutcome;
import org.panacall.simkit.Eventually;

/** Recordings as prompts, while the service that keeps them is away. */
@QuarkusTest
class KeptRecordingServiceTest {

    private static final String LEG = "leg_listener";

    @Inject GrpcServer grpc;

    private Node node;
    private Phone phone;

    @BeforeEach
    void connect() throws Exception {
        node = new Node(grpc.port());
        phone = new Phone(Codec.PCMA);
        Eventually.isTrue("the node takes legs", () -> node.open(LEG) > 0);
        node.configure(LEG, phone);
        node.watch("", 0);
    }

    @AfterEach
    void hangUp() throws Exception {
        node.media.closeLeg(CloseLegRequest.newBuilder().setLegId(LEG).build());
        phone.close();
        node.close();
    }

    private static Prompt recording(String id, String listener) {
        var kept = KeptRecording.newBuilder().setRecordingId(id).setListenerId(listener);
        return Prompt.newBuilder().setRecording(kept).build();
    }

    @Test
    void aToneIsPlayedInItsPlaceAndThePlayFails() throws Exception {
        // When
        node.play(LEG, "play_1", false, true, recording("recording_1", "agent_104"));

        // Then
        assertTrue(phone.await(heard -> heard.hears(425)));
        Eventually.isTrue(
                "the play is over",
                () -> node.notices.stream().anyMatch(LegNotice::hasPromptsEnded));
        var over =
                node.notices.stream().filter(LegNotice::hasPromptsEnded).findFirst().orElseThrow();
        assertEquals(PromptsOutcome.PROMPTS_OUTCOME_FAILED, over.getPromptsEnded().getOutcome());
    }

    @Test
    void nobodyListensWithoutAName() {
        for (var nobody : new Prompt[] {recording("recording_1", ""), recording("", "agent_104")}) {
            var refused =
                    assertThrows(
                            StatusRuntimeException.class,
                            () -> node.play(LEG, "play_2", false, true, nobody));
            assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode());
        }
    }
}
