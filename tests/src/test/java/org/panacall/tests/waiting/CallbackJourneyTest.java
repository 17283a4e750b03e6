// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.OTHER_PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.editing.Messages;
import org.panacall.tests.journeys.ClinicExtension;
import org.panacall.tests.journeys.Talk;

/** Patients who do not want to wait on the line, and are called back in their turn. */
@ExtendWith(ClinicExtension.class)
class CallbackJourneyTest {

    private static final String OFFERED =
            """
            {"figures":{"firstAfter":"PT1S","every":"PT10S","position":true},
             "callbacks":{"offered":true,"whenWaiting":0,"retryAfter":"PT1S"%s}}
            """;
    private static final Duration WHISPERED = Duration.ofSeconds(10);

    /** What a test that failed has left would ring in others. */
    @AfterEach
    void nobodyIsCalledBackLater(Clinic clinic) {
        for (var open : clinic.get("/callbacks").path("items")) {
            clinic.discard("/callbacks/" + open.path("id").asText());
        }
    }

    @Test
    void whoAsksIsCalledBackWhenAnAgentIsFreeWhoIsTold(Clinic clinic) {
        try (var feed = clinic.listen()) {
            // Given
            Lounges.make(clinic, "callers", "693", OFFERED.formatted(""), List.of("103"));
            var number = Talk.freshNumber();
            var patient = clinic.patient(number, PATIENT_HZ);
            var call = Lounges.comesTo(clinic, "callers", "693", patient);
            Lounges.isTold(feed, call, "wait/next", SOON);
            Lounges.asksForCallback(feed, call, number);
            Lounges.isSentHome(feed, call);
            Lounges.isNotAbandoned(clinic, number, "callers");
            assertEquals(1, Lounges.waiting(clinic.get("/queues/callers")), "the place is gone");
            var carrier = clinic.carrier(PATIENT_HZ);
            // When
            var phone = Lounges.comesToWork(clinic, "103");
            var agent = Talk.rings(phone, SOON);
            Talk.neverRang(carrier);
            agent.answer();
            assertTrue(agent.hearing().await(ears -> ears.hearsAnything(), SOON), "no whisper");
            Talk.neverRang(carrier);
            // Then
            var back = Talk.rings(carrier, WHISPERED);
            back.answer();
            Talk.talk(back, carrier, agent, phone, Duration.ofSeconds(1));
            Lounges.ends(feed, "reached", SOON);
            Talk.hangUpEnds(back, agent);
            var record = called(clinic, number);
            assertEquals("callback", record.path("origin").asText(), record::toString);
            assertEquals("callers", record.path("queue").asText(), record::toString);
            assertEquals("103", record.path("agent").asText(), record::toString);
            assertEquals(0, Lounges.waiting(clinic.get("/queues/callers")));
        }
    }

    @Test
    void whoCameEarlierIsServedEarlierOnTheLineOrCalledBack(Clinic clinic) {
        try (var feed = clinic.listen()) {
            // Given
            Lounges.make(clinic, "turns", "694", OFFERED.formatted(""), List.of("103"));
            var number = Talk.freshNumber();
            var first = clinic.patient(Talk.freshNumber(), OTHER_PATIENT_HZ);
            var firstCall = Lounges.comesTo(clinic, "turns", "694", first);
            var second = clinic.patient(number, PATIENT_HZ);
            var secondCall = Lounges.comesTo(clinic, "turns", "694", second);
            Lounges.told(feed, prompts -> prompts.contains("number/1-people"), SOON);
            secondCall.audio().press("1");
            assertTrue(
                    feed.await("caller.told", told -> !told.has("prompts"), SOON).isPresent(),
                    "is not asked");
            secondCall.audio().press("1");
            Lounges.promised(feed, number);
            Lounges.isSentHome(feed, secondCall);
            var third = clinic.patient(Talk.freshNumber(), OTHER_PATIENT_HZ);
            var thirdCall = Lounges.comesTo(clinic, "turns", "694", third);
            var carrier = clinic.carrier(PATIENT_HZ);
            // When
            var phone = Lounges.comesToWork(clinic, "103");
            // Then: the live caller before him, he, and the live caller behind him.
            var agent = Talk.rings(phone, SOON);
            agent.answer();
            Talk.talk(firstCall, first, agent, phone, Duration.ofMillis(500));
            Talk.hangUpEnds(firstCall, agent);
            var again = Talk.rings(phone, SOON);
            again.answer();
            var back = Talk.rings(carrier, WHISPERED);
            back.answer();
            Talk.talk(back, carrier, again, phone, Duration.ofMillis(500));
            Talk.hangUpEnds(back, again);
            var last = Talk.rings(phone, SOON);
            last.answer();
            Talk.talk(thirdCall, third, last, phone, Duration.ofMillis(500));
        }
    }

