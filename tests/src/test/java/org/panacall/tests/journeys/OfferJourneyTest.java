// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.AGENT_HZ;
import static org.panacall.tests.journeys.Talk.OTHER_AGENT_HZ;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.ua.Dialling;
import org.panacall.tests.ua.UserAgent.Habit;

/** Agents who do not take the call, and patients who do not wait. */
@ExtendWith(ClinicExtension.class)
class OfferJourneyTest {

    private static final Duration AFTER_OFFER = Duration.ofSeconds(20);

    @Test
    void aRefusedCallRingsTheNextAgent(Clinic clinic) {
        // Given: 103 is ready for longer, so it is his turn.
        var refusing = Talk.readyPhone(clinic, "103", OTHER_AGENT_HZ);
        refusing.setHabit(Habit.REFUSE);
        var next = Talk.readyPhone(clinic, "104", AGENT_HZ);
        var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        // When
        var call = patient.dial("74950000101", Dialling.plain());
        // Then
        Talk.rings(refusing, SOON);
        var ringing = Talk.rings(next, SOON);
        ringing.answer();
        Talk.talk(call, patient, ringing, next, Duration.ofSeconds(1));
    }

    @Test
    void anUnansweredCallRingsTheNextAgentAndTheFirstPhoneStops(Clinic clinic) {
        // Given
        var away = Talk.readyPhone(clinic, "103", OTHER_AGENT_HZ);
        var next = Talk.readyPhone(clinic, "104", AGENT_HZ);
        var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        // When
        var call = patient.dial("74950000101", Dialling.plain());
        // Then
        var missed = Talk.rings(away, SOON);
        var ringing = Talk.rings(next, AFTER_OFFER);
        assertTrue(missed.awaitEnded(SOON), "the first phone was left ringing");
        assertTrue(missed.wasCancelled());
        ringing.answer();
        Talk.talk(call, patient, ringing, next, Duration.ofSeconds(1));
    }

    @Test
    void whoIsNotRegisteredIsNotOfferedCalls(Clinic clinic) {
        // Given
        var gone = Talk.readyPhone(clinic, "103", OTHER_AGENT_HZ);
        assertEquals(200, gone.register(Duration.ZERO));
        Talk.awaitState(clinic, "103", "not-ready");
        var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        // When
        var call = patient.dial("74950000101", Dialling.plain());
        assertTrue(call.awaitAnswered(SOON));
        assertTrue(call.hearing().await(ears -> ears.hearsAnything(), SOON), "no music");
        var next = clinic.phone("104", AGENT_HZ);
        assertEquals(200, next.register(Talk.EXPIRES));
        // Then
        Talk.rings(next, SOON).answer();
        Talk.hears(call, AGENT_HZ);
        Talk.neverRang(gone);
    }

    @Test
    void hangingUpInTheGreetingLeavesARecordAndNothingElse(Clinic clinic) {
        // Given
        var number = Talk.freshNumber();
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        var call = clinic.patient(number, PATIENT_HZ).dial(Clinic.MAIN_NUMBER, Dialling.plain());
        Talk.hearsGreeting(call);
        // When
        call.hangUp();
        // Then
        var record = Talk.record(clinic, number);
        assertEquals("caller-hung-up", record.path("endReason").path("reason").asText());
        Talk.neverRang(phone);
    }

    @Test
    void hangingUpInTheQueueTakesTheCallOutOfIt(Clinic clinic) {
        // Given
        var number = Talk.freshNumber();
        var call = clinic.patient(number, PATIENT_HZ).dial("74950000101", Dialling.plain());
        assertTrue(call.awaitAnswered(SOON));
        assertTrue(call.hearing().await(ears -> ears.hearsAnything(), SOON), "no music");
        // When
        call.hangUp();
        // Then
        var record = Talk.record(clinic, number, found -> found.hasNonNull("queue"));
        assertEquals("registry", record.path("queue").asText());
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        assertTrue(phone.awaitCall(Duration.ofSeconds(2)).isEmpty(), "a ghost rings");
    }

    @Test
    void hangingUpWhileAPhoneRingsStopsItsRinging(Clinic clinic) {
        // Given
        var number = Talk.freshNumber();
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        var call = clinic.patient(number, PATIENT_HZ).dial("74950000101", Dialling.plain());
        assertTrue(call.awaitAnswered(SOON));
        var ringing = Talk.rings(phone, SOON);
        // When
        Talk.hangUpEnds(call, ringing);
        // Then
        assertTrue(ringing.wasCancelled());
        Talk.record(clinic, number);
        Talk.awaitState(clinic, "103", "ready");
    }

    @Test
    void cancellingBeforeTheAnswerLeavesNothing(Clinic clinic) {
        // Given
        var number = Talk.freshNumber();
        var call = clinic.patient(number, PATIENT_HZ).dial(Clinic.MAIN_NUMBER, Dialling.plain());
        // When
        call.hangUp();
        // Then
        assertTrue(call.awaitEnded(SOON) || call.awaitAnswered(SOON));
        call.close();
        Talk.record(clinic, number);
    }
}
