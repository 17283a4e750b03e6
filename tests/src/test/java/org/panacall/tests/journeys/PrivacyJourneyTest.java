// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.panacall.tests.journeys.Talk.AGENT_HZ;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.sight.Outlook;
import org.panacall.tests.ua.Dialling;

/**
 * Goal: nobody who may look at logs, metrics, subjects, file names or traces learns who called,
 * what he pressed, or a secret. Method: calls of every kind with numbers and keys that occur
 * nowhere else, then a search of all that operators see.
 */
@ExtendWith(ClinicExtension.class)
class PrivacyJourneyTest {

    private static final String KEYS = "5803719";
    private static final String WRONG_PASSWORD = "wrong-horse-battery";

    /** What people put between the digits of a number when they write it. */
    private static final Pattern BETWEEN_DIGITS = Pattern.compile("(?<=\\d)[ ()\\-]+(?=\\d)");

    @Test
    void nothingPersonalIsInLogsMetricsSubjectsNamesOrTraces(
            Clinic clinic, JourneyPlatform platform) throws IOException {
        assumeTrue(platform.isOurs(), "the logs of a platform that runs already are elsewhere");
        // Given
        var secrets = new ArrayList<>(List.of(KEYS, WRONG_PASSWORD, "demo-103", "demo-token"));
        try (var files = Files.list(platform.settings().runDirectory().resolve("secrets"))) {
            for (var file : files.toList()) {
                secrets.add(Files.readString(file).strip());
            }
        }
        // When
        var numbers =
                List.of(
                        throughMenuAndQueue(clinic),
                        refused(clinic),
                        echoed(clinic),
                        clicked(clinic));
        assertThrows(AssertionError.class, () -> refuseSignIn(clinic));
        // Then
        numbers.forEach(number -> secrets.add(number.substring(2)));
        assertTrue(platform.collector().text().contains("none/"), "no trace has come");
        var all = new Outlook(platform.settings()).all();
        all.put("traces", platform.collector().text());
        assertEquals(List.of(), leaks(all, secrets));
    }

    private static String throughMenuAndQueue(Clinic clinic) {
        var number = Talk.freshNumber();
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        var patient = clinic.patient(number, PATIENT_HZ);
        var call = patient.dial(Clinic.MAIN_NUMBER, Dialling.plain());
        Talk.hearsGreeting(call);
        call.audio().press(KEYS);
        // Nobody has such an extension; whoever presses nothing more comes to the registry.
        var ringing = Talk.rings(phone, Duration.ofSeconds(90));
        ringing.answer();
        Talk.talk(call, patient, ringing, phone, Duration.ofSeconds(1));
        Talk.hangUpEnds(call, ringing);
        Talk.record(clinic, number);
        return number;
    }

    private static String refused(Clinic clinic) {
        var number = Talk.freshNumber();
        var patient = clinic.patient(number, PATIENT_HZ);
        var call = patient.dial(Clinic.MAIN_NUMBER, Dialling.plain().withCodecs());
        assertTrue(call.awaitEnded(SOON));
        return number;
    }

    private static String echoed(Clinic clinic) {
        var number = Talk.freshNumber();
        var patient = clinic.patient(number, PATIENT_HZ);
        var call = patient.dial(Clinic.ECHO_NUMBER, Dialling.plain());
        assertTrue(call.awaitAnswered(SOON));
        call.hangUp();
        Talk.record(clinic, number);
        return number;
    }

    private static String clicked(Clinic clinic) {
        var number = Talk.freshNumber();
        var phone = Talk.readyPhone(clinic, "104", AGENT_HZ);
        var carrier = clinic.carrier(PATIENT_HZ);
        clinic.post("/calls", "{\"agent\":\"104\",\"number\":\"%s\"}".formatted(number), 201);
        var agentCall = Talk.rings(phone, SOON);
        agentCall.answer();
        var patientCall = Talk.rings(carrier, SOON);
        patientCall.answer();
        Talk.talk(patientCall, carrier, agentCall, phone, Duration.ofSeconds(1));
        Talk.hangUpEnds(patientCall, agentCall);
        Talk.record(clinic, number);
        return number;
    }

    private static void refuseSignIn(Clinic clinic) {
        try {
            clinic.signIn("103", WRONG_PASSWORD);
        } catch (RuntimeException refused) {
            throw new AssertionError(refused);
        }
    }

    /** Where something was found, with what stands around it. */
    private static List<String> leaks(Map<String, String> texts, List<String> secrets) {
        var leaks = new ArrayList<String>();
        texts.forEach(
                (where, text) -> {
                    var plain = BETWEEN_DIGITS.matcher(text.replace("%2B", "+")).replaceAll("");
                    for (var secret : secrets) {
                        for (var searched : List.of(text, plain)) {
                            int at = searched.indexOf(secret);
                            if (at >= 0) {
                                int begin = Math.max(0, at - 200);
                                int end = Math.min(searched.length(), at + 100);
                                leaks.add(where + ": " + searched.substring(begin, end));
                                break;
                            }
                        }
                    }
                });
        return leaks;
    }
}
