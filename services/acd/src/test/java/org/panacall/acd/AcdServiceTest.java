// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.defaults.GrpcServer;
import org.panacall.proto.acd.v1.AcdServiceGrpc;
import org.panacall.proto.acd.v1.AcdServiceGrpc.AcdServiceBlockingStub;
import org.panacall.proto.acd.v1.AgentState;
import org.panacall.proto.acd.v1.AgentStateCause;
import org.panacall.proto.acd.v1.AgentStatus;
import org.panacall.proto.acd.v1.EnqueueCallRequest;
import org.panacall.proto.acd.v1.EnqueueCallResponse;
import org.panacall.proto.acd.v1.ExtendWrapUpRequest;
import org.panacall.proto.acd.v1.ListAgentsRequest;
import org.panacall.proto.acd.v1.ListQueuesRequest;
import org.panacall.proto.acd.v1.PlaceCallRequest;
import org.panacall.proto.acd.v1.SetAgentStateRequest;
import org.panacall.proto.acd.v1.WatchFloorRequest;
import org.panacall.proto.call.v1.ControllerKind;
import org.panacall.proto.sipingress.v1.AddLegRequest;
import org.panacall.proto.sipingress.v1.AnswerLegRequest;
import org.panacall.proto.sipingress.v1.CallNotice;
import org.panacall.proto.sipingress.v1.CreateCallRequest;
import org.panacall.proto.sipingress.v1.HangUpCallRequest;
import org.panacall.proto.sipingress.v1.OwnCallBegan;
import org.panacall.proto.sipingress.v1.OwnCallEnded;
import org.panacall.proto.sipingress.v1.PlayEnded;
import org.panacall.proto.sipingress.v1.PlayOutcome;
import org.panacall.proto.sipingress.v1.PlayRequest;
import org.panacall.simkit.Eventually;

/** The service as others meet it: its gRPC, on a real nats-server. */
@QuarkusTest
@QuarkusTestResource(value = AcdServiceTest.Around.class, restrictToAnnotatedClass = true)
class AcdServiceTest {

    /** Starts the surroundings before the service, and gives them to the test. */
    public static final class Around implements QuarkusTestResourceLifecycleManager {
        private Surroundings surroundings;

        @Override
        public Map<String, String> start() {
            surroundings = new Surroundings();
            return surroundings.settings("acd-1", "127.0.0.1:9040");
        }

        @Override
        public void inject(TestInjector injector) {
            injector.injectIntoFields(
                    surroundings, new TestInjector.MatchesType(Surroundings.class));
        }

        @Override
        public void stop() {
            surroundings.close();
        }
    }

    @Inject GrpcServer grpc;
    Surroundings around;
    private ManagedChannel channel;

