// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.editing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.journeys.ClinicExtension;
import org.panacall.tests.journeys.Talk;
import org.panacall.tests.ua.Call;
import org.panacall.tests.ua.Dialling;

/** A clinic rents another number, and says where it leads. */
@ExtendWith(ClinicExtension.class)
class NumbersJourneyTest {

    private static final String NUMBER = "74950000150";
    private static final String AT = "/numbers/" + NUMBER;

    @AfterEach
    void forget(Clinic clinic) {
        clinic.discard(AT);
    }

    private static Call dial(Clinic clinic) {
        return clinic.patient(Talk.freshNumber(), PATIENT_HZ).dial(NUMBER, Dialling.plain());
    }

    @Test
    void aNumberLeadsWhereItIsSaidForTheNextCall(Clinic clinic) {
        // Given
        isRefused(dial(clinic));

        // When
        clinic.change("PUT", AT, "{\"echo\":true}", 200);

        // Then
        var echo = dial(clinic);
        assertTrue(echo.awaitAnswered(SOON), () -> "not answered: " + echo.statuses());
        Talk.hears(echo, PATIENT_HZ);
        echo.hangUp();

        // When
        clinic.change("PATCH", AT, "{\"flowId\":\"closed\"}", 200);

        // Then
        var closed = dial(clinic);
        Talk.hearsGreeting(closed);
        closed.hangUp();

        // When
        clinic.change("DELETE", AT, "", 204);

        // Then
        isRefused(dial(clinic));
    }

    private static void isRefused(Call call) {
        assertTrue(call.awaitFinal(SOON), () -> "no answer: " + call.statuses());
        assertEquals(404, call.statuses().getLast());
    }
}
