// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Nats;
import io.nats.client.PushSubscribeOptions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.panacall.defaults.GrpcServer;
import org.panacall.defaults.ServiceToken;
import org.panacall.proto.acd.v1.EnqueueCallRequest;
import org.panacall.proto.call.v1.Controller;
import org.panacall.proto.call.v1.ControllerKind;
import org.panacall.proto.call.v1.Prompt;
import org.panacall.proto.event.v1.EventBatch;
import org.panacall.proto.ivr.v1.StartRunRequest;
import org.panacall.proto.media.v1.Codec;
import org.panacall.proto.media.v1.LegKeyPressed;
import org.panacall.proto.media.v1.LegNotice;
import org.panacall.proto.media.v1.OpenLegRequest;
import org.panacall.proto.media.v1.PlayPromptsRequest;
import org.panacall.proto.media.v1.PromptsEnded;
import org.panacall.proto.media.v1.PromptsOutcome;
import org.panacall.proto.sipingress.v1.AnswerLegRequest;
import org.panacall.proto.sipingress.v1.CallControlServiceGrpc;
import org.panacall.proto.sipingress.v1.CallNotice;
import org.panacall.proto.sipingress.v1.Effect;
import org.panacall.proto.sipingress.v1.ListCallsRequest;
import org.panacall.proto.sipingress.v1.PlayOutcome;
import org.panacall.proto.sipingress.v1.PlayRequest;
import org.panacall.proto.sipingress.v1.RefusalKind;
import org.panacall.proto.sipingress.v1.WatchCallsRequest;
import org.panacall.simkit.Eventually;
import org.panacall.sipingress.core.b2bua.SipIngress;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.dialog.UserAgentOutput;

