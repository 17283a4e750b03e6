// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.engine.Turn;
import org.panacall.proto.event.v1.EventBatch;
import org.panacall.proto.sipingress.v1.CallStarted;
import org.panacall.proto.sipingress.v1.SipIngressEvent;
import org.panacall.sipingress.core.call.CallEvent;
import org.panacall.sipingress.core.call.CallFact;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.Direction;
import org.panacall.sipingress.core.leg.EndReason;
import org.panacall.sipingress.core.leg.LegQuality;
import org.panacall.sipingress.core.leg.LegRole;
import org.panacall.sipingress.core.leg.LegState;
import org.panacall.sipingress.core.plan.TenantId;

/** What the world reads of our facts. */
class FactCodecTest {

    private static final Instant NOW = Instant.parse("2026-01-05T12:00:05Z");
    private static final Instant BEFORE = NOW.minusSeconds(4);
    private static final EndReason HUNG_UP = EndReason.hungUp(LegRole.CALLER);

    private static SipIngressEvent written(CallEvent event) throws InvalidProtocolBufferException {
        var fact = new CallFact(new CallId("call_1"), new TenantId("demo"), 1, NOW, "", event);
        var codec = new FactCodec("sip-ingress-1", "sip-ingress-1.a", "127.0.0.1:9010");
        return EventBatch.parseFrom(codec.encode(new Turn<>(NOW, List.of(fact))))
                .getEvents(0)
                .getSipIngress();
    }

    private static CallStarted started(Optional<CallEvent.Arrival> arrival)
            throws InvalidProtocolBufferException {
        var started =
                new CallEvent.CallStarted(
                        Direction.INBOUND, "+79161234567", "101", "", "carrier", arrival);
        return written(started).getCallStarted();
    }

    private static Optional<CallEvent.Arrival> invite(String key) {
        return Optional.of(new CallEvent.Arrival(key, BEFORE));
    }

    @Test
    void attemptsAtOneInviteHaveOneNameThatSaysNothingOfIt() throws Exception {
        // When
        var one = started(invite("call-id@host tag 1 1795289764.123456"));
        var again = started(invite("call-id@host tag 1 1795289764.123456"));
        var other = started(invite("call-id@host tag 1 1795289765.123456"));
        // Then
        assertEquals(one.getInvitation(), again.getInvitation());
        assertNotEquals(one.getInvitation(), other.getInvitation());
        assertTrue(one.getInvitation().matches("[0-9a-f]{32}"), one.getInvitation());
        assertEquals(Timestamps.fromMillis(BEFORE.toEpochMilli()), one.getReceivedAt());
    }

    @Test
    void aCallThatWeMadeHasNone() throws Exception {
        // When
        var made = started(Optional.empty());
        // Then
        assertEquals("", made.getInvitation());
        assertFalse(made.hasReceivedAt());
    }

    @Test
    void endsSayWhenTheyCameForTheirParties() throws Exception {
        // Given
        var how = new LegState.Ended(HUNG_UP, 0, BEFORE);
        // When
        var leg = new CallEvent.LegFinished(new LegId("leg_1"), how, LegQuality.UNKNOWN);
        var call = new CallEvent.CallFinished(HUNG_UP, BEFORE);
        // Then
        var expected = Timestamps.fromMillis(BEFORE.toEpochMilli());
        assertEquals(expected, written(leg).getLegFinished().getEndedAt());
        assertEquals(expected, written(call).getCallFinished().getEndedAt());
    }
}
