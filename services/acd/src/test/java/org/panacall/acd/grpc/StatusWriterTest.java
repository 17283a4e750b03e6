// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.Acd;
import org.panacall.acd.core.id.CallbackId;
import org.panacall.acd.core.id.IdSource;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.OfferId;
import org.panacall.acd.core.id.PlayId;
import org.panacall.acd.core.plan.Limits;
import org.panacall.acd.directory.PlanReader;
import org.panacall.proto.acd.v1.EnqueueCallRequest;
import org.panacall.proto.acd.v1.ListQueueCallsRequest;
import org.panacall.proto.acd.v1.WaitingCall;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.Tenant;

class StatusWriterTest {

    private static final Instant START = Instant.parse("2026-01-31T09:00:00Z");

    private final Acd acd =
            new Acd(
                    PlanReader.read(
                            Tenant.newBuilder()
                                    .addQueues(Queue.newBuilder().setQueueId("registry"))
                                    .build()),
                    Limits.usual(),
                    new Ids(),
                    new Acd.Leadership(1, "acd-1"));

    @BeforeEach
    void threeWait() {
        for (int i = 0; i < 3; i++) {
            var call =
                    EnqueueCallRequest.newBuilder()
                            .setCallId("call_" + i)
                            .setTenantId("demo")
                            .setLegId("leg_" + i)
                            .setQueueId("registry")
                            .setCallerNumber("+7916000000" + i)
                            .setSipIngress("127.0.0.1:9010")
                            .build();
            acd.handle(CommandReader.read(call), START.plusSeconds(i));
        }
    }

    @Test
    void thoseWhoWaitAreListedInTheOrderOfTheLine() {
        // When
        var answer = StatusWriter.calls(acd, line().build(), START.plusSeconds(60));

        // Then
        assertEquals(List.of("call_0", "call_1", "call_2"), ids(answer.getCallsList()));
        assertFalse(answer.getMore());
        var last = answer.getCalls(2);
        assertEquals(3, last.getPosition());
        assertEquals("+79160000002", last.getCallerNumber());
        assertEquals(Durations.fromSeconds(58), last.getWaited());
        assertEquals(START.getEpochSecond() + 2, last.getQueuedAt().getSeconds());
        assertFalse(last.getOffered());
    }

    @Test
    void theLineComesInPages() {
        // When
        var first = StatusWriter.calls(acd, line().setPageSize(2).build(), START);
        var rest = StatusWriter.calls(acd, line().setAfterPosition(2).build(), START);
        var beyond = StatusWriter.calls(acd, line().setAfterPosition(9).build(), START);

        // Then
        assertEquals(List.of("call_0", "call_1"), ids(first.getCallsList()));
        assertTrue(first.getMore());
        assertEquals(List.of("call_2"), ids(rest.getCallsList()));
        assertEquals(3, rest.getCalls(0).getPosition());
        assertFalse(rest.getMore());
        assertEquals(0, beyond.getCallsCount());
    }

    @Test
    void ofAQueueThatIsNotThereNothingIsListed() {
        // When
        var answer = StatusWriter.calls(acd, line().setQueueId("none").build(), START);

        // Then
        assertTrue(answer.hasQueueUnknown());
    }

    private static List<String> ids(List<WaitingCall> calls) {
        return calls.stream().map(WaitingCall::getCallId).toList();
    }

    private static ListQueueCallsRequest.Builder line() {
        return ListQueueCallsRequest.newBuilder().setTenantId("demo").setQueueId("registry");
    }

    private record Ids() implements IdSource {

        @Override
        public OfferId offer() {
            return new OfferId("offer_" + UUID.randomUUID());
        }

        @Override
        public LegId leg() {
            return new LegId("leg_" + UUID.randomUUID());
        }

        @Override
        public PlayId play() {
            return new PlayId("play_" + UUID.randomUUID());
        }

        @Override
        public CallbackId callback() {
            return new CallbackId("callback_" + UUID.randomUUID());
        }
    }
}
