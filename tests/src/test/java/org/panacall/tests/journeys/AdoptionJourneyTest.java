// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.panacall.tests.journeys.Talk.AGENT_HZ;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.launcher.plan.Ports;
import org.panacall.launcher.plan.Service;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.ua.Call;
import org.panacall.tests.ua.Dialling;

/** Calls whose sip-ingress is killed: an heir goes on with them. */
@ExtendWith(ClinicExtension.class)
class AdoptionJourneyTest {

    private static final Duration ADOPTED = Duration.ofSeconds(5);
    private static final Duration IN_THE_END = Duration.ofSeconds(15);
    private static final String QUEUE_NUMBER = "74950000101";
    private static final Pattern LIVE = Pattern.compile("(?m)^calls_live\\S* ([1-9])");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeEach
    void bothMustRun(JourneyPlatform platform) {
        assumeTrue(platform.isOurs(), "nobody else's processes are killed");
        platform.awaitReady();
    }

    @AfterEach
    void bothRunAgain(JourneyPlatform platform) {
        if (platform.isOurs()) platform.awaitReady();
    }

    @Test
    void aTalkOutlivesItsSipIngressAndThePatientsByeEndsIt(
            Clinic clinic, JourneyPlatform platform) {
        // Given
        var talk = talk(clinic);
        // When
        platform.kill(holder(platform));
        assertTrue(talk.patient().hearing().listen(ADOPTED), "the patient heard a gap");
        Talk.hears(talk.patient(), AGENT_HZ);
        Talk.hears(talk.agent(), PATIENT_HZ);
        // Then
        Talk.hangUpEnds(talk.patient(), talk.agent());
        assertEquals("caller-hung-up", endOf(clinic, talk));
    }

    @Test
    void aTalkOutlivesItsSipIngressAndTheAgentsByeEndsIt(Clinic clinic, JourneyPlatform platform) {
        // Given
        var talk = talk(clinic);
        // When
        platform.kill(holder(platform));
        assertTrue(talk.agent().hearing().listen(ADOPTED), "the agent heard a gap");
        // Then
        Talk.hangUpEnds(talk.agent(), talk.patient());
        assertEquals("agent-hung-up", endOf(clinic, talk));
    }

    @Test
    void aByeBeforeThereIsAnHeirIsHeardByHim(Clinic clinic, JourneyPlatform platform) {
        // Given
        var talk = talk(clinic);
        // When
        platform.kill(holder(platform));
        talk.patient().hangUp();
        // Then
        assertTrue(talk.agent().awaitEnded(IN_THE_END), "the agent was left in the call");
        assertEquals("caller-hung-up", endOf(clinic, talk));
    }

    @Test
    void aTalkOutlivesEverySipIngressAndGoesOnWithThoseThatTheSupervisorStarts(
            Clinic clinic, JourneyPlatform platform) {
        // Given
        var talk = talk(clinic);
        // When
        platform.kill("sip-ingress-1");
        platform.kill("sip-ingress-2");
        assertTrue(talk.patient().hearing().listen(ADOPTED), "the patient heard a gap");
        platform.awaitReady();
        talk.agent().hangUp();
        // Then
        assertTrue(talk.patient().awaitEnded(IN_THE_END), "the patient was left in the call");
        assertEquals("agent-hung-up", endOf(clinic, talk));
    }

    @Test
    void whoWaitsInTheQueueKeepsHisMusicAndHisByeIsHeard(Clinic clinic, JourneyPlatform platform) {
        // Given
        var number = Talk.freshNumber();
        var waiting = clinic.patient(number, PATIENT_HZ).dial(QUEUE_NUMBER, Dialling.plain());
        assertTrue(waiting.awaitAnswered(SOON));
        assertTrue(waiting.hearing().await(ears -> ears.hearsAnything(), SOON), "no music");
        // When
        platform.kill(holder(platform));
        assertTrue(waiting.hearing().listen(ADOPTED), "the music stopped");
        assertFalse(waiting.isEnded());
        waiting.hangUp();
        // Then
        var record = Talk.record(clinic, number, found -> true, IN_THE_END);
        assertEquals("caller-hung-up", record.path("endReason").path("reason").asText());
    }

    private record Pair(String number, Call patient, Call agent) {}

    private static Pair talk(Clinic clinic) {
        var number = Talk.freshNumber();
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        var patient = clinic.patient(number, PATIENT_HZ);
        var call = patient.dial(QUEUE_NUMBER, Dialling.plain());
        var ringing = Talk.rings(phone, SOON);
        ringing.answer();
        Talk.talk(call, patient, ringing, phone, Duration.ofSeconds(1));
        return new Pair(number, call, ringing);
    }

    private static String endOf(Clinic clinic, Pair talk) {
        var record = Talk.record(clinic, talk.number(), found -> true, IN_THE_END);
        return record.path("endReason").path("reason").asText();
    }

    /** The sip-ingress with a call. */
    private String holder(JourneyPlatform platform) {
        var ports = new Ports(platform.portOffset());
        int replica =
                IntStream.rangeClosed(1, 2)
                        .filter(one -> holds(ports.http(Service.SIP_INGRESS, one)))
                        .findFirst()
                        .orElseThrow();
        return "sip-ingress-" + replica;
    }

    private boolean holds(int port) {
        var page = URI.create("http://127.0.0.1:" + port + "/q/metrics");
        try {
            var answer = http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
            return LIVE.matcher(answer.body()).find();
        } catch (IOException fault) {
            return false;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException("interrupted", stopped);
        }
    }
}
