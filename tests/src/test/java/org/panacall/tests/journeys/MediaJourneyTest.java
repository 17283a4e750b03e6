// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.AGENT_HZ;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.ua.Audio.Codec;
import org.panacall.tests.ua.Dialling;
import org.panacall.tests.ua.UserAgent.Habit;

/** Codecs, keys, odd offers, and callers behind a NAT. */
@ExtendWith(ClinicExtension.class)
class MediaJourneyTest {

    @Test
    void theEchoTestReturnsTheCallersTone(Clinic clinic) {
        // Given
        var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        // When
        var call = patient.dial(Clinic.ECHO_NUMBER, Dialling.plain());
        // Then
        assertTrue(call.awaitAnswered(SOON), () -> call.statuses().toString());
        Talk.hears(call, PATIENT_HZ);
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void eitherCodecAloneIsEnough(Codec codec, Clinic clinic) {
        // Given
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        phone.setHabit(Habit.ANSWER);
        var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        // When
        var call = patient.dial("74950000101", Dialling.plain().withCodecs(codec));
        // Then
        Talk.talk(call, patient, Talk.rings(phone, SOON), phone, Duration.ofSeconds(1));
    }

    @Test
    void noCommonCodecIsRefusedWith488(Clinic clinic) {
        // Given
        var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        // When
        var call = patient.dial(Clinic.MAIN_NUMBER, Dialling.plain().withCodecs());
        // Then
        assertTrue(call.awaitEnded(SOON));
        assertEquals(488, call.statuses().getLast());
    }

    @Test
    void aKeyIsHeardOnceThoughAllItsEndPacketsAreLost(Clinic clinic) {
        // Given
        var phone = Talk.readyPhone(clinic, "107", AGENT_HZ);
        var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        var call = patient.dial(Clinic.MAIN_NUMBER, Dialling.plain());
        Talk.hearsGreeting(call);
        // When
        call.audio().pressWithLostEnds('2');
        // Then
        Talk.rings(phone, SOON).answer();
        Talk.hears(call, AGENT_HZ);
    }

    @Test
    void wrongAddressesInContactAndSdpDoNotMatter(Clinic clinic) {
        // Given
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        // When
        var call = patient.dial("74950000101", Dialling.plain().advertising("192.168.7.7"));
        // Then
        var ringing = Talk.rings(phone, SOON);
        ringing.answer();
        Talk.talk(call, patient, ringing, phone, Duration.ofSeconds(2));
        Talk.hangUpEnds(ringing, call);
    }

    @Test
    void anInviteWithoutSdpIsOfferedOurs(Clinic clinic) {
        // Given
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        // When
        var call = patient.dial("74950000101", Dialling.plain().withoutOffer());
        // Then
        var ringing = Talk.rings(phone, SOON);
        ringing.answer();
        Talk.talk(call, patient, ringing, phone, Duration.ofSeconds(2));
    }

    @Test
    void onHoldThePatientHearsMusicAndNotTheAgent(Clinic clinic) {
        // Given
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        phone.setHabit(Habit.ANSWER);
        var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        var call = patient.dial("74950000101", Dialling.plain());
        var answered = Talk.rings(phone, SOON);
        Talk.talk(call, patient, answered, phone, Duration.ofSeconds(1));
        // When
        answered.hold(true);
        // Then
        assertTrue(call.hearing().await(ears -> !ears.hears(AGENT_HZ), SOON));
        assertTrue(call.hearing().await(ears -> ears.hearsAnything(), SOON), "no music on hold");
        assertFalse(call.isEnded());
        answered.hold(false);
        Talk.hears(call, AGENT_HZ);
        Talk.hears(answered, PATIENT_HZ);
    }
}
