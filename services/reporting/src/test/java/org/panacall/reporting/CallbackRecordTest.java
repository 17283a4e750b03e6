// SPDX-License-Identifier: Apache-2.0
package org.panacall.reporting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.panacall.proto.acd.v1.DequeueCause.DEQUEUE_CAUSE_CALLBACK_PROMISED;

import com.google.protobuf.util.Timestamps;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panacall.defaults.GrpcServer;
import org.panacall.defaults.ServiceToken;
import org.panacall.proto.acd.v1.AcdEvent;
import org.panacall.proto.acd.v1.CallDequeued;
import org.panacall.proto.acd.v1.CallQueued;
import org.panacall.proto.acd.v1.CallbackChanged;
import org.panacall.proto.acd.v1.CallbackState;
import org.panacall.proto.acd.v1.OfferAccepted;
import org.panacall.proto.event.v1.Event;
import org.panacall.proto.ivr.v1.CallRated;
import org.panacall.proto.ivr.v1.IvrEvent;
import org.panacall.proto.reporting.v1.CallRecord;
import org.panacall.proto.reporting.v1.ListCallRecordsRequest;
import org.panacall.proto.reporting.v1.ReportingServiceGrpc;
import org.panacall.reporting.calls.CallStore;

/** Who was promised to be called back has one record of his call, and one of the callback. */
@QuarkusTest
@QuarkusTestResource(PostgresTestServer.class)
@QuarkusTestResource(NatsTestServer.class)
class CallbackRecordTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant NOON = Instant.parse("2026-01-06T12:00:00Z");

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

    @Test
    void theLastRatingOfACallStandsInItsRecord() {
        // Given
        var number = "+79162230099";
        var journey = new Journey("call_rated", number, NOON);
        var events = new ArrayList<>(journey.all());
        events.add(rated("call_rated", 5, NOON.plusSeconds(40)));
        events.add(rated("call_rated", 2, NOON.plusSeconds(30)));

        // When
        events.forEach(event -> store.write(List.of(event)).await().atMost(SOON));

        // Then
        var record = records(number).getFirst();
        assertEquals(5, record.getRating());
        assertEquals("agent_103", record.getAgentId());
    }

    private static Event rated(String call, int rating, Instant at) {
        var told = CallRated.newBuilder().setStepId("rate").setRating(rating).setBest(5);
        return Event.newBuilder()
                .setEventId("event_" + call + rating)
                .setTenantId("demo")
                .setEntityId(call)
                .setAt(Timestamps.fromMillis(at.toEpochMilli()))
                .setIvr(IvrEvent.newBuilder().setCallRated(told))
                .build();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aPromiseIsNoAbandonmentAndTheCallbackIsACallOfItsOwnWhateverIsToldFirst(int seed) {
        // Given
        var number = "+791622300" + (10 + seed);
        var promised = "call_promised_" + seed;
        var called = new Journey("call_back_" + seed, number, NOON.plusSeconds(60));
        var events = new ArrayList<Event>();
        events.addAll(new Journey(promised, number, NOON).sipIngress().subList(0, 3));
        events.addAll(new Journey(promised, number, NOON).hungUpUnheard(NOON.plusSeconds(12)));
        events.add(
                acd(
                        promised,
                        AcdEvent.newBuilder()
                                .setCallQueued(CallQueued.newBuilder().setQueueId("registry"))));
        events.add(
                acd(
                        promised,
                        AcdEvent.newBuilder()
                                .setCallDequeued(
                                        CallDequeued.newBuilder()
                                                .setQueueId("registry")
                                                .setCause(DEQUEUE_CAUSE_CALLBACK_PROMISED))));
        events.add(
                acd(
                        "callback_" + seed + ".0",
                        AcdEvent.newBuilder()
                                .setOfferAccepted(
                                        OfferAccepted.newBuilder().setAgentId("agent_103"))));
        events.add(
                acd(
                        "callback_" + seed,
                        AcdEvent.newBuilder()
                                .setCallbackChanged(
                                        CallbackChanged.newBuilder()
                                                .setState(CallbackState.CALLBACK_STATE_AT_AGENT)
                                                .setCallId(called.call())
                                                .setAgentId("agent_103")
                                                .setCall(
                                                        CallQueued.newBuilder()
                                                                .setQueueId("registry")))));
        events.addAll(called.sipIngress());
        Collections.shuffle(events, new Random(seed));

        // When
        events.forEach(event -> store.write(List.of(event)).await().atMost(SOON));

        // Then
        var records = records(number);
        assertEquals(2, records.size(), records::toString);
        assertEquals(called.call(), records.getFirst().getCallId());
        assertEquals("registry", records.getFirst().getQueueId());
        assertEquals("agent_103", records.getFirst().getAgentId());
        assertEquals("", records.getFirst().getQueueEnd());
        assertEquals(promised, records.getLast().getCallId());
        assertEquals("callback-promised", records.getLast().getQueueEnd());
    }

    private static Event acd(String entity, AcdEvent.Builder told) {
        return Event.newBuilder()
                .setTenantId("demo")
                .setEntityId(entity)
                .setAt(Timestamps.fromMillis(NOON.plusSeconds(70).toEpochMilli()))
                .setAcd(told)
                .build();
    }

    /** The newest first; no other call of the day has anything to do with it. */
    private List<CallRecord> records(String number) {
        var request =
                ListCallRecordsRequest.newBuilder()
                        .setTenantId("demo")
                        .setPageSize(200)
                        .setNumberContains(number)
                        .build();
        return ReportingServiceGrpc.newBlockingStub(channel)
                .withInterceptors(new ServiceToken("test-service-token"))
                .withDeadlineAfter(SOON)
                .listCallRecords(request)
                .getRecordsList();
    }
}
