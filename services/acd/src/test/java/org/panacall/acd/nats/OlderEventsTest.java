// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.acd.Wording;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.agent.Intent;
import org.panacall.acd.core.agent.Notes;
import org.panacall.acd.core.id.Extension;
import org.panacall.proto.acd.v1.AcdEvent.Builder;
import org.panacall.proto.acd.v1.AgentChanged;
import org.panacall.proto.acd.v1.OfferAccepted;
import org.panacall.proto.acd.v1.OfferMade;
import org.panacall.proto.acd.v1.RegistrationRenewed;
import org.panacall.proto.event.v1.Event;
import org.panacall.proto.event.v1.EventBatch;

/** Histories from before agents had devices, notes and shifts can be read. */
class OlderEventsTest {

    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final Timestamp AT = Wording.time(NOW);
    private static final Timestamp LATER = Wording.time(NOW.plusSeconds(10));

    private static <E extends AcdEvent> E read(Class<E> kind, String entity, Builder event) {
        var envelope =
                Event.newBuilder().setEntityId(entity).setEntitySequence(1).setAt(AT).setAcd(event);
        var batch = EventBatch.newBuilder().addEvents(envelope).build();
        var turn = new AcdCodec("demo", 1).decode(batch.toByteArray());
        return assertInstanceOf(kind, turn.events().getFirst());
    }

    private static Builder event() {
        return org.panacall.proto.acd.v1.AcdEvent.newBuilder();
    }

    @Test
    void anAgentWithOnePhoneAndAWrapUp() {
        // Given
        var old =
                AgentChanged.newBuilder()
                        .setState(org.panacall.proto.acd.v1.AgentState.AGENT_STATE_WRAP_UP)
                        .setCallId("call_1")
                        .setRegistered(true)
                        .setExtension("103")
                        .setSince(AT)
                        .setSaysReady(true)
                        .setRegisteredUntil(LATER)
                        .setWrapUpUntil(LATER);

        // When
        var agent =
                read(AcdEvent.AgentChanged.class, "agent_103", event().setAgentChanged(old)).next();

        // Then
        assertEquals(Map.of(new Extension("103"), NOW.plusSeconds(10)), agent.presence().leases());
        assertEquals(Intent.READY, agent.intent());
        var wrapUp = assertInstanceOf(AgentState.WrapUp.class, agent.state());
        assertEquals(Notes.timed(Duration.ofSeconds(10)), wrapUp.notes());
    }

    @Test
    void aRegistrationOfTheOnlyPhone() {
        // Given
        var old = RegistrationRenewed.newBuilder().setRegisteredUntil(LATER);

        // When
        var renewed =
                read(
                        AcdEvent.RegistrationRenewed.class,
                        "agent_103",
                        event().setRegistrationRenewed(old));

        // Then
        assertEquals(Optional.empty(), renewed.device());
    }

    @Test
    void anOfferThatRingsOnePhoneAndItsAnswer() {
        // Given
        var made =
                OfferMade.newBuilder()
                        .setOfferId("offer_1")
                        .setAgentId("agent_103")
                        .setLegId("leg_1")
                        .setExpiresAt(LATER);
        var accepted = OfferAccepted.newBuilder().setOfferId("offer_1").setAgentId("agent_103");

        // When
        var offer = read(AcdEvent.OfferMade.class, "call_1", event().setOfferMade(made)).offer();

        // Then
        assertEquals("leg_1", offer.legs().getFirst().value());
        var answer =
                read(AcdEvent.OfferAccepted.class, "call_1", event().setOfferAccepted(accepted));
        assertEquals(Optional.empty(), answer.leg());
    }
}
