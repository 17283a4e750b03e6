// SPDX-License-Identifier: Apache-2.0
package org.panacall.reporting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panacall.defaults.GrpcServer;
import org.panacall.defaults.ServiceToken;
import org.panacall.proto.call.v1.Fault;
import org.panacall.proto.event.v1.Event;
import org.panacall.proto.event.v1.EventBatch;
import org.panacall.proto.reporting.v1.CallRecord;
import org.panacall.proto.reporting.v1.GetCallRecordRequest;
import org.panacall.proto.reporting.v1.GetCallRecordResponse;
import org.panacall.proto.reporting.v1.ListCallRecordsRequest;
import org.panacall.proto.reporting.v1.ReportingServiceGrpc;
import org.panacall.proto.reporting.v1.ReportingServiceGrpc.ReportingServiceBlockingStub;
import org.panacall.reporting.calls.CallStore;
import org.panacall.simkit.Eventually;

@QuarkusTest
@QuarkusTestResource(PostgresTestServer.class)
@QuarkusTestResource(NatsTestServer.class)
class ReportingTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    @Inject CallStore store;

    @ConfigProperty(name = "panacall.nats.url")
    String nats;

    @Inject GrpcServer grpc;

    private ManagedChannel channel;
    private Connection connection;

    @BeforeEach
    void connect() throws Exception {
        connection = Nats.connect(nats);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", grpc.port()).usePlaintext().build();
    }

    @AfterEach
    void disconnect() throws Exception {
        channel.shutdownNow();
        connection.close();
    }

    @Test
    void aJourneyBecomesOneRecordWithTwoLegs() {
        // Given
        var journey = new Journey("call_journey", "+79160000001", NOON);

        // When
        write(journey.all());

        // Then
        var record = record("call_journey");
        assertEquals("+79160000001", record.getFromNumber());
        assertEquals("main", record.getFlowId());
        assertEquals("registry", record.getQueueId());
        assertEquals("agent_103", record.getAgentId());
        assertEquals("103", record.getAgentExtension());
        assertEquals("caller-hung-up", record.getEndReason().getReason());
        assertEquals(Fault.FAULT_NONE, record.getEndReason().getFault());
        assertEquals(seconds(0), record.getStartedAt());
        assertEquals(seconds(1), record.getAnsweredAt());
        assertEquals(seconds(10), record.getQueuedAt());
        assertEquals(seconds(15), record.getTalkStartedAt());
        assertEquals(seconds(25), record.getEndedAt());
        assertEquals(Durations.fromSeconds(5), record.getWait());
        assertEquals(Durations.fromSeconds(10), record.getTalk());
        assertEquals(2, record.getLegsCount());
        assertEquals("PCMU", record.getLegs(1).getCodec());
        assertEquals(3, record.getLegs(1).getQuality().getPacketsLost());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void anyOrderAndAnyRepeatsGiveTheSameRecord(int seed) {
        // Given
        write(new Journey("call_in_order", "+79160000002", NOON).all());
        var events = new ArrayList<>(new Journey("call_seed_" + seed, "+79160000002", NOON).all());
        events.addAll(events);
        Collections.shuffle(events, new Random(seed));

        // When
        for (var event : events) {
            write(List.of(event));
        }

        // Then
        var expected = record("call_in_order").toBuilder().setCallId("call_seed_" + seed).build();
        assertEquals(expected, record("call_seed_" + seed));
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrRepeat() {
        // Given
        for (int i = 0; i < 5; i++) {
            // Two of them start at the same time.
            write(new Journey("call_page_" + i, "+79990000000", NOON.plusSeconds(i / 2)).all());
        }
        var request =
                ListCallRecordsRequest.newBuilder()
                        .setTenantId("demo")
                        .setNumberContains("9990000")
                        .setPageSize(2);

        // When
        var ids = new ArrayList<String>();
        do {
            var page = client().listCallRecords(request.build());
            page.getRecordsList().forEach(record -> ids.add(record.getCallId()));
            request.setCursor(page.getNextCursor());
        } while (!request.getCursor().isEmpty());

        // Then
        assertEquals(
                List.of("call_page_4", "call_page_3", "call_page_2", "call_page_1", "call_page_0"),
                ids);
    }

    @Test
    void filtersLetThroughWhatTheyName() {
        // Given
        write(new Journey("call_talked", "+79161111111", NOON).all());
        write(new Journey("call_missed", "+79161111111", NOON.plusSeconds(60)).ivr());
        write(new Journey("call_missed", "+79161111111", NOON.plusSeconds(60)).acd().subList(0, 1));

        // When
        var byQueue = ids(filter().setQueueId("registry"));
        var talked = ids(filter().setTalked(true));
        var silent = ids(filter().setTalked(false));
        var byAgent = ids(filter().setAgentId("agent_103"));
        var byEnd = ids(filter().setEndReason("caller-hung-up").setFault(Fault.FAULT_NONE));
        var later = ids(filter().setFrom(seconds(30)).setTo(seconds(90)));
        var elsewhere = ids(filter().setTenantId("other"));

        // Then
        assertTrue(byQueue.containsAll(List.of("call_talked", "call_missed")));
        assertTrue(talked.contains("call_talked") && !talked.contains("call_missed"));
        assertTrue(silent.contains("call_missed") && !silent.contains("call_talked"));
        assertTrue(byAgent.contains("call_talked") && !byAgent.contains("call_missed"));
        assertTrue(byEnd.contains("call_talked") && !byEnd.contains("call_missed"));
        assertTrue(later.contains("call_missed") && !later.contains("call_talked"));
        assertEquals(List.of(), elsewhere);
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "eA", "MjAyNi0wMS0wNVQxMjowMFo"})
    void aForeignCursorIsRefused(String cursor) {
        // When
        var fault =
                assertThrows(
                        StatusRuntimeException.class,
                        () -> client().listCallRecords(filter().setCursor(cursor).build()));

        // Then
        assertEquals(Status.Code.INVALID_ARGUMENT, fault.getStatus().getCode());
    }

    @Test
    void eventsOfThreeStreamsBecomeOneRecord() {
        // Given
        var journey = new Journey("call_streams", "+79160000003", NOON);

        // When
        publish("acd", "demo", journey.acd());
        publish("sip-ingress", "sip-ingress-1", journey.sipIngress());
        publish("ivr", "ivr-1", journey.ivr());

        // Then: the streams are read side by side, so the record is whole when all have told.
        var record = awaitRecord("call_streams", CallRecord::hasQueuedAt);
        assertEquals("registry", record.getQueueId());
    }

    @Test
    void aMessageThatCannotBeReadDoesNotStopTheStream() {
        // Given
        var journey = new Journey("call_after_torn", "+79160000004", NOON);
        publish("panacall.v1.sip-ingress.one", new byte[] {1, 2, 3});

        // When
        publish("sip-ingress", "one", journey.sipIngress());

        // Then
        assertTrue(awaitRecord("call_after_torn").hasEndedAt());
    }

    @Test
    void eventsWaitForADatabaseThatIsAway() throws Exception {
        // Given
        var journey = new Journey("call_waiting", "+79160000005", NOON);

        // When
        PostgresTestServer.without(() -> publish("sip-ingress", "one", journey.sipIngress()));
        awaitDatabase();

        // Then
        assertTrue(awaitRecord("call_waiting").hasEndedAt());
    }

    @Test
    void withoutADatabaseItIsUnavailableAndNotAtFault() throws Exception {
        // Given
        var fault = new ArrayList<StatusRuntimeException>();

        // When
        PostgresTestServer.without(
                () ->
                        fault.add(
                                assertThrows(
                                        StatusRuntimeException.class,
                                        () -> client().getCallRecord(asking("call_none")))));

        // Then
        assertEquals(Status.Code.UNAVAILABLE, fault.getFirst().getStatus().getCode());
        awaitDatabase();
    }

    private void awaitDatabase() {
        Eventually.isTrue("the database is back", () -> answer("call_none").isPresent());
    }

    /** Empty while the database is away. */
    private Optional<GetCallRecordResponse> answer(String call) {
        try {
            return Optional.of(client().getCallRecord(asking(call)));
        } catch (StatusRuntimeException away) {
            return Optional.empty();
        }
    }

    @Test
    void anUnknownCallIsNoFault() {
        // When
        var answer = client().getCallRecord(asking("call_none"));

        // Then
        assertTrue(answer.hasRecordUnknown());
        assertFalse(answer.hasRecord());
    }

    private void publish(String service, String shard, List<Event> events) {
        var batch = EventBatch.newBuilder().setService(service).setShard(shard);
        publish(
                "panacall.v1." + service + "." + shard,
                batch.addAllEvents(events).build().toByteArray());
    }

    /** Readers make the streams when they begin; before that nobody takes a message. */
    private void publish(String subject, byte[] message) {
        Eventually.isTrue("the stream takes it", () -> isTaken(subject, message));
    }

    private boolean isTaken(String subject, byte[] message) {
        try {
            connection.jetStream().publish(subject, message);
            return true;
        } catch (IOException | JetStreamApiException noStream) {
            return false;
        }
    }

    private void write(List<Event> events) {
        store.write(events).await().atMost(SOON);
    }

    private CallRecord record(String call) {
        return client().getCallRecord(asking(call)).getRecord();
    }

    private CallRecord awaitRecord(String call) {
        return awaitRecord(call, record -> true);
    }

    private CallRecord awaitRecord(String call, Predicate<CallRecord> whole) {
        Eventually.isTrue(
                "there is a record of " + call,
                () ->
                        answer(call)
                                .map(GetCallRecordResponse::getRecord)
                                .filter(CallRecord::hasEndedAt)
                                .filter(whole)
                                .isPresent());
        return record(call);
    }

    private static GetCallRecordRequest asking(String call) {
        return GetCallRecordRequest.newBuilder().setTenantId("demo").setCallId(call).build();
    }

    private ReportingServiceBlockingStub client() {
        return ReportingServiceGrpc.newBlockingStub(channel)
                .withInterceptors(new ServiceToken("test-service-token"))
                .withDeadlineAfter(SOON);
    }

    private static ListCallRecordsRequest.Builder filter() {
        return ListCallRecordsRequest.newBuilder().setTenantId("demo").setPageSize(200);
    }

    private List<String> ids(ListCallRecordsRequest.Builder request) {
        return client().listCallRecords(request.build()).getRecordsList().stream()
                .map(CallRecord::getCallId)
                .toList();
    }

    private static com.google.protobuf.Timestamp seconds(int after) {
        return Timestamps.fromMillis(NOON.plusSeconds(after).toEpochMilli());
    }
}
