// SPDX-License-Identifier: Apache-2.0
package org.panacall.reporting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Timestamps;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.defaults.GrpcServer;
import org.panacall.defaults.ServiceToken;
import org.panacall.proto.event.v1.Event;
import org.panacall.proto.reporting.v1.GetLastTalkRequest;
import org.panacall.proto.reporting.v1.GetLastTalkResponse;
import org.panacall.proto.reporting.v1.ReportingServiceGrpc;
import org.panacall.reporting.calls.CallStore;

/** Who rings again comes to the one who talked with him last. */
@QuarkusTest
@QuarkusTestResource(PostgresTestServer.class)
@QuarkusTestResource(NatsTestServer.class)
class LastTalkTest {

    private static final Instant NOON = Instant.parse("2026-02-05T12:00:00Z");

    @Inject CallStore store;
    @Inject GrpcServer grpc;

    private ManagedChannel channel;

    @BeforeEach
    void connect() {
        channel = NettyChannelBuilder.forAddress("127.0.0.1", grpc.port()).usePlaintext().build();
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    private void write(List<Event> events) {
        store.write(events).await().atMost(Duration.ofSeconds(20));
    }

    private GetLastTalkResponse asked(GetLastTalkRequest.Builder request) {
        return ReportingServiceGrpc.newBlockingStub(channel)
                .withInterceptors(new ServiceToken("test-service-token"))
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .getLastTalk(request.build());
    }

    private static GetLastTalkRequest.Builder about(String number, Instant since) {
        return GetLastTalkRequest.newBuilder()
                .setTenantId("demo")
                .setNumber(number)
                .setSince(Timestamps.fromSeconds(since.getEpochSecond()));
    }

    /** The same call, talked by another. */
    private static List<Event> talkedBy(String extension, Journey journey) {
        return journey.sipIngress().stream()
                .map(
                        event -> {
                            var told = event.toBuilder();
                            var leg = told.getSipIngress().getLegStarted();
                            if (leg.getParty().equals("103")) {
                                told.getSipIngressBuilder()
                                        .getLegStartedBuilder()
                                        .setParty(extension)
                                        .setAgentId("agent_" + extension);
                            }
                            return told.build();
                        })
                .toList();
    }

    /** The same call the other way round: the clinic rang the patient. */
    private static List<Event> outbound(List<Event> events, String number) {
        return events.stream()
                .map(
                        event -> {
                            var told = event.toBuilder();
                            if (told.getSipIngress().hasCallStarted()) {
                                told.getSipIngressBuilder()
                                        .getCallStartedBuilder()
                                        .setFromNumber("+74950000100")
                                        .setToNumber(number);
                            }
                            return told.build();
                        })
                .toList();
    }

    @Test
    void theLastOneCountsWhoeverRang() {
        // Given
        var number = "+79163330001";
        write(talkedBy("103", new Journey("call_talk_1", number, NOON)));
        var later = new Journey("call_talk_2", "+74950000100", NOON.plusSeconds(600));
        write(outbound(talkedBy("104", later), number));

        // When
        var last = asked(about(number, NOON.minusSeconds(60)));
        var before = asked(about(number, NOON.minusSeconds(60)).addExcludedExtensions("104"));

        // Then
        assertEquals("104", last.getTalk().getAgentExtension());
        assertEquals("agent_104", last.getTalk().getAgentId());
        assertEquals(
                NOON.plusSeconds(615).getEpochSecond(),
                last.getTalk().getTalkStartedAt().getSeconds());
        assertEquals("103", before.getTalk().getAgentExtension());
    }

    @Test
    void whoOnlyWaitedTalkedWithNobodyAndOldTalksDoNotCount() {
        // Given
        var waited = "+79163330002";
        write(new Journey("call_talk_3", waited, NOON).lost("invite_talk", NOON));
        var talked = "+79163330003";
        write(talkedBy("103", new Journey("call_talk_4", talked, NOON)));

        // When, Then
        assertTrue(asked(about(waited, NOON.minusSeconds(60))).hasNobodyTalked());
        assertTrue(asked(about(talked, NOON.plusSeconds(60))).hasNobodyTalked());
        assertTrue(
                asked(about(talked, NOON.minusSeconds(60)).setTenantId("other")).hasNobodyTalked());
    }
}
