// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.editing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.AGENT_HZ;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.journeys.ClinicExtension;
import org.panacall.tests.journeys.Talk;
import org.panacall.tests.ua.Call;
import org.panacall.tests.ua.Dialling;

/** The clinic draws its flows by itself, and callers go through them. */
@ExtendWith(ClinicExtension.class)
class FlowJourneyTest {

    private static final String NUMBER = "74950000103";

    private static final Duration KEY_AGAIN = Duration.ofSeconds(1);
    private static final Duration WHOLE_PROMPT = Duration.ofSeconds(40);

    /** Blacklisted callers are not answered; others are asked for a contract, three times. */
    private static final String CONTRACT =
            """
            {"id": "closed", "name": "Contract", "entry": "screen", "fallbackQueue": "registry",
             "variables": [{"name": "contract", "kind": "text"}],
             "steps": [
              {"id": "screen", "screen": {"lists": ["blacklist"]},
               "exits": {"listed": "refuse", "not-listed": "answer"}},
              {"id": "refuse", "hangUp": {"reason": "blacklisted"}},
              {"id": "answer", "answer": {}, "exits": {"done": "ask"}},
              {"id": "ask", "collect": {
                "prompts": [{"text": "Наберите шесть цифр номера договора"}],
                "invalidPrompts": [{"text": "Такого договора нет"}],
                "variable": "contract", "minDigits": 6, "maxDigits": 6, "maxAttempts": 3,
                "valid": "!contract.startsWith('0')"},
               "exits": {"done": "repeat", "no-input": "registry", "invalid": "registry"}},
              {"id": "repeat", "say": {"bargeIn": true, "parts": [
                {"prompt": {"text": "Номер договора"}}, {"value": "contract", "as": "digits"}]},
               "exits": {"done": "paid"}},
              {"id": "paid", "queue": {"id": "paid", "computed": {"contract": "contract"}}},
              {"id": "registry", "queue": {"id": "registry"}}]}
            """;

    private final String blacklisted = Talk.freshNumber();
    private boolean published;

    @AfterEach
    void asItWas(Clinic clinic) {
        clinic.discard("/flows/closed/draft");
        if (published) {
            clinic.post("/flows/closed/roll-back", "{\"version\":1}", 200);
        }
    }

    private void publish(Clinic clinic) {
        clinic.change(
                "PATCH",
                "/settings",
                "{\"numberLists\":[{\"listId\":\"blacklist\",\"name\":\"Blacklist\","
                        + "\"numbers\":[\"%s\"]}]}".formatted(blacklisted),
                200);
        var draft = clinic.change("PUT", "/flows/closed/draft", CONTRACT, 200);
        assertTrue(draft.path("mistakes").isEmpty(), draft::toString);
        var version = clinic.post("/flows/closed/publish", "{}", 200).path("version").asLong();
        published = true;
        Publication.isInIvr(clinic, "closed", blacklisted, "blacklisted");
        assertTrue(
                clinic.await(
                                "/flows/closed",
                                flow -> flow.path("version").asLong() == version,
                                SOON)
                        .isPresent());
    }

    @Test
    void whoIsInAFlowFinishesItAndWhoComesNextTakesTheNewOne(Clinic clinic) {
        // Given
        var early = clinic.patient(Talk.freshNumber(), PATIENT_HZ).dial(NUMBER, Dialling.plain());
        Talk.hearsGreeting(early);
        // When
        publish(clinic);
        var phone = Talk.readyPhone(clinic, "107", AGENT_HZ);
        var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        var late = patient.dial(NUMBER, Dialling.plain());
        Talk.hearsGreeting(late);
        press(late, "123456");
        // Then
        var ringing = Talk.rings(phone, Duration.ofSeconds(20));
        ringing.answer();
        Talk.talk(late, patient, ringing, phone, Duration.ofSeconds(1));
        Talk.hangUpEnds(late, ringing);
        long end = System.nanoTime() + WHOLE_PROMPT.toNanos();
        // The old flow greets and takes a message; this key ends either.
        while (!early.awaitEnded(KEY_AGAIN)) {
            assertTrue(System.nanoTime() < end, "the old flow does not come to its end");
            early.audio().press("#");
        }
    }

    @Test
    void aContractThatIsWrongThreeTimesLeadsToTheRegistry(Clinic clinic) {
        // Given
        publish(clinic);
        var phone = Talk.readyPhone(clinic, "104", AGENT_HZ);
        var call = clinic.patient(Talk.freshNumber(), PATIENT_HZ).dial(NUMBER, Dialling.plain());
        Talk.hearsGreeting(call);
        // When
        for (int attempt = 0; attempt < 3; attempt++) {
            press(call, "012345");
        }
        // Then
        var ringing = Talk.rings(phone, Duration.ofSeconds(20));
        ringing.answer();
        Talk.hangUpEnds(call, ringing);
    }

    @Test
    void theBlacklistedAreNotAnswered(Clinic clinic) {
        // Given
        publish(clinic);
        // When
        var call = clinic.patient(blacklisted, PATIENT_HZ).dial(NUMBER, Dialling.plain());
        // Then
        assertTrue(call.awaitFinal(SOON), () -> "no final answer: " + call.statuses());
        assertFalse(call.isAnswered(), () -> call.statuses().toString());
        var record = Talk.record(clinic, blacklisted, found -> found.hasNonNull("endReason"));
        assertEquals("blacklisted", record.path("endReason").path("reason").asText());
    }

    @Test
    void aSimulationTellsWhatACallerWouldHear(Clinic clinic) {
        // Given
        publish(clinic);
        // When
        var told =
                clinic.post(
                        "/flows/closed/simulate",
                        "{\"caller\":\"+79160000001\",\"keys\":[\"000000\",\"654321\"]}",
                        200);
        // Then
        assertEquals("paid", told.path("end").path("target").asText(), told::toString);
        var last = told.path("said").get(told.path("said").size() - 1).asText();
        assertEquals("Номер договора шесть пять четыре три два один", last);
    }

    /** Lets the question begin first, so that no key is lost between two. */
    private static void press(Call call, String keys) {
        assertTrue(call.hearing().await(ears -> ears.hearsAnything(), SOON), "nothing is asked");
        call.audio().press(keys);
    }
}
