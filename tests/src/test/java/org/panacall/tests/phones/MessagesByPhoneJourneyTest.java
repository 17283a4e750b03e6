// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.phones;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.AGENT_HZ;
import static org.panacall.tests.journeys.Talk.OTHER_PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.editing.Messages;
import org.panacall.tests.journeys.ClinicExtension;
import org.panacall.tests.journeys.Talk;
import org.panacall.tests.ua.Dialling;

/** Whoever works in a queue rings 800 and hears what patients left for it. */
@ExtendWith(ClinicExtension.class)
class MessagesByPhoneJourneyTest {

    private static final String CLOSED = "74950000103";

    /** So that only one message is new, whatever others left before. */
    private static void hearAll(Clinic clinic) {
        clinic.get("/recordings?kind=voicemail&state=new&limit=200")
                .path("items")
                .forEach(
                        item ->
                                clinic.change(
                                        "PUT",
                                        "/recordings/" + item.path("id").asText() + "/state",
                                        "{\"state\":\"heard\"}",
                                        200));
    }

    @Test
    void anAgentHearsAMessageFromHisPhoneAndDeletesIt(Clinic clinic) {
        // Given
        hearAll(clinic);
        var number = Talk.freshNumber();
        var patient = clinic.patient(number, OTHER_PATIENT_HZ);
        var left = patient.dial(CLOSED, Dialling.plain());
        Talk.hearsGreeting(left);
        left.audio().press("1");
        Messages.leaves(left);
        left.hangUp();
        var message = Messages.isFor(clinic, "registry", number);
        var phone = Talk.readyPhone(clinic, "104", AGENT_HZ);

        // When
        var call = phone.dial("800", Dialling.plain());
        assertTrue(call.awaitAnswered(SOON), () -> "not answered: " + call.statuses());
        assertTrue(call.hearing().await(ears -> ears.hearsAnything(), SOON), "nothing is said");
        call.audio().press("1");

        // Then
        Talk.hears(call, OTHER_PATIENT_HZ);

        // When
        call.audio().press("3");

        // Then
        var at = "/recordings/" + message.path("id").asText();
        var deleted = clinic.await(at, one -> one.path("state").asText().equals("deleted"), SOON);
        assertTrue(deleted.isPresent(), () -> "not deleted: " + clinic.get(at));
        call.audio().press("*");
        assertTrue(call.awaitEnded(SOON), "the key does not lead out");
        var accesses =
                StreamSupport.stream(
                                clinic.get(at + "/accesses").path("items").spliterator(), false)
                        .toList();
        var deeds = accesses.stream().map(access -> access.path("deed").asText()).toList();
        // The message may be over before it is deleted.
        assertTrue(
                Set.of(List.of("deleted", "listened"), List.of("deleted", "heard", "listened"))
                        .contains(deeds),
                deeds::toString);
        assertEquals(
                Set.of("agent_104 104"),
                accesses.stream()
                        .map(
                                access ->
                                        access.path("by").asText()
                                                + " "
                                                + access.path("extension").asText())
                        .collect(Collectors.toSet()));
    }
}
