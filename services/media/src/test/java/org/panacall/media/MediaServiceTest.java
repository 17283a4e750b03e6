// SPDX-License-Identifier: Apache-2.0
package org.panacall.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.panacall.defaults.GrpcServer;
import org.panacall.media.codec.Codec;
import org.panacall.proto.call.v1.Prompt;
import org.panacall.proto.media.v1.ArrangeRequest;
import org.panacall.proto.media.v1.CloseLegRequest;
import org.panacall.proto.media.v1.JoinRoomRequest;
import org.panacall.proto.media.v1.JoinRoomResponse;
import org.panacall.proto.media.v1.LeaveRoomRequest;
import org.panacall.proto.media.v1.LegNotice;
import org.panacall.proto.media.v1.MatrixCell;
import org.panacall.proto.media.v1.PromptsOutcome;
import org.panacall.proto.media.v1.SendKeysRequest;
import org.panacall.proto.media.v1.StopPromptsRequest;
import org.panacall.simkit.Eventually;

/** The contract with real gRPC, real sockets and real time: who hears what, by frequency. */
@QuarkusTest
class MediaServiceTest {

    private static final String A = "leg_a";
    private static final String B = "leg_b";

    @Inject GrpcServer grpc;

    private Node node;
    private Phone anna;
    private Phone boris;

    @BeforeEach
    void connect() throws Exception {
        node = new Node(grpc.port());
        anna = new Phone(Codec.PCMA);
        boris = new Phone(Codec.PCMU);
        Eventually.isTrue("the node takes legs", () -> node.open("leg_probe") > 0);
        node.media.closeLeg(CloseLegRequest.newBuilder().setLegId("leg_probe").build());
        node.watch("", 0);
    }

    @AfterEach
    void hangUp() throws Exception {
        for (var leg : List.of(A, B)) {
            node.media.closeLeg(CloseLegRequest.newBuilder().setLegId(leg).build());
        }
        anna.stopSpeaking();
        boris.stopSpeaking();
        anna.close();
        boris.close();
        node.close();
    }

    private LegNotice awaitNotice(java.util.function.Predicate<LegNotice> wanted) {
        Eventually.isTrue("a notice", () -> node.notices.stream().anyMatch(wanted));
        return node.notices.stream().filter(wanted).findFirst().orElseThrow();
    }

    @Test
    void twoPartiesHearEachOtherAndNotThemselves() throws Exception {
        // Given
        int port = node.open(A, anna);
        node.open(B, boris);
        anna.speak(400, port);
        boris.speak(1000, port);

        // When
        node.matrix("bridge_1", A, B, B, A);

        // Then
        assertTrue(anna.await(phone -> phone.hears(1000)));
        assertTrue(boris.await(phone -> phone.hears(400)));
        assertFalse(anna.hears(400));
        assertFalse(boris.hears(1000));
        awaitNotice(notice -> notice.hasAudioStarted() && notice.getLegId().equals(A));
    }

    private JoinRoomResponse join(String leg) {
        return node.media.joinRoom(
                JoinRoomRequest.newBuilder()
                        .setLegId(leg)
                        .setRoomId("demo/700")
                        .setParticipantsMax(2)
                        .addAlonePrompts(Prompt.newBuilder().setPromptId("music/waiting"))
                        .setSigns(true)
                        .build());
    }

    @Test
    void partiesOfARoomHearEachOtherAndAThirdFindsItFull() throws Exception {
        // Given
        int port = node.open(A, anna);
        node.open(B, boris);
        node.open("leg_probe");
        anna.speak(400, port);
        boris.speak(1000, port);

        // When
        assertTrue(join(A).hasDone());
        assertTrue(join(B).hasDone());

        // Then
        assertTrue(join("leg_probe").hasRoomFull());
        assertTrue(join("none").hasLegUnknown());
        assertTrue(anna.await(phone -> phone.hears(1000) && !phone.hears(400)));
        assertTrue(boris.await(phone -> phone.hears(400) && !phone.hears(1000)));
        node.media.leaveRoom(LeaveRoomRequest.newBuilder().setLegId(B).build());
        assertTrue(join("leg_probe").hasDone());
        node.media.closeLeg(CloseLegRequest.newBuilder().setLegId("leg_probe").build());
    }

    @Test
    void whatSilentPartiesGetIsSilenceButGetItTheyDo() throws Exception {
        // When
        node.open(A, anna);

        // Then
        assertTrue(anna.awaitFrames(10));
        assertEquals(0, Spectrum.level(anna.last(10)), 10);
        var sequences = anna.sequences();
        for (int i = 1; i < sequences.size(); i++) {
            assertEquals(sequences.get(i - 1) + 1 & 0xffff, sequences.get(i));
        }
    }

