// SPDX-License-Identifier: Apache-2.0
package org.panacall.reporting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
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
import org.panacall.proto.event.v1.Event;
import org.panacall.proto.reporting.v1.CallRecord;
import org.panacall.proto.reporting.v1.GetCallRecordRequest;
import org.panacall.proto.reporting.v1.ListCallRecordsRequest;
import org.panacall.proto.reporting.v1.ReportingServiceGrpc;
import org.panacall.proto.reporting.v1.ReportingServiceGrpc.ReportingServiceBlockingStub;
import org.panacall.reporting.calls.CallStore;

/** A sip-ingress may die: a caller still has one record of a call, and with its own times. */
@QuarkusTest
@QuarkusTestResource(PostgresTestServer.class)
@QuarkusTestResource(NatsTestServer.class)
class OneRecordTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

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

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void anInviteThatWasTriedOnTwoSipIngressesIsOneRecordWhateverIsToldFirst(int seed) {
        // Given
        var number = "+791622200" + (10 + seed);
        var first = new Journey("call_tried_1_" + seed, number, NOON);
        var second = new Journey("call_tried_2_" + seed, number, NOON.plusSeconds(4));
        var events = new ArrayList<>(first.lost("invite_" + seed, NOON));
        events.addAll(second.sipIngress("invite_" + seed, NOON));
        events.addAll(second.acd());
        Collections.shuffle(events, new Random(seed));

        // When
        for (var event : events) {
            write(List.of(event));
        }

        // Then
        var listed = client().listCallRecords(filter().setNumberContains(number).build());
        assertEquals(1, listed.getRecordsCount());
        var record = listed.getRecords(0);
        assertEquals(second.call(), record.getCallId());
        assertEquals(seconds(0), record.getStartedAt(), "when the caller began to ring");
        assertEquals(seconds(29), record.getEndedAt());
        assertEquals("caller-hung-up", record.getEndReason().getReason());
        assertTrue(record(first.call()).getSuperseded(), "kept, but said to be of no account");
        assertFalse(record(second.call()).getSuperseded());
    }

    @Test
    void whoRingsTwiceHasTwoRecordsAndSoHasWhoWasAnsweredTwice() {
        // Given
        var rang = new Journey("call_twice_1", "+79162220001", NOON);
        var again = new Journey("call_twice_2", "+79162220001", NOON.plusSeconds(9));
        var answered = new Journey("call_forked_1", "+79162220002", NOON);
        var forked = new Journey("call_forked_2", "+79162220002", NOON.plusSeconds(2));

        // When
        write(rang.lost("invite_of_noon", NOON));
        write(again.sipIngress("invite_of_later", NOON.plusSeconds(9)));
        write(answered.sipIngress("invite_forked", NOON));
        write(forked.sipIngress("invite_forked", NOON));

        // Then
        assertEquals(
                List.of("call_twice_2", "call_twice_1"),
                ids(filter().setNumberContains("+79162220001")));
        assertEquals(
                List.of("call_forked_2", "call_forked_1"),
                ids(filter().setNumberContains("+79162220002")));
    }

    @Test
    void anAnsweredCallCountsThoughTheInviteWasTriedElsewhereLater() {
        // Given
        var answered = new Journey("call_slow_1", "+79162220003", NOON);
        var tried = new Journey("call_slow_2", "+79162220003", NOON.plusSeconds(2));

        // When
        write(tried.lost("invite_slow", NOON));
        write(answered.sipIngress("invite_slow", NOON));

        // Then
        assertEquals(List.of("call_slow_1"), ids(filter().setNumberContains("+79162220003")));
    }

    @Test
    void aCallEndsWhenItsPartyHungUpAndNobodyWaitsAfterIt() {
        // Given
        var journey = new Journey("call_unheard", "+79162220004", NOON);
        var queued = journey.acd().getFirst();
        var left = journey.acd().getLast();

        // When
        write(journey.sipIngress().subList(0, 3));
        write(List.of(queued, left));
        write(journey.hungUpUnheard(NOON.plusSeconds(12)));

        // Then
        var record = record("call_unheard");
        assertEquals(seconds(12), record.getEndedAt());
        assertEquals(seconds(12), record.getLegs(0).getEndedAt());
        assertEquals(Durations.fromSeconds(2), record.getWait());
    }

    private void write(List<Event> events) {
        store.write(events).await().atMost(SOON);
    }

    private CallRecord record(String call) {
        return client().getCallRecord(asking(call)).getRecord();
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
