// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.phones;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.AGENT_HZ;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.journeys.ClinicExtension;
import org.panacall.tests.journeys.Talk;
import org.panacall.tests.ua.Call;
import org.panacall.tests.ua.Dialling;

/** Calls that the clinic makes. */
@ExtendWith(ClinicExtension.class)
class ClickToCallJourneyTest {

    private record Legs(Call agent, Call patient) {}

    /** The agent has answered, and the patient's telephone rings. */
    private static Legs thePatientRings(Clinic clinic, String number) {
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        var carrier = clinic.carrier(PATIENT_HZ);
        clinic.post("/calls", "{\"agent\":\"103\",\"number\":\"%s\"}".formatted(number), 201);
        var agent = Talk.rings(phone, SOON);
        agent.answer();
        return new Legs(agent, Talk.rings(carrier, SOON));
    }

    @Test
    void theAgentIsRungFirstAndThenThePatient(Clinic clinic) {
        // Given
        var number = Talk.freshNumber();
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        var carrier = clinic.carrier(PATIENT_HZ);
        // When
        var json = "{\"agent\":\"103\",\"number\":\"%s\"}".formatted(number);
        clinic.post("/calls", json, 201);
        // Then
        var agentCall = Talk.rings(phone, SOON);
        Talk.neverRang(carrier);
        agentCall.answer();
        var patientCall = Talk.rings(carrier, SOON);
        patientCall.answer();
        Talk.talk(patientCall, carrier, agentCall, phone, Duration.ofSeconds(2));
        Talk.hangUpEnds(patientCall, agentCall);
        var record = Talk.record(clinic, number, found -> found.hasNonNull("agent"));
        assertEquals("103", record.path("agent").asText());
    }

    @Test
    void aPatientWhoHangsUpRightAfterHisAnswerEndsTheAgentsCallToo(Clinic clinic) {
        // Given
        var number = Talk.freshNumber();
        var legs = thePatientRings(clinic, number);
        // When
        legs.patient().answer();
        assertTrue(legs.patient().awaitAcknowledged(SOON));
        // Then
        Talk.hangUpEnds(legs.patient(), legs.agent());
        var record = Talk.record(clinic, number);
        assertEquals("caller-hung-up", record.path("endReason").path("reason").asText());
    }

    @Test
    void aPatientWhoHangsUpBeforeHisAnswerIsAcknowledgedEndsTheAgentsCallToo(Clinic clinic) {
        // Given
        var number = Talk.freshNumber();
        var legs = thePatientRings(clinic, number);
        // When
        legs.patient().answer();
        legs.patient().hangUp();
        // Then: who is told by a tone that the number is not to be had hears it first.
        assertTrue(legs.agent().awaitEnded(SOON.multipliedBy(2)), "the agent was left in it");
        assertEquals(200, legs.patient().awaitByeAnswered(SOON));
        var record = Talk.record(clinic, number);
        assertEquals("caller-hung-up", record.path("endReason").path("reason").asText());
    }

    @Test
    void anAgentsPhoneReachesTheTelephoneNetwork(Clinic clinic) {
        // Given
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        var carrier = clinic.carrier(PATIENT_HZ);
        // When
        var call = phone.dial(Talk.freshNumber(), Dialling.plain());
        // Then
        var ringing = Talk.rings(carrier, SOON);
        assertTrue(call.awaitStatus(180, SOON) || call.awaitStatus(183, SOON));
        ringing.answer();
        assertTrue(call.awaitAnswered(SOON));
        Talk.talk(ringing, carrier, call, phone, Duration.ofSeconds(1));
        Talk.hangUpEnds(call, ringing);
    }
}
