// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.editing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.journeys.ClinicExtension;
import org.panacall.tests.journeys.JourneyPlatform;
import org.panacall.tests.journeys.Talk;
import org.panacall.tests.ua.Call;
import org.panacall.tests.ua.Dialling;

/** A menu that patients answer by a word, where the clinic has a recogniser. */
@ExtendWith(ClinicExtension.class)
class SpokenMenuJourneyTest {

    private static final String NUMBER = "74950000103";

    /** The first prompt is longer than any patience: only a voice or a key gets past it. */
    private static final String SPOKEN =
            """
            {"id": "closed", "name": "Spoken", "entry": "menu", "fallbackQueue": "registry",
             "steps": [
              {"id": "menu", "menu": {
                "prompts": [{"id": "music/waiting", "text": "Скажите, чего вы хотите"}],
                "keys": ["1", "2"], "maxAttempts": 9,
                "words": [
                  {"key": "1", "language": "ru", "phrases": ["%s"]},
                  {"key": "2", "language": "ru", "phrases": ["платные услуги"]}]},
               "exits": {"1": "understood", "2": "other", "no-input": "other", "invalid": "other"}},
              {"id": "understood", "hangUp": {"reason": "understood"}},
              {"id": "other", "hangUp": {"reason": "other"}}]}
            """
                    .formatted(JourneyPlatform.PATIENTS_WORD);

    @BeforeEach
    void publish(Clinic clinic, JourneyPlatform platform) {
        Assumptions.assumeTrue(platform.isOurs(), "a platform of others has no recogniser");
        var draft = clinic.change("PUT", "/flows/closed/draft", SPOKEN, 200);
        assertTrue(draft.path("mistakes").isEmpty(), draft::toString);
        clinic.post("/flows/closed/publish", "{}", 200);
        Publication.isInIvr(clinic, "closed", "+79160000001", "other");
    }

    @AfterEach
    void asItWas(Clinic clinic) {
        clinic.discard("/flows/closed/draft");
        clinic.post("/flows/closed/roll-back", "{\"version\":1}", 200);
    }

    @Test
    void aWordStopsThePromptAndTakesTheExitOfItsKey(Clinic clinic) {
        // Given
        var number = Talk.freshNumber();
        var call = clinic.patient(number, PATIENT_HZ).dial(NUMBER, Dialling.plain());
        call.audio().mute(true);
        Talk.hearsGreeting(call);

        // When
        say(call);

        // Then
        var record = Talk.record(clinic, number, found -> found.hasNonNull("endReason"));
        assertEquals("understood", record.path("endReason").path("reason").asText());
        var told =
                clinic.post(
                        "/flows/closed/simulate",
                        "{\"keys\":[\"say %s\"]}".formatted(JourneyPlatform.PATIENTS_WORD),
                        200);
        assertEquals("understood", told.path("end").path("reason").asText(), told::toString);
    }

    /** Says it again when he is asked again. */
    private static void say(Call call) {
        long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        do {
            call.audio().mute(false);
            assertTrue(call.audio().awaitSent(40, SOON), "the patient cannot speak");
            call.audio().mute(true);
            assertTrue(System.nanoTime() < end, "nobody understands the patient");
        } while (!call.awaitEnded(SOON));
    }
}
