// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.editing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.AGENT_HZ;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.journeys.ClinicExtension;
import org.panacall.tests.journeys.Talk;
import org.panacall.tests.ua.Dialling;

/** Calls come back to their flow when nobody takes them, and a flow follows a talk. */
@ExtendWith(ClinicExtension.class)
class HandBackJourneyTest {

    private static final String NUMBER = "74950000103";
    private static final Duration PUBLICATION = Duration.ofSeconds(20);

    /** To the doctor's phone for 2 s, then a word of excuse and the end. */
    private static final String DOCTOR =
            """
            {"id": "closed", "name": "Doctor", "entry": "doctor", "fallbackQueue": "registry",
             "steps": [
              {"id": "doctor", "transfer": {"extension": "110", "ringTimeout": "2s",
                "onlyExtension": true}, "exits": {"no-answer": "sorry"}},
              {"id": "sorry", "play": {"prompts": [{"text": "Врач не отвечает"}]},
               "exits": {"done": "bye"}},
              {"id": "bye", "hangUp": {"reason": "doctor-away"}}]}
            """;

    /** All three at once; when all are busy all three again, for 2 s. */
    private static final String GROUP =
            """
            {"id": "closed", "name": "Group", "entry": "all", "fallbackQueue": "registry",
             "steps": [
              {"id": "all", "ringGroup": {"members": [{"extension": "108"}, {"extension": "109"},
                {"extension": "110"}], "ringTimeout": "60s"}, "exits": {"busy": "doctor"}},
              {"id": "doctor", "ringGroup": {"members": [{"extension": "108"},
                {"extension": "109"}, {"extension": "110"}], "ringTimeout": "2s"},
               "exits": {"no-answer": "bye"}},
              {"id": "bye", "hangUp": {"reason": "group-away"}}]}
            """;

    private static final String RATING =
            """
            {"id": "closed", "name": "Rating", "entry": "rate", "fallbackQueue": "registry",
             "steps": [
              {"id": "rate", "rate": {"prompts": [{"text": "Оцените разговор от одного до пяти"}],
                "maxAttempts": 2},
               "exits": {"done": "bye", "no-input": "bye", "invalid": "bye"}},
              {"id": "bye", "hangUp": {"reason": "rated"}}]}
            """;

    @AfterEach
    void asItWas(Clinic clinic) {
        clinic.change("PATCH", "/queues/registry", "{\"afterTalkFlowId\":null}", 200);
        clinic.discard("/flows/closed/draft");
        clinic.post("/flows/closed/roll-back", "{\"version\":1}", 200);
    }

    private static void publish(Clinic clinic, String flow, String reason) {
        var draft = clinic.change("PUT", "/flows/closed/draft", flow, 200);
        assertTrue(draft.path("mistakes").isEmpty(), draft::toString);
        clinic.post("/flows/closed/publish", "{}", 200);
        long end = System.nanoTime() + PUBLICATION.toNanos();
        var outcome =
                """
                {"outcomes": {"doctor": {"exit": "no-answer"}, "all": {"exit": "busy"}}}
                """;
        var told = clinic.post("/flows/closed/simulate", outcome, 200);
        while (!told.path("end").path("reason").asText().equals(reason)) {
            var last = told;
            assertTrue(System.nanoTime() < end, () -> "ivr goes on with the old flow: " + last);
            LockSupport.parkNanos(50_000_000);
            told = clinic.post("/flows/closed/simulate", outcome, 200);
        }
    }

    @Test
    void aCallerWhomNobodyAnswersHearsWhatTheFlowSaysNext(Clinic clinic) {
        // Given
        publish(clinic, DOCTOR, "doctor-away");
        var number = Talk.freshNumber();
        var doctor = Talk.readyPhone(clinic, "110", AGENT_HZ);
        // When
        var call = clinic.patient(number, PATIENT_HZ).dial(NUMBER, Dialling.plain());
        var ringing = Talk.rings(doctor, SOON);
        // Then
        assertTrue(ringing.awaitEnded(SOON), "the doctor's phone rings on");
        assertTrue(call.awaitEnded(Duration.ofSeconds(10)), "the flow does not go on");
        var record = Talk.record(clinic, number, found -> found.hasNonNull("endReason"));
        assertEquals("doctor-away", record.path("endReason").path("reason").asText());
    }

    @Test
    void theFirstOfAGroupToAnswerHasTheCallerAndWithoutAnyTheFlowGoesOn(Clinic clinic) {
        // Given
        publish(clinic, GROUP, "group-away");
        var phones =
                Stream.of("108", "109", "110")
                        .map(one -> Talk.readyPhone(clinic, one, AGENT_HZ))
                        .toList();
        var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        var call = patient.dial(NUMBER, Dialling.plain());
        var rings = phones.stream().map(phone -> Talk.rings(phone, SOON)).toList();
        // When
        rings.get(1).answer();
        // Then
        Talk.talk(call, patient, rings.get(1), phones.get(1), Duration.ofMillis(300));
        for (var other : List.of(rings.get(0), rings.get(2))) {
            assertTrue(other.awaitEnded(SOON), "rings on");
            assertTrue(other.reason().startsWith("SIP;cause=200"), () -> other.reason());
        }
        Talk.hangUpEnds(call, rings.get(1));
        Talk.awaitState(clinic, "109", "ready");
        // When
        var number = Talk.freshNumber();
        var second = clinic.patient(number, PATIENT_HZ).dial(NUMBER, Dialling.plain());
        phones.forEach(phone -> Talk.rings(phone, SOON).reject(486));
        phones.forEach(phone -> Talk.rings(phone, SOON));
        // Then
        assertTrue(second.awaitEnded(Duration.ofSeconds(10)), "the flow does not go on");
        var record =
                Talk.record(
                        clinic,
                        number,
                        found -> found.hasNonNull("endReason"),
                        Duration.ofSeconds(10));
        assertEquals("group-away", record.path("endReason").path("reason").asText());
    }

    @Test
    void aCallerWhoseAgentHangsUpRatesTheTalkByAKey(Clinic clinic) {
        // Given
        publish(clinic, RATING, "rated");
        clinic.change("PATCH", "/queues/registry", "{\"afterTalkFlowId\":\"closed\"}", 200);
        var number = Talk.freshNumber();
        var phone = Talk.readyPhone(clinic, "104", AGENT_HZ);
        var patient = clinic.patient(number, PATIENT_HZ);
        var call = patient.dial("74950000101", Dialling.plain());
        var ringing = Talk.rings(phone, Duration.ofSeconds(10));
        ringing.answer();
        Talk.talk(call, patient, ringing, phone, Duration.ofMillis(500));
        // When
        ringing.hangUp();
        Talk.awaitState(clinic, "104", "ready");
        assertTrue(
                call.hearing().await(ears -> ears.hearsAnything() && !ears.hears(AGENT_HZ), SOON),
                "the caller is not asked");
        call.audio().press("4");
        // Then
        assertTrue(call.awaitEnded(Duration.ofSeconds(10)), "the flow does not end");
        var record = Talk.record(clinic, number, found -> found.path("rating").asInt() == 4);
        assertEquals("104", record.path("agent").asText());
        assertEquals("registry", record.path("queue").asText());
        assertEquals("rated", record.path("endReason").path("reason").asText());
    }
}
