// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.editing;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.AGENT_HZ;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.journeys.ClinicExtension;
import org.panacall.tests.journeys.Talk;
import org.panacall.tests.ua.Call;
import org.panacall.tests.ua.Dialling;
import org.panacall.tests.ua.UserAgent;

/** Who is known is asked nothing: he comes to those who take care of him. */
@ExtendWith(ClinicExtension.class)
class KnownPatientJourneyTest {

    private static final String NUMBER = "74950000103";
    private static final Duration PUBLICATION = Duration.ofSeconds(20);
    private static final Duration RING = Duration.ofSeconds(20);

    /** The contact's own, else the last who talked with him, else a menu that nobody presses in. */
    private static final String FLOW =
            """
            {"id": "closed", "name": "Known", "entry": "look", "fallbackQueue": "registry",
             "variables": [{"name": "manager", "kind": "text"}],
             "steps": [
              {"id": "look", "contact": {"ahead": true}, "exits": {"started": "greeting"}},
              {"id": "greeting", "play": {"prompts": [{"text": "Здравствуйте"}]},
               "exits": {"done": "known"}},
              {"id": "known", "await": {"step": "look"},
               "exits": {"found": "own", "not-found": "manager", "failed": "never"}},
              {"id": "own", "transfer": {"computed": "contact.responsible"}},
              {"id": "manager", "manager": {"sources": ["last-talk"], "variable": "manager"},
               "exits": {"found": "last", "not-found": "never", "failed": "never"}},
              {"id": "last", "transfer": {"computed": "manager"}},
              {"id": "never", "menu": {"prompts": [{"text": "Нажмите один"}], "keys": ["1"],
                "maxAttempts": 1},
               "exits": {"1": "never-ends", "no-input": "never-ends", "invalid": "never-ends"}},
              {"id": "never-ends", "hangUp": {"reason": "stranger"}}]}
            """;

    private final String number = Talk.freshNumber();
    private String contact = "";

    @AfterEach
    void asItWas(Clinic clinic) {
        clinic.discard("/flows/closed/draft");
        clinic.post("/flows/closed/roll-back", "{\"version\":1}", 200);
        if (!contact.isEmpty()) {
            clinic.discard("/contacts/" + contact);
        }
    }

    private void publish(Clinic clinic) {
        var draft = clinic.change("PUT", "/flows/closed/draft", FLOW, 200);
        assertTrue(draft.path("mistakes").isEmpty(), draft::toString);
        clinic.post("/flows/closed/publish", "{}", 200);
        long end = System.nanoTime() + PUBLICATION.toNanos();
        // Nobody is looked for in a simulation: it comes to the menu.
        while (!clinic.post("/flows/closed/simulate", "{\"caller\":\"+79160000001\"}", 200)
                .path("end")
                .path("reason")
                .asText()
                .equals("stranger")) {
            assertTrue(System.nanoTime() < end, "ivr goes on with the old flow");
            LockSupport.parkNanos(50_000_000);
        }
    }

    private Call talk(Clinic clinic, UserAgent phone) {
        var patient = clinic.patient(number, PATIENT_HZ);
        var call = patient.dial(NUMBER, Dialling.plain());
        var ringing = Talk.rings(phone, RING);
        ringing.answer();
        Talk.talk(call, patient, ringing, phone, Duration.ofSeconds(1));
        Talk.hangUpEnds(call, ringing);
        return call;
    }

    @Test
    void aKnownPatientComesToHisRegistryAndWhoTalkedBeforeToTheSamePerson(Clinic clinic) {
        // Given
        contact =
                clinic.post(
                                "/contacts",
                                """
                                {"familyName": "Известная", "numbers": [{"number": "%s"}],
                                 "responsible": {"queueId": "paid"}}
                                """
                                        .formatted(number),
                                201)
                        .path("id")
                        .asText();
        publish(clinic);
        var phone = Talk.readyPhone(clinic, "108", AGENT_HZ);

        // When
        talk(clinic, phone);

        // Then
        var record =
                Talk.record(clinic, number, found -> found.path("queue").asText().equals("paid"));
        assertTrue(record.hasNonNull("talkStartedAt"), record::toString);

        // When
        clinic.discard("/contacts/" + contact);
        contact = "";

        // Then
        talk(clinic, phone);
    }
}
