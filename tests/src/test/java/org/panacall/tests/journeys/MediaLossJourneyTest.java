// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.AGENT_HZ;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panacall.launcher.Platform;
import org.panacall.tests.chaos.Arena;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.ua.Call;
import org.panacall.tests.ua.Dialling;
import org.panacall.tests.ua.UserAgent;

/** What carries audio is killed in mid-call: the parties hear each other again. */
@Order(Integer.MAX_VALUE)
@ExtendWith(ArenaExtension.class)
class MediaLossJourneyTest {

    private static final Duration AUDIO_AFTER = Duration.ofSeconds(5);
    private Platform platform;
    private Clinic clinic;

    @BeforeEach
    void open(Arena arena) throws IOException {
        platform = arena.whole();
        clinic = arena.clinic();
    }

    @AfterEach
    void close() {
        clinic.close();
    }

    /** A patient and an agent who hear each other. */
    private record Pair(
            Platform platform, UserAgent patient, Call call, UserAgent phone, Call answered) {

        void talk() {
            Talk.talk(call, patient, answered, phone, Duration.ofSeconds(1));
        }

        /** Kills something and tells how long which side heard nothing. */
        void survives(String what) {
            call.hearing().forgetGaps();
            answered.hearing().forgetGaps();
            platform.kill(what);
            assertTrue(call.hearing().listen(AUDIO_AFTER), "the patient hears nothing");
            assertTrue(answered.hearing().listen(AUDIO_AFTER), "the agent hears nothing");
            talk();
            System.out.printf(
                    "%s killed: the patient heard nothing for %d ms, the agent for %d ms%n",
                    what,
                    call.hearing().longestGap().toMillis(),
                    answered.hearing().longestGap().toMillis());
        }
    }

    private Pair pair() {
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        var call = patient.dial("74950000101", Dialling.plain());
        var ringing = Talk.rings(phone, SOON);
        ringing.answer();
        var pair = new Pair(platform, patient, call, phone, ringing);
        pair.talk();
        return pair;
    }

    @Test
    void aTalkSurvivesTheDeathOfEitherMediaNode() {
        // Given
        var pair = pair();
        // When
        pair.survives("media-1");
        platform.awaitReady();
        pair.survives("media-2");
        // Then
        Talk.hangUpEnds(pair.call(), pair.answered());
    }

    @Test
    void aTalkSurvivesTheDeathOfTheRelayAtTheEdge() {
        // Given
        var pair = pair();
        // When
        pair.survives("rtpengine");
        // Then
        Talk.hangUpEnds(pair.answered(), pair.call());
    }

    @ParameterizedTest
    @ValueSource(strings = {"media-1", "media-2"})
    void aCallerInTheMenuHearsItAgainAndCanPressAKey(String node) {
        // Given
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        var call = patient.dial(Clinic.MAIN_NUMBER, Dialling.plain());
        Talk.hearsGreeting(call);
        // When
        platform.kill(node);
        assertTrue(call.hearing().listen(AUDIO_AFTER), "the menu stopped");
        assertTrue(call.hearing().await(ears -> ears.hearsAnything(), SOON), "no menu");
        call.audio().press("1");
        // Then
        Talk.rings(phone, Duration.ofSeconds(10)).answer();
        Talk.hears(call, AGENT_HZ);
    }

    @ParameterizedTest
    @ValueSource(strings = {"media-1", "media-2"})
    void aCallerInAQueueHearsMusicAgainAndIsServed(String node) {
        // Given
        var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        var call = patient.dial("74950000101", Dialling.plain());
        assertTrue(call.awaitAnswered(SOON), () -> call.statuses().toString());
        assertTrue(call.hearing().await(ears -> ears.hearsAnything(), SOON), "no music");
        // When
        platform.kill(node);
        // Then
        assertTrue(call.hearing().listen(AUDIO_AFTER), "the music stopped");
        assertTrue(call.hearing().await(ears -> ears.hearsAnything(), SOON), "no music");
        assertFalse(call.isEnded());
        var phone = clinic.phone("103", AGENT_HZ);
        assertEquals(200, phone.register(Talk.EXPIRES));
        Talk.rings(phone, Duration.ofSeconds(15)).answer();
        Talk.hears(call, AGENT_HZ);
    }
}