    @BeforeEach
    void connect() {
        channel = NettyChannelBuilder.forAddress("127.0.0.1", grpc.port()).usePlaintext().build();
        Eventually.isTrue("it leads", this::leads);
        around.sipIngress.forgetOrders();
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    private AcdServiceBlockingStub acd() {
        var headers = new Metadata();
        var key = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
        headers.put(key, "Bearer " + Surroundings.TOKEN);
        return AcdServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .withDeadlineAfter(5, TimeUnit.SECONDS);
    }

    private boolean leads() {
        try {
            var tenant = ListQueuesRequest.newBuilder().setTenantId(Surroundings.TENANT);
            return acd().listQueues(tenant.build()).getQueuesCount() == 2;
        } catch (StatusRuntimeException away) {
            return false;
        }
    }

    private EnqueueCallRequest.Builder call(String name) {
        return EnqueueCallRequest.newBuilder()
                .setCallId("call_" + name)
                .setTenantId(Surroundings.TENANT)
                .setLegId("leg_" + name)
                .setQueueId("registry")
                .setCallerNumber("+79160000001")
                .setSipIngress(around.sipIngressAddress());
    }

    private AgentState state(String extension) {
        var tenant = ListAgentsRequest.newBuilder().setTenantId(Surroundings.TENANT).build();
        return acd().listAgents(tenant).getAgentsList().stream()
                .filter(agent -> agent.getExtension().equals(extension))
                .map(agent -> agent.getState())
                .findFirst()
                .orElse(AgentState.AGENT_STATE_UNSPECIFIED);
    }

    @Test
    void aCallThatIsTakenIsAnsweredEntertainedAndOffered() throws Exception {
        // Given
        around.phone("103", 600);
        Eventually.isTrue("103 is ready", () -> state("103") == AgentState.AGENT_STATE_READY);

        // When
        var answer = acd().enqueueCall(call("served").build());

        // Then
        var controller = answer.getTaken().getController();
        assertEquals(ControllerKind.CONTROLLER_KIND_ACD, controller.getKind());
        assertEquals("leg_served", around.sipIngress.next(AnswerLegRequest.class).getLegId());
        assertTrue(around.sipIngress.next(PlayRequest.class).getRepeat());
        var rung = around.sipIngress.next(AddLegRequest.class);
        assertEquals("103", rung.getLeg().getTarget().getExtension());
        assertEquals(controller, rung.getEffect().getController());
        assertEquals(AgentState.AGENT_STATE_OFFERED, state("103"));
    }

    @Test
    void expectedRefusalsAreOutcomesAndMistakesAreStatuses() {
        // Given
        var unknownQueue = call("x").setQueueId("nowhere").build();
        var unknownPerson = call("x").setExtension("999").build();
        var nobody = call("x").clearTarget().build();

        // When
        var queue = acd().enqueueCall(unknownQueue);
        var person = acd().enqueueCall(unknownPerson);
        var mistake = assertThrows(StatusRuntimeException.class, () -> acd().enqueueCall(nobody));

        // Then
        assertEquals(EnqueueCallResponse.OutcomeCase.QUEUE_UNKNOWN, queue.getOutcomeCase());
        assertEquals(EnqueueCallResponse.OutcomeCase.EXTENSION_UNKNOWN, person.getOutcomeCase());
        assertEquals(Status.Code.INVALID_ARGUMENT, mistake.getStatus().getCode());
    }

    @Test
    void aPlacedCallRingsItsAgentFirst() throws Exception {
        // Given
        around.phone("104", 600);
        Eventually.isTrue("104 is there", () -> state("104") != AgentState.AGENT_STATE_NOT_READY);
        var lunch =
                SetAgentStateRequest.newBuilder()
                        .setTenantId(Surroundings.TENANT)
                        .setExtension("104")
                        .setReason("lunch");
        acd().setAgentState(lunch.build());
        var placing =
                PlaceCallRequest.newBuilder()
                        .setCallId("call_placed")
                        .setTenantId(Surroundings.TENANT)
                        .setExtension("104")
                        .setNumber("+79160000002")
                        .setSipIngress(around.sipIngressAddress());

        // When
        var answer = acd().placeCall(placing.build());

        // Then
        assertTrue(answer.hasTaken());
        var created = around.sipIngress.next(CreateCallRequest.class);
        assertEquals("104", created.getLeg().getTarget().getExtension());
        assertEquals(AgentState.AGENT_STATE_ON_CALL, state("104"));
    }

    @Test
    void withoutNatsACallIsRefusedWithinASecondAndTakenWhenItIsBack() {
        // Given
        around.nats.kill();
        var away = call("away").build();

        // When
        var begun = System.nanoTime();
        var refused = assertThrows(StatusRuntimeException.class, () -> acd().enqueueCall(away));
        var took = Duration.ofNanos(System.nanoTime() - begun);
        around.nats.restart();

        // Then
        assertEquals(Status.Code.UNAVAILABLE, refused.getStatus().getCode());
        assertTrue(took.compareTo(Duration.ofSeconds(1)) <= 0, () -> "took " + took);
        Eventually.isTrue("it leads again", this::leads);
        assertTrue(acd().enqueueCall(call("back").build()).hasTaken());
    }

    private static String word(PlayRequest play) {
        return play.getPrompts(0).getPromptId();
    }

    private void played(PlayRequest play) {
        around.sipIngress.tell(
                Surroundings.TENANT,
                CallNotice.newBuilder()
                        .setCallId(play.getCallId())
                        .setPlayEnded(
                                PlayEnded.newBuilder()
                                        .setLegId(play.getLegId())
                                        .setPlayId(play.getPlayId())
                                        .setOutcome(PlayOutcome.PLAY_OUTCOME_COMPLETED)));
    }

    @Test
    void whoCallsAPersonWhoIsAwayIsToldSoAndThenHungUp() throws Exception {
        // Given
        var unregistered = call("nobody").setExtension("106").build();
        acd().enqueueCall(unregistered);
        var told =
                around.sipIngress.next(PlayRequest.class, it -> it.getLegId().equals("leg_nobody"));

        // When
        played(told);

        // Then
        assertEquals("unavailable", word(told));
        assertEquals("call_nobody", around.sipIngress.next(HangUpCallRequest.class).getCallId());
    }

    @Test
    void aClosedQueueTakesTheCallAnswersItAndSaysWhy() throws Exception {
        // Given
        var night = call("night").setQueueId("night").build();

        // When
        var answer = acd().enqueueCall(night);

        // Then
        assertTrue(answer.hasTaken());
        around.sipIngress.next(AnswerLegRequest.class, it -> it.getLegId().equals("leg_night"));
        var told =
                around.sipIngress.next(PlayRequest.class, it -> it.getLegId().equals("leg_night"));
        assertEquals("queue/closed", word(told));
        assertFalse(told.getRepeat());
        assertTrue(told.getPrompts(0).getFallbackText().length() > 20);
        played(told);
        assertEquals("call_night", around.sipIngress.next(HangUpCallRequest.class).getCallId());
    }

    private AgentStatus status(String extension) {
        var tenant = ListAgentsRequest.newBuilder().setTenantId(Surroundings.TENANT).build();
        return acd().listAgents(tenant).getAgentsList().stream()
                .filter(agent -> agent.getExtension().equals(extension))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatASupervisorForcesIsShownWithHisName() {
        // Given
        around.phone("105", 600);
        Eventually.isTrue("105 is ready", () -> state("105") == AgentState.AGENT_STATE_READY);
        var forced =
                SetAgentStateRequest.newBuilder()
                        .setTenantId(Surroundings.TENANT)
                        .setExtension("105")
                        .setSignedOut(true)
                        .setForcedBy("agent_201")
                        .build();

        // When
        var agent = acd().setAgentState(forced).getAgent();

        // Then
        assertEquals(AgentState.AGENT_STATE_NOT_READY, agent.getState());
        assertEquals(AgentStateCause.AGENT_STATE_CAUSE_SUPERVISOR, agent.getCause());
        assertEquals("agent_201", agent.getForcedBy());
        assertTrue(agent.getSignedOut());
        assertTrue(agent.getDevices(0).getReachable());
    }

    @Test
    void whoIsInNoWrapUpCannotProlongIt() {
        // Given
        var request =
                ExtendWrapUpRequest.newBuilder()
                        .setTenantId(Surroundings.TENANT)
                        .setExtension("101")
                        .build();

        // When
        var answer = acd().extendWrapUp(request);

        // Then
        assertTrue(answer.hasNotExtendable());
    }

    @Test
    void whoDialsOnHisOwnPhoneIsOnCallUntilSipIngressTellsItsEnd() {
        // Given
        around.phone("102", 600);
        Eventually.isTrue("102 is there", () -> status("102").getRegistered());
        var own = OwnCallBegan.newBuilder().setExtension("102");
        around.sipIngress.tell(
                Surroundings.TENANT,
                CallNotice.newBuilder().setCallId("call_own").setOwnCallBegan(own));
        Eventually.isTrue("on call", () -> state("102") == AgentState.AGENT_STATE_ON_CALL);

        // When
        around.sipIngress.tell(
                Surroundings.TENANT,
                CallNotice.newBuilder()
                        .setCallId("call_own")
                        .setOwnCallEnded(OwnCallEnded.getDefaultInstance()));

        // Then
        Eventually.isTrue("free", () -> state("102") == AgentState.AGENT_STATE_NOT_READY);
        assertEquals(0, status("102").getOwnCallIdsCount());
    }

    @Test
    void whoWatchesTheFloorIsToldAllAndThenWhatChanges() {
        // Given
        var tenant = WatchFloorRequest.newBuilder().setTenantId(Surroundings.TENANT).build();
        var updates = acd().watchFloor(tenant);
        var all = updates.next();
        assertTrue(all.getWhole());
        assertEquals(2, all.getQueuesCount());
        assertTrue(all.getAgentsCount() > 1);
        var forced =
                SetAgentStateRequest.newBuilder()
                        .setTenantId(Surroundings.TENANT)
                        .setExtension("101")
                        .setReason("lunch")
                        .setForcedBy("agent_201")
                        .build();

        // When
        acd().setAgentState(forced);

        // Then
        AgentStatus changed;
        do {
            var update = updates.next();
            assertFalse(update.getWhole());
            changed =
                    update.getAgentsList().stream()
                            .filter(agent -> agent.getExtension().equals("101"))
                            .findFirst()
                            .orElseGet(AgentStatus::getDefaultInstance);
        } while (!changed.getReason().equals("lunch"));
        assertEquals("agent_201", changed.getForcedBy());
    }
}