    @Test
    void whoseNumberIsWithheldTypesOne(Clinic clinic) {
        try (var feed = clinic.listen()) {
            // Given
            Lounges.make(clinic, "hidden", "695", OFFERED.formatted(""), List.of("103"));
            var number = Talk.freshNumber();
            var patient = clinic.patient("anonymous", PATIENT_HZ);
            var call = Lounges.comesTo(clinic, "hidden", "695", patient);
            Lounges.told(feed, prompts -> prompts.contains("callback/offer"), SOON);
            // When
            call.audio().press("1");
            Lounges.told(feed, prompts -> prompts.contains("callback/type-number"), SOON);
            call.audio().press("8" + number.substring(2) + "#");
            var asked =
                    feed.await("caller.told", told -> !told.has("prompts"), Duration.ofSeconds(10));
            assertTrue(asked.isPresent(), () -> "told: " + feed.events("caller.told"));
            call.audio().press("1");
            // Then
            Lounges.promised(feed, number);
            Lounges.isSentHome(feed, call);
            var carrier = clinic.carrier(PATIENT_HZ);
            var phone = Lounges.comesToWork(clinic, "103");
            var agent = Talk.rings(phone, SOON);
            agent.answer();
            var back = Talk.rings(carrier, WHISPERED);
            back.answer();
            Talk.talk(back, carrier, agent, phone, Duration.ofMillis(500));
            Lounges.ends(feed, "reached", SOON);
        }
    }

    @Test
    void whoRingsAgainHimselfHasTheOldPlaceAndIsNotCalledBack(Clinic clinic) {
        try (var feed = clinic.listen()) {
            // Given
            Lounges.make(clinic, "again", "696", OFFERED.formatted(""), List.of("103"));
            var number = Talk.freshNumber();
            var patient = clinic.patient(number, PATIENT_HZ);
            var call = Lounges.comesTo(clinic, "again", "696", patient);
            Lounges.asksForCallback(feed, call, number);
            Lounges.isSentHome(feed, call);
            var other = clinic.patient(Talk.freshNumber(), OTHER_PATIENT_HZ);
            var otherCall = Lounges.comesTo(clinic, "again", "696", other);
            // When
            var again = Lounges.dials(patient, "696");
            Lounges.ends(feed, "rang-again", SOON);
            var phone = Lounges.comesToWork(clinic, "103");
            // Then
            var ringing = Talk.rings(phone, SOON);
            ringing.answer();
            Talk.talk(again, patient, ringing, phone, Duration.ofMillis(500));
            Talk.hangUpEnds(again, ringing);
            var next = Talk.rings(phone, SOON);
            next.answer();
            Talk.talk(otherCall, other, next, phone, Duration.ofMillis(500));
        }
    }

    @Test
    void forWhomNobodyWasFreeInTimeIsToldSoAndMayLeaveAMessage(Clinic clinic) {
        try (var feed = clinic.listen()) {
            // Given
            var room = OFFERED.formatted(",\"expiresAfter\":\"PT10S\"");
            Lounges.make(clinic, "expired", "697", room, List.of());
            var number = Talk.freshNumber();
            var carrier = clinic.carrier(OTHER_PATIENT_HZ);
            var patient = clinic.patient(number, PATIENT_HZ);
            var call = Lounges.comesTo(clinic, "expired", "697", patient);
            // When
            Lounges.asksForCallback(feed, call, number);
            // Then
            var told = Talk.rings(carrier, Duration.ofSeconds(15));
            told.answer();
            assertTrue(told.hearing().await(ears -> ears.hearsAnything(), SOON), "no apology");
            Messages.leaves(told);
            Lounges.ends(feed, "expired", Duration.ofSeconds(30));
            Messages.isFor(clinic, "expired", number);
            assertEquals(0, Lounges.waiting(clinic.get("/queues/expired")));
        }
    }

    @Test
    void whoGaveUpIsCalledBackUnaskedWhereTheQueueDoesSo(Clinic clinic) {
        try (var feed = clinic.listen()) {
            // Given
            var room = "{\"callbacks\":{\"automaticAfter\":\"PT1S\"}}";
            Lounges.make(clinic, "gave-up", "698", room, List.of("103"));
            var number = Talk.freshNumber();
            var patient = clinic.patient(number, PATIENT_HZ);
            var call = Lounges.comesTo(clinic, "gave-up", "698", patient);
            Lounges.hearsMusic(call);
            // When
            call.hangUp();
            // Then
            Lounges.promised(feed, number);
            var carrier = clinic.carrier(PATIENT_HZ);
            var phone = Lounges.comesToWork(clinic, "103");
            var agent = Talk.rings(phone, SOON);
            agent.answer();
            var back = Talk.rings(carrier, WHISPERED);
            back.answer();
            Talk.talk(back, carrier, agent, phone, Duration.ofMillis(500));
            Lounges.ends(feed, "reached", SOON);
        }
    }

    /** The record of the call in which the clinic called a patient. */
    private static JsonNode called(Clinic clinic, String number) {
        var path = "/reports/calls?number=" + number.substring(1);
        var found =
                clinic.await(
                        path,
                        page ->
                                page.path("items").size() == 2
                                        && page.path("items").get(0).hasNonNull("endedAt")
                                        && page.path("items").get(0).hasNonNull("agent"),
                        SOON);
        assertTrue(found.isPresent(), () -> "no record: " + clinic.get(path));
        return found.orElseThrow().path("items").get(0);
    }
}
