// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.AGENT_HZ;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.sight.Outlook;
import org.panacall.tests.ua.Dialling;

/** The chart's dashboard asks only for what there is. */
@ExtendWith(ClinicExtension.class)
class DashboardJourneyTest {

    private static final Path DASHBOARD = Path.of("../charts/panacall/dashboards/panacall.json");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A metric's name: a word with an underscore that no bracket, equals sign or label follows. */
    private static final Pattern METRIC = Pattern.compile("\\b[a-z]+(_[a-z]+)+\\b(?=[\\[)]|$)");

    @Test
    void everyMetricOfTheDashboardIsExposedAfterACall(Clinic clinic, JourneyPlatform platform)
            throws IOException {
        // Given
        var number = Talk.freshNumber();
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        var patient = clinic.patient(number, PATIENT_HZ);
        var call = patient.dial(Clinic.MAIN_NUMBER, Dialling.plain());
        // It may be a platform's first call, on a machine that is still busy with starting it.
        assertTrue(call.awaitAnswered(PATIENCE));
        assertTrue(call.hearing().await(ears -> ears.hearsAnything(), PATIENCE));
        call.audio().press("1");
        var ringing = Talk.rings(phone, PATIENCE);
        ringing.answer();
        Talk.talk(call, patient, ringing, phone, Duration.ofSeconds(1));
        Talk.hangUpEnds(call, ringing);
        Talk.record(clinic, number);
        // When
        var exposed = String.join("\n", new Outlook(platform.settings()).all().values());
        // Then
        var missing = new TreeSet<String>();
        var dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        for (var expression : dashboard.findValuesAsText("expr")) {
            var names = METRIC.matcher(expression);
            while (names.find()) {
                if (!Pattern.compile("(?m)^" + names.group() + "[ {]").matcher(exposed).find()) {
                    missing.add(names.group());
                }
            }
        }
        assertEquals(new TreeSet<>(), missing);
    }
}
