// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.AGENT_HZ;
import static org.panacall.tests.journeys.Talk.OTHER_AGENT_HZ;
import static org.panacall.tests.journeys.Talk.OTHER_PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.ua.Dialling;
import org.panacall.tests.ua.UserAgent.Habit;

/** Patients who reach an agent through greeting, menu and queue. */
@ExtendWith(ClinicExtension.class)
class QueueJourneyTest {

    @Test
    void theFirstCallFromGreetingToRecord(Clinic clinic) {
        // Given
        var number = Talk.freshNumber();
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        var patient = clinic.patient(number, PATIENT_HZ);
        // When
        var call = patient.dial(Clinic.MAIN_NUMBER, Dialling.plain());
        Talk.hearsGreeting(call);
        call.audio().press("1");
        var ringing = Talk.rings(phone, SOON);
        assertTrue(call.hearing().await(ears -> ears.hearsAnything(), SOON), "no music");
        ringing.answer();
        Talk.talk(call, patient, ringing, phone, Duration.ofSeconds(10));
        Talk.hangUpEnds(call, ringing);
        // Then
        var record = Talk.record(clinic, number, found -> found.hasNonNull("queue"));
        assertEquals("registry", record.path("queue").asText(), record::toString);
        assertEquals("103", record.path("agent").asText(), record::toString);
        assertEquals("caller-hung-up", record.path("endReason").path("reason").asText());
        for (var time :
                new String[] {"startedAt", "answeredAt", "queuedAt", "talkStartedAt", "endedAt"}) {
            assertTrue(record.hasNonNull(time), () -> time + " is missing in " + record);
        }
    }

    @Test
    void anAgentsHangUpEndsThePatientsCall(Clinic clinic) {
        // Given
        var number = Talk.freshNumber();
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        phone.setHabit(Habit.ANSWER);
        var patient = clinic.patient(number, PATIENT_HZ);
        var call = patient.dial("74950000101", Dialling.plain());
        var answered = Talk.rings(phone, SOON);
        Talk.talk(call, patient, answered, phone, Duration.ofSeconds(2));
        // When
        Talk.hangUpEnds(answered, call);
        // Then
        var record = Talk.record(clinic, number);
        assertEquals("agent-hung-up", record.path("endReason").path("reason").asText());
    }

    @Test
    void whoPressesNothingComesToTheRegistry(Clinic clinic) {
        // Given
        var phone = Talk.readyPhone(clinic, "104", AGENT_HZ);
        phone.setHabit(Habit.ANSWER);
        var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        // When
        var call = patient.dial(Clinic.MAIN_NUMBER, Dialling.plain());
        Talk.hearsGreeting(call);
        // Then
        var answered = Talk.rings(phone, Duration.ofSeconds(60));
        Talk.talk(call, patient, answered, phone, Duration.ofSeconds(1));
    }

    @Test
    void aWrongKeyIsForgivenAndTheRightOneTaken(Clinic clinic) {
        // Given
        var registry = Talk.readyPhone(clinic, "103", OTHER_AGENT_HZ);
        var paid = Talk.readyPhone(clinic, "107", AGENT_HZ);
        var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        // When
        var call = patient.dial(Clinic.MAIN_NUMBER, Dialling.plain());
        Talk.hearsGreeting(call);
        call.audio().press("5");
        assertTrue(call.hearing().listen(Duration.ofSeconds(3)));
        call.audio().press("2");
        // Then
        var ringing = Talk.rings(paid, SOON);
        ringing.answer();
        Talk.talk(call, patient, ringing, paid, Duration.ofSeconds(1));
        Talk.neverRang(registry);
    }

    @Test
    void anExtensionCanBeDialledInTheMenu(Clinic clinic) {
        // Given
        var other = Talk.readyPhone(clinic, "103", OTHER_AGENT_HZ);
        var wanted = Talk.readyPhone(clinic, "104", AGENT_HZ);
        var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        // When
        var call = patient.dial(Clinic.MAIN_NUMBER, Dialling.plain());
        Talk.hearsGreeting(call);
        call.audio().press("104");
        // Then
        var ringing = Talk.rings(wanted, SOON);
        ringing.answer();
        Talk.talk(call, patient, ringing, wanted, Duration.ofSeconds(1));
        Talk.neverRang(other);
    }

    @Test
    void ofTwoCallsForOneAgentTheSecondWaitsAndIsServed(Clinic clinic) {
        // Given
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        var first = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        var second = clinic.patient(Talk.freshNumber(), OTHER_PATIENT_HZ);
        var firstCall = first.dial("74950000101", Dialling.plain());
        var firstRinging = Talk.rings(phone, SOON);
        firstRinging.answer();
        var secondCall = second.dial("74950000101", Dialling.plain());
        assertTrue(secondCall.awaitAnswered(SOON));
        Talk.talk(firstCall, first, firstRinging, phone, Duration.ofSeconds(2));
        Talk.neverRang(phone);
        assertTrue(secondCall.hearing().hearsAnything(), "the one who waits hears no music");
        // When
        Talk.hangUpEnds(firstRinging, firstCall);
        // Then
        var secondRinging = Talk.rings(phone, SOON);
        secondRinging.answer();
        Talk.talk(secondCall, second, secondRinging, phone, Duration.ofSeconds(1));
        assertFalse(secondCall.isEnded());
    }
}
