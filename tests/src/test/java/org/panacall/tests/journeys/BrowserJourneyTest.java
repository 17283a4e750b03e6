// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.AGENT_HZ;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.panacall.tests.browser.BrowserPhone;
import org.panacall.tests.browser.BrowserPhone.Break;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.ua.Call;
import org.panacall.tests.ua.Dialling;
import org.panacall.tests.ua.UserAgent;

/** An agent who works with nothing but a browser: JsSIP in Chromium, through the web origin. */
@ExtendWith(ClinicExtension.class)
class BrowserJourneyTest {

    private static final String AGENT = "101";
    private static final String PASSWORD = "demo-101";
    private static final String QUEUE_NUMBER = "74950000101";
    private static final Duration REGISTERS = Duration.ofSeconds(15);

    @Test
    void aBrowserTakesACallFromTheQueueAndBothHearTheOther(Clinic clinic) {
        // Given
        var number = Talk.freshNumber();
        var patient = clinic.patient(number, PATIENT_HZ);
        try (var browser = readyBrowser(clinic)) {
            // When
            var call = patient.dial(QUEUE_NUMBER, Dialling.plain());
            assertEquals(Optional.of(number), browser.awaitRinging(SOON), browser::ladder);
            assertTrue(browser.answer(), browser::ladder);
            // Then
            talk(call, patient, browser);
            call.hangUp();
            assertEquals(Optional.of("remote"), browser.awaitEnded(SOON), browser::ladder);
            var record = Talk.record(clinic, number);
            assertEquals(AGENT, record.path("agent").asText());
            assertEquals("registry", record.path("queue").asText());
            assertTrue(browser.keptSocket(), browser::ladder);
        }
    }

    @ParameterizedTest
    @EnumSource(Break.class)
    void aByeReachesABrowserWhoseSocketBrokeInMidCall(Break how, Clinic clinic) {
        // Given
        var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        try (var browser = readyBrowser(clinic)) {
            var call = connect(patient, browser);
            // When
            breakSocket(browser, how);
            // Then
            talk(call, patient, browser);
            call.hangUp();
            assertEquals(Optional.of("remote"), browser.awaitEnded(SOON), browser::ladder);
            Talk.awaitState(clinic, AGENT, "wrap-up");
            becomeReady(clinic);
        }
    }

    @ParameterizedTest
    @EnumSource(Break.class)
    void aBrowserWhoseSocketBrokeInMidCallHangsUp(Break how, Clinic clinic) {
        // Given
        var number = Talk.freshNumber();
        var patient = clinic.patient(number, PATIENT_HZ);
        try (var browser = readyBrowser(clinic)) {
            var call = connect(patient, browser);
            // When
            breakSocket(browser, how);
            browser.hangUp();
            // Then
            assertTrue(call.awaitEnded(SOON), browser::ladder);
            assertEquals(AGENT, Talk.record(clinic, number).path("agent").asText());
            Talk.awaitState(clinic, AGENT, "wrap-up");
        }
    }

    /** Signed in, registered through the web origin, and made ready by its own agent. */
    private static BrowserPhone readyBrowser(Clinic clinic) {
        var session = clinic.signIn(AGENT, PASSWORD);
        var browser = new BrowserPhone(clinic.webPort(), session.path("phone"), AGENT_HZ);
        try {
            assertTrue(browser.awaitRegistered(REGISTERS), browser::ladder);
            becomeReady(clinic);
            return browser;
        } catch (Throwable fault) {
            browser.close();
            throw fault;
        }
    }

    /** Demo agents with a browser are not ready before they say so, and rest after a call. */
    private static void becomeReady(Clinic clinic) {
        var token = clinic.signIn(AGENT, PASSWORD).path("token").asText();
        clinic.putAs(token, "/agents/" + AGENT + "/state", "{\"state\":\"ready\"}");
        Talk.awaitState(clinic, AGENT, "ready");
    }

    private static Call connect(UserAgent patient, BrowserPhone browser) {
        var call = patient.dial(QUEUE_NUMBER, Dialling.plain());
        assertTrue(browser.awaitRinging(SOON).isPresent(), browser::ladder);
        assertTrue(browser.answer(), browser::ladder);
        talk(call, patient, browser);
        return call;
    }

    /** Breaks the socket and waits until the page has registered over a new one. */
    private static void breakSocket(BrowserPhone browser, Break how) {
        assertTrue(browser.breakSocket(how), browser::ladder);
        assertTrue(browser.awaitRegistered(REGISTERS), browser::ladder);
    }

    /** Each hears the other's tone, and still does two seconds later. */
    private static void talk(Call call, UserAgent patient, BrowserPhone browser) {
        assertTrue(browser.hears(patient.toneHz(), SOON), browser::ladder);
        Talk.hears(call, browser.toneHz());
        long before = browser.packets();
        assertTrue(call.hearing().listen(Duration.ofSeconds(2)), "audio to the patient stopped");
        assertTrue(browser.packets() - before > 50, "audio to the browser stopped");
        assertTrue(browser.hears(patient.toneHz(), SOON), browser::ladder);
        Talk.hears(call, browser.toneHz());
    }
}
