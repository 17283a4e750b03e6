// SPDX-License-Identifier: Apache-2.0
package org.panacall.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.defaults.GrpcServer;
import org.panacall.media.codec.Codec;
import org.panacall.media.listen.Listeners;
import org.panacall.proto.call.v1.ListenOrder;
import org.panacall.proto.call.v1.SpeechOutcome;
import org.panacall.proto.call.v1.SpokenChoice;
import org.panacall.proto.media.v1.CloseLegRequest;
import org.panacall.proto.media.v1.LegNotice;
import org.panacall.proto.media.v1.LegSpeech;
import org.panacall.proto.media.v1.PlayPromptsRequest;
import org.panacall.simkit.Eventually;

/** A party is listened to: real packets, the real contract, and a recogniser behind HTTP. */
@QuarkusTest
@WithTestResource(value = TonesAsWords.class, scope = TestResourceScope.GLOBAL)
class ListenServiceTest {

    private static final String LEG = "leg_spoken";

    @Inject GrpcServer grpc;
    @Inject Ears ears;

    private Node node;
    private Phone phone;
    private int port;

    @BeforeEach
    void connect() throws Exception {
        node = new Node(grpc.port());
        phone = new Phone(Codec.PCMA);
        Eventually.isTrue("the node takes legs", () -> node.open("leg_probe") > 0);
        node.media.closeLeg(CloseLegRequest.newBuilder().setLegId("leg_probe").build());
        node.watch("", 0);
        port = node.open(LEG, phone);
    }

    @AfterEach
    void hangUp() throws Exception {
        node.media.closeLeg(CloseLegRequest.newBuilder().setLegId(LEG).build());
        phone.stopSpeaking();
        phone.close();
        node.close();
        Eventually.isTrue("nobody is listened to", () -> listeners().listening() == 0);
    }

    private Listeners listeners() {
        return ears.listeners().orElseThrow();
    }

    private static ListenOrder.Builder order() {
        return ListenOrder.newBuilder()
                .setLanguage("en")
                .setPatience(Duration.newBuilder().setSeconds(60))
                .addChoices(SpokenChoice.newBuilder().setChoice("1").addPhrases("registry"))
                .addChoices(SpokenChoice.newBuilder().setChoice("2").addPhrases("cancel"));
    }

    private void play(String playId, ListenOrder.Builder order) {
        node.media.playPrompts(
                PlayPromptsRequest.newBuilder()
                        .setLegId(LEG)
                        .setPlayId(playId)
                        .setBargeIn(true)
                        .addPrompts(Node.tone(425, 60_000))
                        .setListen(order)
                        .build());
    }

    private List<LegSpeech> speech() {
        return node.notices.stream()
                .filter(LegNotice::hasSpeech)
                .map(LegNotice::getSpeech)
                .toList();
    }

    private LegSpeech says(int hz) throws InterruptedException {
        assertTrue(phone.await(heard -> heard.hears(425)), "the prompts are not heard");
        phone.speak(hz, port);
        Eventually.isTrue("he is heard", () -> !speech().isEmpty());
        phone.stopSpeaking();
        Eventually.isTrue("it is known what he said", () -> speech().size() == 2);
        assertEquals(SpeechOutcome.SPEECH_OUTCOME_BEGAN, speech().getFirst().getOutcome());
        return speech().getLast();
    }

    @Test
    void aWordStopsThePromptsAndChooses() throws Exception {
        // Given
        play("play_chosen", order());

        // When
        var said = says(TonesAsWords.REGISTRY_HZ);

        // Then
        assertEquals(
                LegSpeech.newBuilder()
                        .setPlayId("play_chosen")
                        .setOutcome(SpeechOutcome.SPEECH_OUTCOME_CHOSEN)
                        .setChoice("1")
                        .setConfidencePercent(91)
                        .build(),
                said);
        assertTrue(node.notices.stream().anyMatch(LegNotice::hasPromptsEnded));
    }

    @ParameterizedTest
    @CsvSource({
        TonesAsWords.SOMETHING_ELSE_HZ + ", SPEECH_OUTCOME_UNCLEAR",
        TonesAsWords.FAILURE_HZ + ", SPEECH_OUTCOME_FAILED"
    })
    void whateverElseComesOfItIsTold(int hz, SpeechOutcome outcome) throws Exception {
        play("play_" + hz, order());
        var said = says(hz);
        assertEquals(outcome, said.getOutcome());
        assertEquals("", said.getChoice());
    }

    @Test
    void aKeyEndsTheListening() throws Exception {
        // Given
        play("play_key", order());
        assertTrue(phone.await(heard -> heard.hears(425)), "the prompts are not heard");
        assertEquals(1, listeners().listening());

        // When
        phone.pressWithoutEnd(5, port);

        // Then
        Eventually.isTrue("the key is told", () -> keyTold());
        Eventually.isTrue("nobody listens", () -> listeners().listening() == 0);
        assertEquals(List.of(), speech());
    }

    private boolean keyTold() {
        return node.notices.stream().anyMatch(LegNotice::hasKeyPressed);
    }

    @Test
    void nonsenseIsRefusedAndAnUnknownLegLeavesNobodyListening() {
        var endless = order().setPatience(Duration.getDefaultInstance());
        var refused =
                Assertions.assertThrows(
                        StatusRuntimeException.class, () -> play("play_nonsense", endless));
        assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode());
        var unknown =
                node.media.playPrompts(
                        PlayPromptsRequest.newBuilder()
                                .setLegId("leg_unknown")
                                .setPlayId("play_unknown")
                                .addPrompts(Node.tone(425, 100))
                                .setListen(order())
                                .build());
        assertTrue(unknown.hasLegUnknown());
        assertEquals(0, listeners().listening());
    }
}
