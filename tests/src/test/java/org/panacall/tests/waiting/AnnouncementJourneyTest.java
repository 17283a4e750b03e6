// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.AGENT_HZ;
import static org.panacall.tests.journeys.Talk.OTHER_PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.journeys.ClinicExtension;
import org.panacall.tests.journeys.Talk;
import org.panacall.tests.ua.UserAgent.Habit;

/** What callers are told while they wait, and that they hear it. */
@ExtendWith(ClinicExtension.class)
class AnnouncementJourneyTest {

    private static final Duration ROUND = Duration.ofSeconds(15);
    private static final List<String> AGENTS = List.of("103", "104", "105", "106");

    @Test
    void aCallerHearsHisPlaceAndTheClinicsNewsInTurnWithMusicBetween(Clinic clinic) {
        try (var feed = clinic.listen()) {
            // Given
            var room =
                    """
                    {"figures":{"firstAfter":"PT5S","every":"PT60S","position":true},
                     "information":{"promptIds":["opening-hours"],"firstAfter":"PT25S"}}
                    """;
            Lounges.make(clinic, "placed", "683", room, List.of());
            var first = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
            var second = clinic.patient(Talk.freshNumber(), OTHER_PATIENT_HZ);
            // When
            var firstCall = Lounges.comesTo(clinic, "placed", "683", first);
            Lounges.hearsMusic(firstCall);
            // Then
            Lounges.isTold(feed, firstCall, "wait/next", ROUND);
            var secondCall = Lounges.comesTo(clinic, "placed", "683", second);
            var told = Lounges.isTold(feed, secondCall, "wait/ahead-one", ROUND);
            assertEquals(2, told.path("position").asInt(), told::toString);
            assertEquals(
                    List.of("wait/ahead-one", "number/1-people", "unit/people-one"),
                    Lounges.prompts(told));
            Lounges.isTold(feed, firstCall, "opening-hours", ROUND);
            assertFalse(firstCall.isEnded() || secondCall.isEnded());
        }
    }

    @Test
    void aCallerHearsHowLongItWillTakeWhenThatIsKnown(Clinic clinic) {
        try (var feed = clinic.listen()) {
            // Given: one talk from which the queue has learnt, and four that go on.
            var room =
                    """
                    {"figures":{"firstAfter":"PT1S","every":"PT10S","expectedWait":true,
                     "samplesMin":1}}
                    """;
            Lounges.make(clinic, "timed", "684", room, AGENTS);
            for (var agent : AGENTS) {
                Talk.readyPhone(clinic, agent, AGENT_HZ).setHabit(Habit.ANSWER);
            }
            var first = Lounges.dials(clinic.patient(Talk.freshNumber(), PATIENT_HZ), "684");
            Talk.hears(first, AGENT_HZ);
            first.hangUp();
            awaitOnCall(clinic, 0);
            for (int i = 1; i <= AGENTS.size(); i++) {
                Lounges.dials(clinic.patient(Talk.freshNumber(), PATIENT_HZ), "684");
                awaitOnCall(clinic, i);
            }
            // When
            var waiting = clinic.patient(Talk.freshNumber(), OTHER_PATIENT_HZ);
            Lounges.comesTo(clinic, "timed", "684", waiting);
            // Then
            var told =
                    Lounges.told(
                            feed,
                            prompts ->
                                    prompts.contains("wait/less-than-a-minute")
                                            || prompts.contains("wait/about"),
                            ROUND);
            assertTrue(told.has("minutes"), told::toString);
        }
    }

    private static void awaitOnCall(Clinic clinic, int agents) {
        var seen =
                clinic.await(
                        "/queues/timed",
                        queue -> queue.path("agentsOnCall").asInt(-1) == agents,
                        SOON);
        assertTrue(seen.isPresent(), () -> "on call: " + clinic.get("/queues/timed"));
    }
}