@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class SipIngressAppTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Controller IVR =
            Controller.newBuilder()
                    .setKind(ControllerKind.CONTROLLER_KIND_IVR)
                    .setInstance("ivr-1")
                    .build();
    private static final String OFFER =
            String.join(
                    "\r\n",
                    "v=0",
                    "o=party 1 1 IN IP4 127.0.0.2",
                    "s=-",
                    "c=IN IP4 127.0.0.2",
                    "t=0 0",
                    "m=audio 40000 RTP/AVP 0 8",
                    "");

    @Inject SipIngressApp app;
    @Inject IngressShard shard;

    @Inject GrpcServer grpc;
    @Inject MeterRegistry registry;

    private ManagedChannel channel;
    private CallControlServiceGrpc.CallControlServiceBlockingStub control;
    private int effects;

    @BeforeEach
    void connect() throws Exception {
        channel = NettyChannelBuilder.forAddress("127.0.0.1", grpc.port()).usePlaintext().build();
        control =
                CallControlServiceGrpc.newBlockingStub(channel)
                        .withInterceptors(new ServiceToken("test-service-token"))
                        .withDeadlineAfter(SOON);
        Neighbours.parties.talkTo(app.sipAddress());
        while (!shard.ask(core -> core.takesCalls()).get(10, TimeUnit.SECONDS)) Thread.onSpinWait();
        shard.send(new IngressCommand.HangUpAll());
        while (shard.ask(core -> core.calls()).get(10, TimeUnit.SECONDS) > 0) Thread.onSpinWait();
        Neighbours.forget();
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    private Effect effect() {
        return Effect.newBuilder().setEffectId("effect-" + ++effects).setController(IVR).build();
    }

    private Iterator<CallNotice> watch(String streamId, long after) {
        return control.watchCalls(
                WatchCallsRequest.newBuilder()
                        .setController(IVR)
                        .setStreamId(streamId)
                        .setAfterSequence(after)
                        .build());
    }

    private static CallNotice next(Iterator<CallNotice> notices, String call) {
        while (true) {
            var notice = notices.next();
            if (notice.getCallId().equals(call)) return notice;
        }
    }

    private StartRunRequest ringAndAnswer() throws Exception {
        Neighbours.parties.ring("74950000100", OFFER);
        var run = Neighbours.RUNS.poll(10, TimeUnit.SECONDS);
        var answer =
                control.answerLeg(
                        AnswerLegRequest.newBuilder()
                                .setEffect(effect())
                                .setCallId(run.getCallId())
                                .setLegId(run.getLegId())
                                .build());
        assertTrue(answer.hasDone(), answer.toString());
        return run;
    }

    private void play(StartRunRequest run, String play) {
        var answer =
                control.play(
                        PlayRequest.newBuilder()
                                .setEffect(effect())
                                .setCallId(run.getCallId())
                                .setLegId(run.getLegId())
                                .setPlayId(play)
                                .addPrompts(Prompt.newBuilder().setPromptId("greeting"))
                                .setListen(Spoken.ORDER)
                                .build());
        assertTrue(answer.hasDone(), answer.toString());
    }

    @Test
    void aPatientsCallIsAnsweredPlayedHeardAndRecordedOverRealSockets() throws Exception {
        // Given
        var notices = watch("", 0);
        // When
        var run = ringAndAnswer();
        var opened = Neighbours.media.asked(OpenLegRequest.class);
        LegId caller = Neighbours.parties.hear(UserAgentOutput.Accepted.class).leg();
        play(run, "play-1");
        var listened = Neighbours.media.asked(PlayPromptsRequest.class).getListen();
        Neighbours.media.tell(ended(run));
        Neighbours.media.tell(key(run));
        Neighbours.media.tell(Spoken.chosen(run.getLegId()));
        // Then
        assertEquals(Codec.CODEC_PCMA, opened.getSettings().getCodec());
        assertEquals("+79161234567", run.getCallerNumber());
        assertTrue(next(notices, run.getCallId()).hasLegAnswered());
        var played = next(notices, run.getCallId()).getPlayEnded();
        assertEquals(PlayOutcome.PLAY_OUTCOME_COMPLETED, played.getOutcome());
        assertEquals("5", next(notices, run.getCallId()).getKeyPressed().getKey());
        assertEquals(Spoken.ORDER, listened);
        var noticed = next(notices, run.getCallId()).getSpeechNoticed();
        assertEquals(Spoken.noticed(run.getLegId()), noticed);
        Neighbours.parties.send(new UserAgentCommand.Bye(caller, Optional.empty()));
        Neighbours.media.awaitClosed(run.getLegId());
        assertTrue(next(notices, run.getCallId()).hasLegEnded());
        var over = next(notices, run.getCallId()).getCallEnded().getEndReason();
        assertEquals("caller-hung-up", over.getReason());
        assertTrue(journalTells(run.getCallId()), "no CallFinished in the journal");
    }

    private static LegNotice.Builder ended(StartRunRequest run) {
        return LegNotice.newBuilder()
                .setLegId(run.getLegId())
                .setPromptsEnded(
                        PromptsEnded.newBuilder()
                                .setPlayId("play-1")
                                .setOutcome(PromptsOutcome.PROMPTS_OUTCOME_COMPLETED));
    }

    private static LegNotice.Builder key(StartRunRequest run) {
        return LegNotice.newBuilder()
                .setLegId(run.getLegId())
                .setKeyPressed(
                        LegKeyPressed.newBuilder()
                                .setKey("5")
                                .setDuration(Durations.fromMillis(100)));
    }

    private static boolean journalTells(String call) throws Exception {
        var connection = Nats.connect(Neighbours.nats.url());
        try {
            var options = PushSubscribeOptions.builder().stream("PANACALL_SIP_INGRESS").build();
            var messages = connection.jetStream().subscribe("panacall.v1.sip-ingress.>", options);
            var next = messages.nextMessage(SOON);
            while (next != null && !tellsTheEnd(EventBatch.parseFrom(next.getData()), call)) {
                next = messages.nextMessage(SOON);
            }
            return next != null;
        } finally {
            connection.close();
        }
    }

    private static boolean tellsTheEnd(EventBatch batch, String call) {
        return batch.getEventsList().stream()
                .filter(event -> event.getEntityId().equals(call))
                .anyMatch(event -> event.getSipIngress().hasCallFinished());
    }

    @Test
    void aLegOfWhichMediaSaysNothingIsClosedThere() throws Exception {
        // Given
        Neighbours.media.mute(true);
        try {
            // When
            Neighbours.parties.ring("+74950000100", OFFER);
            var asked = Neighbours.media.asked(OpenLegRequest.class);
            // Then
            Neighbours.media.awaitClosed(asked.getLegId());
        } finally {
            Neighbours.media.mute(false);
        }
    }

    @Test
    void aReaderThatComesBackGetsWhatItMissedAndAStrangerASnapshot() throws Exception {
        // Given
        var run = ringAndAnswer();
        LegId caller = Neighbours.parties.hear(UserAgentOutput.Accepted.class).leg();
        var first = next(watch("", 0), run.getCallId());
        // When
        Neighbours.parties.send(new UserAgentCommand.Bye(caller, Optional.empty()));
        Neighbours.parties.hear(UserAgentOutput.Ended.class);
        var resumed = watch(first.getStreamId(), first.getSequence());
        // Then
        assertEquals(first.getSequence() + 1, resumed.next().getSequence());
        assertTrue(watch("stream_of_another_life", 7).next().hasSnapshotRequired());
    }

    @Test
    void whatComesFromElsewhereThanTheEdgeIsDroppedAndCounted() throws Exception {
        // Given
        var strangers = registry.counter("sip.datagrams.of.strangers");
        double before = strangers.count();
        var bytes = "OPTIONS sip:127.0.0.1 SIP/2.0\r\n\r\n".getBytes(US_ASCII);
        // When
        try (var stranger = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.9"))) {
            stranger.send(new DatagramPacket(bytes, bytes.length, app.sipAddress()));
            // Then
            Eventually.isTrue("it is counted", () -> strangers.count() == before + 1);
        }
    }

    @Test
    void aCallAtHandIsListedWithItsLegs() throws Exception {
        // Given
        var run = ringAndAnswer();
        // When
        var listed =
                control.listCalls(ListCallsRequest.newBuilder().setCallId(run.getCallId()).build());
        // Then
        assertEquals(1, listed.getCallsCount());
        assertEquals(run.getLegId(), listed.getCalls(0).getLegs(0).getLegId());
        assertEquals(IVR, listed.getCalls(0).getController());
        assertTrue(
                control.listCalls(ListCallsRequest.newBuilder().setTenantId("demo").build())
                        .getCallsList()
                        .contains(listed.getCalls(0)));
    }

    @Test
    void aQueueNumberReachesTheLeaderWhereverItIs() throws Exception {
        // When
        Neighbours.parties.ring("+74950000101", OFFER);
        // Then
        var queued = queued(request -> request.getDialledNumber().equals("+74950000101"));
        assertEquals("registry", queued.getQueueId());
    }

    @Test
    @Timeout(60)
    void aCallerIsKeptWhileAcdIsAwayAndTakenWhenItIsBack() throws Exception {
        // Given
        Neighbours.acdFailure = Status.UNAVAILABLE;
        Neighbours.parties.ring("+74950000101", OFFER);
        Eventually.isTrue("he is kept", () -> kept() == 1);
        // When
        Neighbours.acdFailure = null;
        // Then
        assertTrue(queued(request -> !request.getCallId().isEmpty()).getAnswered());
        Eventually.isTrue("he is taken", () -> kept() == 0);
        assertEquals(1, shard.ask(SipIngress::calls).get(10, TimeUnit.SECONDS));
    }

    private int kept() throws Exception {
        return shard.ask(SipIngress::kept).get(10, TimeUnit.SECONDS);
    }

    @Test
    @Timeout(60)
    void whatAcdFindsFaultWithIsNotAskedAgain() throws Exception {
        // Given
        Neighbours.acdFailure = Status.INVALID_ARGUMENT;
        // When
        Neighbours.parties.ring("+74950000101", OFFER);
        // Then
        var said = Neighbours.media.asked(PlayPromptsRequest.class);
        assertEquals("unavailable", said.getPrompts(0).getPromptId());
    }

    private static EnqueueCallRequest queued(Predicate<EnqueueCallRequest> wanted)
            throws InterruptedException {
        while (true) {
            var request = Neighbours.QUEUED.poll(20, TimeUnit.SECONDS);
            if (request == null) throw new AssertionError("nothing was queued");
            if (wanted.test(request)) return request;
        }
    }

    @Test
    @Timeout(60)
    void aControllerThatDiesLosesItsCallToTheFallbackQueue() throws Exception {
        // Given
        var run = ringAndAnswer();
        assertTrue(next(watch("", 0), run.getCallId()).hasLegAnswered());
        // When
        Neighbours.ivr.stop();
        // Then
        try {
            var queued = queued(request -> request.getCallId().equals(run.getCallId()));
            assertEquals("registry", queued.getQueueId());
            assertTrue(queued.getAnswered());
        } finally {
            Neighbours.ivr.start();
        }
        // Who comes back is asked again soon.
        for (var again = Optional.<StartRunRequest>empty(); again.isEmpty(); ) {
            Neighbours.parties.ring("74950000100", OFFER);
            again = Optional.ofNullable(Neighbours.RUNS.poll(1, TimeUnit.SECONDS));
        }
        Neighbours.RUNS.clear();
    }

    @Test
    void ordersThatMakeNoSenseAreRefusedInTheRightWay() {
        // Given
        var unknown =
                AnswerLegRequest.newBuilder()
                        .setEffect(effect())
                        .setCallId("call_nowhere")
                        .setLegId("leg_nowhere")
                        .build();
        // When
        var refused = control.answerLeg(unknown).getRefused();
        var malformed =
                assertThrows(
                        StatusRuntimeException.class,
                        () -> control.answerLeg(AnswerLegRequest.getDefaultInstance()));
        var stranger =
                assertThrows(
                        StatusRuntimeException.class,
                        () -> CallControlServiceGrpc.newBlockingStub(channel).answerLeg(unknown));
        // Then
        assertEquals(RefusalKind.REFUSAL_KIND_CALL_UNKNOWN, refused.getKind());
        assertEquals(Status.Code.INVALID_ARGUMENT, malformed.getStatus().getCode());
        assertEquals(Status.Code.UNAUTHENTICATED, stranger.getStatus().getCode());
    }
}
