// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.floor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.AGENT_HZ;
import static org.panacall.tests.journeys.Talk.OTHER_AGENT_HZ;
import static org.panacall.tests.journeys.Talk.OTHER_PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.journeys.ClinicExtension;
import org.panacall.tests.journeys.Talk;
import org.panacall.tests.ua.Call;
import org.panacall.tests.ua.Dialling;
import org.panacall.tests.ua.UserAgent;

/** Agents with several telephones, who miss calls, talk elsewhere, and write notes. */
@ExtendWith(ClinicExtension.class)
class AgentsJourneyTest {

    private static final String OF_103 = ",\"agentExtensions\":[\"103\"]";
    private static final String DEVICES =
            "{\"devices\":[{\"kind\":\"phone\",\"address\":\"103\"},"
                    + "{\"kind\":\"mobile\",\"address\":\"+79160000103\"}],"
                    + "\"phoneOnly\":false,\"deviceRinging\":\"%s\",\"deviceStep\":\"PT3S\"}";
    private static final String ONE_DEVICE =
            "{\"devices\":null,\"phoneOnly\":true,\"deviceRinging\":null,\"deviceStep\":null}";

    private Changes changes;

    @BeforeEach
    void remember(Clinic clinic) {
        changes = new Changes(clinic);
    }

    @AfterEach
    void changeBack() {
        changes.close();
    }

    @Test
    void ofTwoDevicesAtOnceTheFirstToAnswerHasTheCallAndTheOtherIsToldSo(Clinic clinic) {
        // Given
        changes.agent("103", DEVICES.formatted("at-once"), ONE_DEVICE);
        changes.queue("devices", "683", OF_103);
        var mobile = clinic.carrier(OTHER_AGENT_HZ);
        // A mobile counts when its owner says that he is ready.
        Changes.says(clinic, "103", "{\"state\":\"ready\"}");
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        // When
        var call = Changes.call(clinic, "201", "683", PATIENT_HZ);
        var mobileRings = Talk.rings(mobile, SOON);
        var phoneRings = Talk.rings(phone, SOON);
        phoneRings.answer();
        // Then
        Talk.hears(call, AGENT_HZ);
        Talk.hears(phoneRings, PATIENT_HZ);
        isAnsweredElsewhere(mobileRings);
        Talk.hangUpEnds(call, phoneRings);
    }

    @Test
    void inACascadeTheSecondDeviceRingsLaterAndTheFirstGoesOn(Clinic clinic) {
        // Given
        changes.agent("103", DEVICES.formatted("cascade"), ONE_DEVICE);
        changes.queue("devices", "683", OF_103);
        var mobile = clinic.carrier(OTHER_AGENT_HZ);
        // A mobile counts when its owner says that he is ready.
        Changes.says(clinic, "103", "{\"state\":\"ready\"}");
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        // When
        var call = Changes.call(clinic, "201", "683", PATIENT_HZ);
        var phoneRings = Talk.rings(phone, SOON);
        var mobileRings = Talk.rings(mobile, SOON);
        // Then
        var later = Duration.ofNanos(mobileRings.createdNanos() - phoneRings.createdNanos());
        assertTrue(later.compareTo(Duration.ofSeconds(2)) > 0, () -> "rings after " + later);
        assertTrue(!phoneRings.isEnded(), "the first device has stopped");
        mobileRings.answer();
        Talk.hears(call, OTHER_AGENT_HZ);
        Talk.hears(mobileRings, PATIENT_HZ);
        isAnsweredElsewhere(phoneRings);
        Talk.hangUpEnds(call, mobileRings);
    }

    @Test
    void whoMissesAnOfferTooManyIsNotReadyAndTheNextCallerRingsAnother(Clinic clinic) {
        // Given
        changes.queue(
                "missed",
                "684",
                ",\"agentExtensions\":[\"103\",\"104\"],\"missedOffersLimit\":1"
                        + ",\"offerTimeout\":\"PT5S\"");
        var away = Talk.readyPhone(clinic, "103", OTHER_AGENT_HZ);
        var first = Changes.call(clinic, "201", "684", PATIENT_HZ);
        var missed = Talk.rings(away, SOON);
        // When
        assertTrue(missed.awaitEnded(SOON.multipliedBy(2)), "rings on");
        var now = Changes.agent(clinic, "103", it -> it.path("state").asText().equals("not-ready"));
        // Then
        assertEquals("missed-offers", now.path("cause").asText(), now::toString);
        assertEquals("missed-offers", now.path("reason").asText(), now::toString);
        first.hangUp();
        Changes.waiting(clinic, "missed", 0);
        var next = Talk.readyPhone(clinic, "104", AGENT_HZ);
        var second = Changes.call(clinic, "202", "684", OTHER_PATIENT_HZ);
        var ringing = Talk.rings(next, SOON);
        ringing.answer();
        Talk.hears(second, AGENT_HZ);
        Talk.neverRang(away);
        Talk.hangUpEnds(second, ringing);
    }

