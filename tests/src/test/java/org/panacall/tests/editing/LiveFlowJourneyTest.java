// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.editing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.AGENT_HZ;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.journeys.ClinicExtension;
import org.panacall.tests.journeys.Talk;
import org.panacall.tests.ua.Dialling;

/** A flow that is run while a patient talks with an agent. */
@ExtendWith(ClinicExtension.class)
class LiveFlowJourneyTest {

    private static final Duration RING = Duration.ofSeconds(20);
    private static final Duration MENU = Duration.ofSeconds(30);

    /** Asks for a key, and leads back to the agent of the talk. */
    private static final String CONSENT =
            """
            {"id": "closed", "name": "Consent", "entry": "ask", "fallbackQueue": "registry",
             "variables": [{"name": "agent", "kind": "text"}],
             "steps": [
              {"id": "ask", "menu": {"prompts": [{"text": "Для согласия нажмите один"}],
                "keys": ["1"], "firstKeyTimeout": "20s", "maxAttempts": 1},
               "exits": {"1": "back", "no-input": "bye", "invalid": "bye"}},
              {"id": "back", "transfer": {"computed": "agent"}},
              {"id": "bye", "hangUp": {"reason": "consent-over"}}]}
            """;

    @AfterEach
    void asItWas(Clinic clinic) {
        clinic.discard("/flows/closed/draft");
        clinic.post("/flows/closed/roll-back", "{\"version\":1}", 200);
    }

    private static JsonNode callOf(Clinic clinic, String number) {
        var found = clinic.await("/calls", calls -> find(calls, number) != null, SOON);
        assertTrue(found.isPresent(), "the call is not in the list");
        return find(found.get(), number);
    }

    private static JsonNode find(JsonNode calls, String number) {
        return StreamSupport.stream(calls.path("items").spliterator(), false)
                .filter(call -> call.path("from").asText().equals(number))
                .findFirst()
                .orElse(null);
    }

    @Test
    void thePatientGoesThroughItAndComesBackToTheSameAgent(Clinic clinic) {
        // Given
        var draft = clinic.change("PUT", "/flows/closed/draft", CONSENT, 200);
        assertTrue(draft.path("mistakes").isEmpty(), draft::toString);
        clinic.post("/flows/closed/publish", "{}", 200);
        Publication.isInIvr(clinic, "closed", "+79160000001", "consent-over");
        var number = Talk.freshNumber();
        var phone = Talk.readyPhone(clinic, "104", AGENT_HZ);
        var patient = clinic.patient(number, PATIENT_HZ);
        var call = patient.dial("74950000101", Dialling.plain());
        var first = Talk.rings(phone, RING);
        first.answer();
        Talk.talk(call, patient, first, phone, Duration.ofMillis(200));
        var path = "/calls/" + callOf(clinic, number).path("id").asText() + "/flow";
        clinic.post(path, "{\"flowId\":\"none\"}", 400);

        // When
        var asked = clinic.post(path, "{\"flowId\":\"closed\"}", 202);

        // Then
        assertEquals("closed", asked.path("flowId").asText());
        assertTrue(first.awaitEnded(SOON), "the agent is kept");
        Talk.awaitState(clinic, "104", "ready");
        assertTrue(
                call.hearing().await(ears -> ears.hearsAnything() && !ears.hears(AGENT_HZ), MENU),
                "the patient is asked nothing");
        clinic.post(path, "{\"flowId\":\"closed\"}", 409);
        call.audio().press("1");
        var second = Talk.rings(phone, RING);
        second.answer();
        Talk.talk(call, patient, second, phone, Duration.ofMillis(200));
        Talk.hangUpEnds(second, call);
    }
}
