// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.defaults.GrpcServer;
import org.panacall.defaults.Peers;
import org.panacall.defaults.ServiceToken;
import org.panacall.engine.Journal;
import org.panacall.engine.Turn;
import org.panacall.engine.id.Ids;
import org.panacall.engine.nats.EventReader;
import org.panacall.engine.nats.JetStreamJournal;
import org.panacall.engine.nats.NatsLink;
import org.panacall.engine.nats.ReaderSettings;
import org.panacall.engine.nats.StreamSettings;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.IvrEvent;
import org.panacall.ivr.core.IvrEvent.FlowStarted;
import org.panacall.ivr.core.IvrEvent.StepEntered;
import org.panacall.ivr.core.id.CallId;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.LegId;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.id.TenantId;
import org.panacall.ivr.nats.IvrCodec;
import org.panacall.ivr.sipingress.FakeSipIngress;
import org.panacall.proto.call.v1.Controller;
import org.panacall.proto.call.v1.ControllerKind;
import org.panacall.proto.call.v1.LegRole;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.event.v1.Event;
import org.panacall.proto.event.v1.EventBatch;
import org.panacall.proto.ivr.v1.IvrEvent.EventCase;
import org.panacall.proto.ivr.v1.IvrServiceGrpc;
import org.panacall.proto.ivr.v1.RehearsalMoment;
import org.panacall.proto.ivr.v1.RehearsalServiceGrpc;
import org.panacall.proto.ivr.v1.RehearseRequest;
import org.panacall.proto.ivr.v1.StartRunRequest;
import org.panacall.proto.ivr.v1.StartRunResponse;
import org.panacall.proto.sipingress.v1.AnswerLegRequest;
import org.panacall.proto.sipingress.v1.CallEnded;
import org.panacall.proto.sipingress.v1.CallNotice;
import org.panacall.proto.sipingress.v1.HandOverRequest;
import org.panacall.proto.sipingress.v1.KeyPressed;
import org.panacall.proto.sipingress.v1.LegAnswered;
import org.panacall.proto.sipingress.v1.LegState;
import org.panacall.proto.sipingress.v1.LiveCall;
import org.panacall.proto.sipingress.v1.LiveLeg;
import org.panacall.proto.sipingress.v1.PlayEnded;
import org.panacall.proto.sipingress.v1.PlayRequest;
import org.panacall.simkit.Eventually;
import org.panacall.simkit.NatsServer;

/** The whole service between a directory, a sip-ingress and a NATS on real ports. */
@QuarkusTest
@WithTestResource(Neighbours.class)
class IvrAppTest {

    private static final String LEG = "leg_caller";

    @Inject GrpcServer grpc;
    @TestHTTPResource URL url;
    FakeSipIngress sipIngress;
    NatsServer nats;

    private Peers peers;
    private final String call = Ids.next("call");

    @BeforeEach
    void connect() {
        Eventually.isTrue("ivr is ready", this::isReady);
        peers = new Peers(new ServiceToken("test-service-token"), Duration.ofSeconds(10), 8);
    }

    @AfterEach
    void hangUp() {
        peers.channel("127.0.0.1:" + grpc.port()).shutdownNow();
        var ended = CallNotice.newBuilder().setCallEnded(CallEnded.getDefaultInstance());
        sipIngress.tell(call, ended);
    }

    @Test
    void aCallerHearsTheGreetingPressesOneAndIsHandedToTheQueue() throws Exception {
        // Given
        var started = start("main");
        assertTrue(started.getStarted().getController().getInstance().startsWith("ivr-1-"));
        var answer = sipIngress.next(AnswerLegRequest.class);
        assertEquals(
                ControllerKind.CONTROLLER_KIND_IVR, answer.getEffect().getController().getKind());
        answered();
        var greeting = sipIngress.next(PlayRequest.class);
        assertEquals("greeting", greeting.getPrompts(0).getPromptId());
        assertTrue(greeting.getBargeIn());
        ended(greeting);
        var menu = sipIngress.next(PlayRequest.class);
        assertEquals("main-menu", menu.getPrompts(0).getPromptId());

        // When
        key("1");

        // Then
        var handOver = sipIngress.next(HandOverRequest.class);
        assertEquals("registry", handOver.getQueue().getQueueId());
        assertEquals("1", handOver.getQueue().getAttributesOrThrow("menu"));
        assertEquals(
                List.of(
                        EventCase.FLOW_STARTED,
                        EventCase.STEP_ENTERED,
                        EventCase.STEP_LEFT,
                        EventCase.STEP_ENTERED,
                        EventCase.INPUT_RECEIVED,
                        EventCase.STEP_LEFT,
                        EventCase.STEP_ENTERED,
                        EventCase.FLOW_FINISHED),
                events(8));
    }