    @Test
    void aStrangerIsNeitherHeardNorAnswered() throws Exception {
        try (var stranger = new Phone(Codec.PCMA)) {
            // Given
            int port = node.open(A, anna);
            node.open(B, boris);
            node.matrix("bridge_2", A, B, B, A);
            anna.speak(400, port);
            assertTrue(boris.await(phone -> phone.hears(400)));

            // When
            stranger.speak(2000, port);
            assertTrue(boris.awaitFrames(50));

            // Then
            assertFalse(boris.hears(2000));
            assertFalse(anna.hears(2000));
            assertEquals(0, stranger.frames());
            stranger.stopSpeaking();
        }
    }

    @Test
    void mediaThatComesBeforeItsAddressIsKnownIsHeard() throws Exception {
        // Given
        int port = node.open(A);
        node.open(B, boris);
        anna.speak(400, port);
        assertTrue(boris.awaitFrames(10));

        // When
        node.configure(A, anna);
        node.matrix("bridge_3", B, A);

        // Then
        assertTrue(boris.await(phone -> phone.hears(400)));
    }

    @Test
    void anEchoReturnsTheCallersTone() throws Exception {
        // Given
        int port = node.open(A, anna);
        anna.speak(700, port);

        // When
        node.matrix("bridge_4", A, A);

        // Then
        assertTrue(anna.await(phone -> phone.hears(700)));
    }

    @Test
    void aSpokenPromptIsHeardAndItsEndIsTold() throws Exception {
        // Given
        node.open(A, anna);
        var greeting =
                Prompt.newBuilder()
                        .setPromptId("greeting")
                        .setFallbackText("Здравствуйте! Поликлиника.")
                        .setLanguage("ru")
                        .build();

        // When
        node.play(A, "play_1", false, false, greeting);

        // Then
        assertTrue(anna.await(phone -> Spectrum.level(phone.last(10)) > 500));
        var ended = awaitNotice(LegNotice::hasPromptsEnded).getPromptsEnded();
        assertEquals("play_1", ended.getPlayId());
        assertEquals(PromptsOutcome.PROMPTS_OUTCOME_COMPLETED, ended.getOutcome());
    }

    @Test
    void aPromptThatNobodyHasIsAToneAndNotSilence() throws Exception {
        // Given
        node.open(A, anna);

        // When
        node.play(A, "play_2", false, false, Prompt.newBuilder().setPromptId("none").build());

        // Then
        assertTrue(anna.await(phone -> phone.hears(425)));
        var ended = awaitNotice(LegNotice::hasPromptsEnded).getPromptsEnded();
        assertEquals(PromptsOutcome.PROMPTS_OUTCOME_FAILED, ended.getOutcome());
    }

    @Test
    void waitingMusicPlaysUntilItIsStopped() throws Exception {
        // Given
        node.open(A, anna);
        var music = Prompt.newBuilder().setPromptId("music/waiting").build();

        // When
        node.play(A, "play_3", true, false, music);

        // Then
        assertTrue(anna.await(phone -> Spectrum.level(phone.last(25)) > 300));
        node.media.stopPrompts(
                StopPromptsRequest.newBuilder().setLegId(A).setPlayId("play_3").build());
        var ended = awaitNotice(LegNotice::hasPromptsEnded).getPromptsEnded();
        assertEquals(PromptsOutcome.PROMPTS_OUTCOME_STOPPED, ended.getOutcome());
        assertTrue(anna.await(phone -> Spectrum.level(phone.last(5)) < 10));
    }

    @Test
    void aKeyWithoutItsEndPacketsIsToldOnceAndStopsThePlay() throws Exception {
        // Given
        int port = node.open(A, anna);
        node.play(A, "play_4", true, true, Node.tone(425, 1000));
        assertTrue(anna.await(phone -> phone.hears(425)));

        // When
        anna.pressWithoutEnd(5, port);

        // Then
        var ended = awaitNotice(LegNotice::hasPromptsEnded).getPromptsEnded();
        assertEquals(PromptsOutcome.PROMPTS_OUTCOME_BARGED_IN, ended.getOutcome());
        assertTrue(anna.await(phone -> Spectrum.level(phone.last(5)) < 10));
        var keys = node.notices.stream().filter(LegNotice::hasKeyPressed).toList();
        assertEquals(1, keys.size());
        assertEquals("5", keys.getFirst().getKeyPressed().getKey());
    }

    @Test
    void keysAreSentAsEventsWithThreeEnds() throws Exception {
        // Given
        node.open(A, anna);

        // When
        node.media.sendKeys(SendKeysRequest.newBuilder().setLegId(A).setKeys("1#").build());

        // Then
        assertTrue(anna.await(phone -> ends(phone, 11) == 3));
        assertEquals(3, ends(anna, 1));
        assertEquals(14, anna.events().size());
    }

    private static long ends(Phone phone, int event) {
        return phone.events().stream().filter(e -> e[0] == event && (e[1] & 0x80) != 0).count();
    }