    @Test
    void whoHasDialledByHimselfIsBusyForTheQueue(Clinic clinic) {
        // Given
        changes.queue("busy", "685", OF_103);
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        var own = phone.dial("999", Dialling.plain());
        assertTrue(own.awaitAnswered(SOON));
        Changes.agent(clinic, "103", it -> it.path("ownCalls").size() == 1);
        // When
        var call = Changes.waits(clinic, "201", "busy", "685", PATIENT_HZ);
        assertTrue(phone.awaitCall(Duration.ofSeconds(2)).isEmpty(), "rings in a talk");
        own.hangUp();
        // Then
        var ringing = Talk.rings(phone, SOON);
        ringing.answer();
        Talk.hears(call, AGENT_HZ);
        Talk.hangUpEnds(call, ringing);
    }

    @Test
    void theNextCallComesOnlyAfterTheWrapUp(Clinic clinic) {
        // Given
        notes(clinic, "extendable", "PT5S");
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        hasTalked(clinic, phone);
        var now = Changes.agent(clinic, "103", it -> it.path("state").asText().equals("wrap-up"));
        var ended = System.nanoTime();
        assertEquals("extendable", now.path("wrapUpMode").asText(), now::toString);
        assertTrue(now.hasNonNull("wrapUpUntil"), now::toString);
        // When
        var longer = clinic.post("/agents/103/wrap-up/extend", "", 200);
        var call = Changes.waits(clinic, "202", "notes", "686", OTHER_PATIENT_HZ);
        // Then
        assertTrue(
                longer.path("wrapUpUntil").asText().compareTo(now.path("wrapUpUntil").asText()) > 0,
                longer::toString);
        var ringing = Talk.rings(phone, Duration.ofSeconds(15));
        var wrote = Duration.ofNanos(ringing.createdNanos() - ended);
        assertTrue(wrote.compareTo(Duration.ofSeconds(6)) > 0, () -> "rang after " + wrote);
        ringing.answer();
        Talk.hears(call, AGENT_HZ);
        Talk.hangUpEnds(call, ringing);
        hasWritten(clinic);
    }

    @Test
    void whoHasWrittenHisNotesEndsTheWrapUpAndIsRung(Clinic clinic) {
        // Given
        notes(clinic, "timed", "PT1M");
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        hasTalked(clinic, phone);
        Changes.agent(clinic, "103", it -> it.path("state").asText().equals("wrap-up"));
        var call = Changes.waits(clinic, "202", "notes", "686", OTHER_PATIENT_HZ);
        Talk.neverRang(phone);
        // When
        clinic.post("/agents/103/wrap-up/extend", "", 409);
        clinic.post("/agents/103/wrap-up/end", "", 200);
        // Then
        var ringing = Talk.rings(phone, SOON);
        ringing.answer();
        Talk.hears(call, AGENT_HZ);
        Talk.hangUpEnds(call, ringing);
        hasWritten(clinic);
        var forced = clinic.get("/changes?entity=agent_103&limit=1").path("items").get(0);
        assertEquals("agent-forced", forced.path("kind").asText(), forced::toString);
        assertEquals("ready", forced.path("after").path("state").asText(), forced::toString);
    }

    private void notes(Clinic clinic, String mode, String time) {
        changes.queue(
                "notes",
                "686",
                OF_103
                        + ",\"wrapUp\":{\"mode\":\"%s\",\"time\":\"%s\",\"extension\":\"PT3S\"}"
                                .formatted(mode, time));
    }

    /** Lest he writes on in the next journey. */
    private static void hasWritten(Clinic clinic) {
        Changes.agent(clinic, "103", it -> it.path("state").asText().equals("wrap-up"));
        clinic.post("/agents/103/wrap-up/end", "", 200);
    }

    /** A call of 201 to the queue, answered and over. */
    private static void hasTalked(Clinic clinic, UserAgent phone) {
        var call = Changes.call(clinic, "201", "686", PATIENT_HZ);
        var ringing = Talk.rings(phone, SOON);
        ringing.answer();
        Talk.hears(call, phone.toneHz());
        Talk.hangUpEnds(call, ringing);
    }

    private static void isAnsweredElsewhere(Call call) {
        assertTrue(call.awaitEnded(SOON), "rings on");
        assertTrue(call.wasCancelled());
        assertTrue(call.reason().startsWith("SIP;cause=200"), () -> "told " + call.reason());
    }
}