    @Test
    void aFlowIsRehearsedAndSoIsADraft() {
        // Given
        var ivr =
                RehearsalServiceGrpc.newBlockingStub(peers.channel("127.0.0.1:" + grpc.port()))
                        .withDeadlineAfter(10, TimeUnit.SECONDS);
        var request = RehearseRequest.newBuilder().setTenantId("demo").setFlowId("main");

        // When
        var published = ivr.rehearse(request.addInputs("1").build());
        var drawn = Flow.newBuilder().setFlowId("main").setEntryStepId("bye");
        drawn.addStepsBuilder().setStepId("bye").getHangUpBuilder().setReason("closed");
        var draft = ivr.rehearse(request.setDrawn(drawn).build());

        // Then
        var moments = published.getRehearsed().getMomentsList();
        assertEquals("registry", moments.getLast().getEvent().getFlowFinished().getTarget());
        assertEquals(2, moments.stream().filter(RehearsalMoment::hasHeard).count());
        var end = draft.getRehearsed().getMomentsList().getLast().getEvent().getFlowFinished();
        assertEquals("closed", end.getEndReason().getReason());
        assertTrue(
                ivr.rehearse(request.setDrawn(drawn.setEntryStepId("x")).build()).hasFlowUnsound());
        assertTrue(ivr.rehearse(request.clearDrawn().setFlowId("none").build()).hasFlowUnknown());
    }

    @Test
    void anExtensionIsDialledThroughABrokenStreamAndAnUnreachableSipIngress() throws Exception {
        // Given
        start("main");
        sipIngress.next(AnswerLegRequest.class);
        answered();
        sipIngress.next(PlayRequest.class);

        // When
        sipIngress.breakStreams();
        sipIngress.failNext(2);
        key("1");
        key("0");
        key("4");

        // Then
        var handOver = sipIngress.next(HandOverRequest.class);
        assertEquals("104", handOver.getExtension().getExtension());
        assertEquals("registry", handOver.getExtension().getFallbackQueueId());
    }

    @Test
    void aSecondStartOfTheSameCallCommandsNothing() throws Exception {
        // Given
        start("main");
        sipIngress.next(AnswerLegRequest.class);

        // When
        var again = start("main");

        // Then
        assertTrue(again.hasStarted());
        answered();
        sipIngress.next(PlayRequest.class);
    }

    @Test
    void aSipIngressThatWasRestartedEndsTheRunsOfItsLostCalls() throws Exception {
        // Given
        start("main");
        sipIngress.next(AnswerLegRequest.class);
        answered();
        sipIngress.next(PlayRequest.class);

        // When
        sipIngress.restart();

        // Then
        assertEquals("registry", sipIngress.next(HandOverRequest.class).getQueue().getQueueId());
        assertEquals(EventCase.FLOW_FINISHED, events(3).getLast());
    }

    @Test
    void aCallThatNoRunKnowsIsTakenThroughItsFlowAnew() throws Exception {
        // Given
        try (var other = new FakeSipIngress()) {
            var ours = start("main").getStarted().getController().getInstance();
            sipIngress.next(AnswerLegRequest.class);
            other.hold(live(other.address(), ours).toBuilder().setCallId("call_left").build());

            // When
            startAt(other.address(), "call_that_makes_ivr_look");

            // Then
            var greeting = other.find(PlayRequest.class);
            assertEquals("call_left", greeting.getCallId());
            assertEquals(LEG, greeting.getLegId());
        }
    }

    @Test
    void theRunsOfADeadProcessGoOnAtTheirLastStepInTheFlowTheyBeganWith() throws Exception {
        // Given
        var dead = "ivr-0-" + call.substring(call.length() - 8);
        try (var other = new FakeSipIngress();
                var link = new NatsLink(nats.url(), dead, new SimpleMeterRegistry())) {
            Eventually.isTrue("NATS is there", link::connected);
            other.hold(live(other.address(), dead));
            journal(link, dead, other.address());
            var bucket = link.require().keyValue("PANACALL_IVR_LEASES");

            // When
            bucket.create(dead, "somebody gone:1".getBytes(StandardCharsets.UTF_8));

            // Then
            var menu = other.find(PlayRequest.class);
            assertEquals("former-menu", menu.getPrompts(0).getPromptId());
            assertEquals(dead, menu.getEffect().getController().getInstance());
            assertTrue(menu.getEffect().getEpoch() > 1);
            other.tell(call, CallNotice.newBuilder().setCallEnded(CallEnded.getDefaultInstance()));
        }
    }