    @Test
    void keysPressedInATalkReachTheOtherParty() throws Exception {
        // Given
        int port = node.open(A, anna);
        node.open(B, boris);
        node.matrix("bridge_5", A, B, B, A);

        // When
        anna.pressWithoutEnd(9, port);

        // Then
        assertTrue(boris.await(phone -> ends(phone, 9) == 3));
        awaitNotice(notice -> notice.hasKeyPressed() && notice.getLegId().equals(A));
    }

    @Test
    void theEndOfALegTellsWhatWasMeasuredAndSaysGoodbye() throws Exception {
        // Given
        int port = node.open(A, anna);
        node.matrix("bridge_6", A, A);
        anna.speak(400, port);
        assertTrue(anna.await(phone -> phone.hears(400)));
        assertTrue(anna.awaitFrames(50));

        // When
        var closed = node.media.closeLeg(CloseLegRequest.newBuilder().setLegId(A).build());

        // Then
        var measured = closed.getClosed();
        assertTrue(measured.getPacketsReceived() >= 10);
        assertTrue(measured.getPacketsSent() >= 10);
        assertEquals(0, measured.getPacketsLost());
        assertTrue(measured.getMos() > 4, "mos " + measured.getMos());
        assertTrue(anna.await(Phone::heardGoodbye));
        assertTrue(
                node.media
                        .closeLeg(CloseLegRequest.newBuilder().setLegId(A).build())
                        .hasLegUnknown());
    }

    @Test
    void whatCannotBeMeantIsTheCallersFault() throws Exception {
        // Given
        node.open(A, anna);
        var nowhere = Node.settings(anna).toBuilder().setRemoteAddress("localhost").build();
        var longText = Prompt.newBuilder().setText("a".repeat(1001)).build();
        var secret = Prompt.newBuilder().setPromptId("../secret").build();

        // When, Then
        assertRefused(() -> node.configure(A, nowhere));
        assertRefused(() -> node.play(A, "play_7", false, false, longText));
        assertRefused(() -> node.play(A, "play_7", false, false, secret));
        assertRefused(() -> node.play(A, "play_7", false, false));
        assertRefused(() -> node.open(""));
        var unknown = SendKeysRequest.newBuilder().setLegId("leg_unknown").setKeys("1").build();
        assertTrue(node.media.sendKeys(unknown).hasLegUnknown());
    }

    @Test
    void stepsAreCarriedOutInOrderAndEachIsAnswered() throws Exception {
        // Given
        node.open(A, anna);
        var stranger = MatrixCell.newBuilder().setListenerLegId(A).setSpeakerLegId("leg_unknown");
        var steps = ArrangeRequest.newBuilder();
        steps.addStepsBuilder()
                .getOpenLegBuilder()
                .setLegId(B)
                .setCallId("call_9")
                .setTenantId("demo")
                .setSipIngress("sip-ingress-1")
                .setSettings(Node.settings(boris));
        steps.addStepsBuilder().getSetMatrixBuilder().setBridgeId("bridge_9").addCells(stranger);
        steps.addStepsBuilder().getSendKeysBuilder().setLegId(B).setKeys("no keys");
        steps.addStepsBuilder();
        steps.addStepsBuilder().getCloseLegBuilder().setLegId(B);
        steps.addStepsBuilder().getCloseLegBuilder().setLegId(B);

        // When
        var answers = node.media.arrange(steps.build()).getAnswersList();

        // Then
        assertEquals(6, answers.size());
        assertTrue(answers.get(0).getOpenLeg().hasOpened());
        assertTrue(answers.get(1).getSetMatrix().hasLegUnknown());
        assertTrue(answers.get(2).hasFailed());
        assertTrue(answers.get(3).hasFailed());
        assertTrue(answers.get(4).getCloseLeg().hasClosed());
        assertTrue(answers.get(5).getCloseLeg().hasLegUnknown());
        assertRefused(() -> node.media.arrange(ArrangeRequest.getDefaultInstance()));
    }

    private static void assertRefused(Executable request) {
        var refused = assertThrows(StatusRuntimeException.class, request);
        assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode());
    }

    @Test
    void noticesAreResumedWhereTheReaderStopped() throws Exception {
        // Given
        node.open(A, anna);
        node.play(A, "play_5", false, false, Node.tone(425, 40));
        node.play(A, "play_6", false, false, Node.tone(425, 40));
        awaitNotice(n -> n.getPromptsEnded().getPlayId().equals("play_6"));
        var first = node.notices.getFirst();

        // When
        node.notices.clear();
        node.watch(first.getStreamId(), first.getSequence());

        // Then
        var next = awaitNotice(notice -> true);
        assertEquals(first.getSequence() + 1, next.getSequence());
        // The reader before is told the rest meanwhile.
        node.watch("notices_of_another_life", 7);
        awaitNotice(LegNotice::hasNoticesLost);
    }
}
