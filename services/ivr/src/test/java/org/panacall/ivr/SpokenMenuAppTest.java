// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.defaults.GrpcServer;
import org.panacall.defaults.Peers;
import org.panacall.defaults.ServiceToken;
import org.panacall.engine.id.Ids;
import org.panacall.ivr.sipingress.FakeSipIngress;
import org.panacall.proto.call.v1.SpeechOutcome;
import org.panacall.proto.ivr.v1.IvrServiceGrpc;
import org.panacall.proto.ivr.v1.RehearsalMoment;
import org.panacall.proto.ivr.v1.RehearsalServiceGrpc;
import org.panacall.proto.ivr.v1.RehearseRequest;
import org.panacall.proto.ivr.v1.StartRunRequest;
import org.panacall.proto.sipingress.v1.AnswerLegRequest;
import org.panacall.proto.sipingress.v1.CallEnded;
import org.panacall.proto.sipingress.v1.CallNotice;
import org.panacall.proto.sipingress.v1.HandOverRequest;
import org.panacall.proto.sipingress.v1.LegAnswered;
import org.panacall.proto.sipingress.v1.PlayEnded;
import org.panacall.proto.sipingress.v1.PlayRequest;
import org.panacall.proto.sipingress.v1.SpeechNoticed;
import org.panacall.simkit.Eventually;

/** A menu that is spoken to, from the drawing to what sip-ingress is told. */
@QuarkusTest
@WithTestResource(Neighbours.class)
class SpokenMenuAppTest {

    private static final String LEG = "leg_caller";

    @Inject GrpcServer grpc;
    FakeSipIngress sipIngress;

    private final String call = Ids.next("call");
    private Peers peers;

    @BeforeEach
    void connect() {
        peers = new Peers(new ServiceToken("test-service-token"), Duration.ofSeconds(10), 8);
    }

    @AfterEach
    void hangUp() {
        peers.channel("127.0.0.1:" + grpc.port()).shutdownNow();
        tell(CallNotice.newBuilder().setCallEnded(CallEnded.getDefaultInstance()));
    }

    private void tell(CallNotice.Builder notice) {
        sipIngress.tell(call, notice);
    }

    private void start() {
        var ivr = IvrServiceGrpc.newBlockingStub(peers.channel("127.0.0.1:" + grpc.port()));
        var request =
                StartRunRequest.newBuilder()
                        .setCallId(call)
                        .setTenantId("demo")
                        .setLegId(LEG)
                        .setCallerNumber("+79160000001")
                        .setDialledNumber("+74950000100")
                        .setSipIngress(sipIngress.address())
                        .setFlowId("main")
                        .build();
        Eventually.isTrue("the flow begins", () -> ivr.startRun(request).hasStarted());
    }

    private void speech(PlayRequest play, SpeechOutcome outcome) {
        var noticed =
                SpeechNoticed.newBuilder()
                        .setLegId(LEG)
                        .setPlayId(play.getPlayId())
                        .setOutcome(outcome)
                        .setChoice("1")
                        .setConfidencePercent(80);
        tell(CallNotice.newBuilder().setSpeechNoticed(noticed));
    }

    @Test
    void aWordOfTheCallersCountsLikeItsKey() throws Exception {
        // Given
        start();
        sipIngress.next(AnswerLegRequest.class);
        tell(CallNotice.newBuilder().setLegAnswered(LegAnswered.newBuilder().setLegId(LEG)));
        var greeting = sipIngress.next(PlayRequest.class);
        var ended = PlayEnded.newBuilder().setLegId(LEG).setPlayId(greeting.getPlayId());
        tell(CallNotice.newBuilder().setPlayEnded(ended));
        var menu = sipIngress.next(PlayRequest.class);
        assertEquals("ru", menu.getListen().getLanguage());
        assertEquals("регистратура", menu.getListen().getChoices(0).getPhrases(0));

        // When
        speech(menu, SpeechOutcome.SPEECH_OUTCOME_BEGAN);
        speech(menu, SpeechOutcome.SPEECH_OUTCOME_CHOSEN);

        // Then
        var handOver = sipIngress.next(HandOverRequest.class);
        assertEquals("registry", handOver.getQueue().getQueueId());
    }

    @Test
    void wordsAreRehearsed() {
        // Given
        var ivr =
                RehearsalServiceGrpc.newBlockingStub(peers.channel("127.0.0.1:" + grpc.port()))
                        .withDeadlineAfter(30, TimeUnit.SECONDS);
        var request = RehearseRequest.newBuilder().setTenantId("demo").setFlowId("main");

        // When
        var rehearsed =
                ivr.rehearse(request.addInputs("say Регистратура, пожалуйста").build())
                        .getRehearsed();

        // Then
        var heard =
                rehearsed.getMomentsList().stream()
                        .map(RehearsalMoment::getEvent)
                        .filter(event -> event.hasChoiceHeard())
                        .map(event -> event.getChoiceHeard())
                        .findFirst()
                        .orElseThrow();
        assertEquals("1", heard.getChoice());
        assertTrue(heard.getAccepted());
        assertTrue(rehearsed.toString().indexOf("ожалуйста") < 0, "what was said is kept");
    }
}