    /** What a process would have written before it died in the menu. */
    private void journal(NatsLink link, String dead, String sipIngress) {
        var caller =
                new Caller(
                        new CallId(call),
                        new LegId(LEG),
                        new TenantId("demo"),
                        new Caller.Numbers("+79160000001", "+74950000100"),
                        new Caller.Origin("run_dead", sipIngress, ""));
        var at = Instant.now();
        var events =
                List.of(
                        new IvrEvent(caller, 1, at, new FlowStarted(new FlowId("main"), 1)),
                        new IvrEvent(
                                caller,
                                2,
                                at,
                                new StepEntered(new StepId("menu"), 1, "menu", "main")));
        new JetStreamJournal<>(link, StreamSettings.of("ivr"), dead, new IvrCodec(dead, 1))
                .append(new Turn<>(at, events), Journal.ANY);
    }

    @Test
    void callsBeginAndLiveWithoutNats() throws Exception {
        // Given
        nats.kill();

        // When
        start("main");

        // Then
        sipIngress.next(AnswerLegRequest.class);
        answered();
        sipIngress.next(PlayRequest.class);
        key("3");
        sipIngress.next(PlayRequest.class);
        nats.restart();
        assertEquals(EventCase.FLOW_STARTED, events(5).getFirst());
    }

    @Test
    void aFlowThatNobodyDrewIsUnknown() {
        assertTrue(start("nothing").hasFlowUnknown());
        assertFalse(start("broken").hasStarted());
    }

    private LiveCall live(String address, String shard) {
        var controller =
                Controller.newBuilder()
                        .setKind(ControllerKind.CONTROLLER_KIND_IVR)
                        .setInstance(shard);
        var leg =
                LiveLeg.newBuilder()
                        .setLegId(LEG)
                        .setRole(LegRole.LEG_ROLE_CALLER)
                        .setState(LegState.LEG_STATE_ANSWERED);
        return LiveCall.newBuilder()
                .setCallId(call)
                .setTenantId("demo")
                .setToNumber("+74950000100")
                .setController(controller)
                .setSipIngress(address)
                .addLegs(leg)
                .build();
    }

    private StartRunResponse start(String flow) {
        return start(request(call, sipIngress.address()).setFlowId(flow).build());
    }

    private void startAt(String address, String other) {
        start(request(other, address).setFlowId("main").build());
    }

    private StartRunResponse start(StartRunRequest request) {
        var channel = peers.channel("127.0.0.1:" + grpc.port());
        return IvrServiceGrpc.newBlockingStub(channel).startRun(request);
    }

    private static StartRunRequest.Builder request(String call, String sipIngress) {
        return StartRunRequest.newBuilder()
                .setCallId(call)
                .setTenantId("demo")
                .setLegId(LEG)
                .setCallerNumber("+79160000001")
                .setDialledNumber("+74950000100")
                .setSipIngress(sipIngress);
    }

    private void answered() {
        sipIngress.tell(
                call,
                CallNotice.newBuilder().setLegAnswered(LegAnswered.newBuilder().setLegId(LEG)));
    }

    private void ended(PlayRequest play) {
        var ended = PlayEnded.newBuilder().setLegId(LEG).setPlayId(play.getPlayId());
        sipIngress.tell(call, CallNotice.newBuilder().setPlayEnded(ended));
    }

    private void key(String key) {
        var pressed = KeyPressed.newBuilder().setLegId(LEG).setKey(key);
        sipIngress.tell(call, CallNotice.newBuilder().setKeyPressed(pressed));
    }

    /** What readers of the stream see of this call, as soon as it is so many events. */
    private List<EventCase> events(int count) {
        var seen = new CopyOnWriteArrayList<EventCase>();
        var registry = new SimpleMeterRegistry();
        var settings = ReaderSettings.durable(StreamSettings.of("ivr"), Ids.next("test"));
        try (var link = new NatsLink(nats.url(), "test", registry);
                var _ = new EventReader(link, settings, batch -> note(batch, seen), registry)) {
            Eventually.isTrue(count + " events", () -> seen.size() >= count);
        }
        return seen;
    }

    private boolean isReady() throws IOException, InterruptedException {
        var address = URI.create("http://127.0.0.1:" + url.getPort() + "/q/health/ready");
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(address).build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        }
    }

    private void note(List<EventReader.Received> batch, List<EventCase> seen) {
        for (var message : batch) {
            try {
                EventBatch.parseFrom(message.payload()).getEventsList().stream()
                        .filter(event -> event.getEntityId().equals(call))
                        .map(Event::getIvr)
                        .forEach(event -> seen.add(event.getEventCase()));
            } catch (InvalidProtocolBufferException torn) {
                throw new IllegalStateException(torn);
            }
        }
    }
}
