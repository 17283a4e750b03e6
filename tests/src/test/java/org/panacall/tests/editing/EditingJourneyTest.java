// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.editing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.AGENT_HZ;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.journeys.ClinicExtension;
import org.panacall.tests.journeys.Talk;
import org.panacall.tests.ua.Call;
import org.panacall.tests.ua.UserAgent;

/** The clinic changes its queues by itself, while calls wait in them. */
@ExtendWith(ClinicExtension.class)
class EditingJourneyTest {

    private static final Duration OFFER = Duration.ofSeconds(5);

    @Test
    void whoIsPutIntoAQueueIsOfferedTheCallThatWaitsThere(Clinic clinic) {
        // Given
        make(clinic, "newcomers", "691", "PT15S");
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        var colleague = clinic.phone("201", PATIENT_HZ);
        var call = waitIn(clinic, "newcomers", "691", colleague);
        Talk.neverRang(phone);
        var calls = clinic.get("/queues/newcomers/calls").path("items");
        assertEquals(1, calls.get(0).path("position").asInt(), calls::toString);
        // When
        clinic.change("PUT", "/queues/newcomers/members/103", "", 200);
        // Then
        var ringing = Talk.rings(phone, SOON);
        ringing.answer();
        Talk.talk(call, colleague, ringing, phone, Duration.ofSeconds(1));
        Talk.hangUpEnds(call, ringing);
        clinic.change("DELETE", "/queues/newcomers", "", 204);
        assertEquals(
                "queue-deleted",
                clinic.get("/changes?entity=newcomers&limit=1")
                        .path("items")
                        .get(0)
                        .path("kind")
                        .asText());
    }

    @Test
    void theNextOfferRingsAsLongAsTheQueueSaysNow(Clinic clinic) {
        // Given
        make(clinic, "impatient", "692", "PT2M");
        clinic.change("PUT", "/queues/impatient/members/104", "", 200);
        var call = waitIn(clinic, "impatient", "692", clinic.phone("201", PATIENT_HZ));
        // When
        clinic.change("PATCH", "/queues/impatient", "{\"offerTimeout\":\"PT5S\"}", 200);
        var phone = clinic.phone("104", AGENT_HZ);
        assertEquals(200, phone.register(Talk.EXPIRES));
        // Then
        var missed = Talk.rings(phone, SOON);
        long rang = System.nanoTime();
        assertTrue(missed.awaitEnded(OFFER.plus(SOON)), "rings longer than the queue says");
        assertTrue(missed.wasCancelled());
        var took = Duration.ofNanos(System.nanoTime() - rang);
        assertTrue(took.compareTo(OFFER.minusSeconds(1)) > 0, () -> "rang for " + took);
        clinic.change("DELETE", "/queues/impatient", "", 409);
        call.hangUp();
        assertTrue(
                clinic.await("/queues/impatient", queue -> waiting(queue) == 0, SOON).isPresent());
        clinic.change("DELETE", "/queues/impatient", "", 204);
    }

    @Test
    void anExtensionIsDialledAMomentAfterItWasWritten(Clinic clinic) {
        // Given
        make(clinic, "moving", "693", "PT15S");
        var phone = clinic.phone("201", PATIENT_HZ);
        assertEquals(200, phone.register(Talk.EXPIRES));
        for (int edit = 0; edit < 10; edit++) {
            var extension = "69" + (4 + edit % 5);
            // When
            var patch = "{\"extension\":\"%s\"}".formatted(extension);
            clinic.change("PATCH", "/queues/moving", patch, 200);
            // Then
            try (var call = Publication.dialled(phone, extension)) {
                assertTrue(call.isAnswered(), () -> extension + ": " + call.statuses());
            }
        }
        assertTrue(clinic.await("/queues/moving", queue -> waiting(queue) == 0, SOON).isPresent());
        clinic.change("DELETE", "/queues/moving", "", 204);
    }

    private static void make(Clinic clinic, String id, String extension, String offerTimeout) {
        clinic.discard("/queues/" + id);
        var queue =
                "{\"id\":\"%s\",\"name\":\"%1$s\",\"extension\":\"%s\",\"offerTimeout\":\"%s\"}"
                        .formatted(id, extension, offerTimeout);
        clinic.change("POST", "/queues", queue, 201);
    }

    /** A colleague who dials the queue's extension, and hears its music. */
    private static Call waitIn(Clinic clinic, String queue, String extension, UserAgent phone) {
        assertEquals(200, phone.register(Talk.EXPIRES));
        var call = Publication.dialled(phone, extension);
        assertTrue(call.awaitAnswered(SOON), () -> "not answered: " + call.statuses());
        assertTrue(call.hearing().await(ears -> ears.hearsAnything(), SOON), "no music");
        assertTrue(
                clinic.await("/queues/" + queue, now -> waiting(now) == 1, SOON).isPresent(),
                () -> "does not wait: " + clinic.get("/queues/" + queue));
        return call;
    }

    private static int waiting(JsonNode queue) {
        return queue.path("waiting").asInt(-1);
    }
}
