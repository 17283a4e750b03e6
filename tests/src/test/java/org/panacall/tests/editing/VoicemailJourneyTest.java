// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.editing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.journeys.ClinicExtension;
import org.panacall.tests.journeys.Talk;
import org.panacall.tests.ua.Dialling;

/** Who rings a closed clinic leaves a message, and somebody can listen to it. */
@ExtendWith(ClinicExtension.class)
class VoicemailJourneyTest {

    private static final String CLOSED = "74950000103";
    private static final int HEADER = 44;
    private static final int RATE = 8_000;

    @Test
    void aMessageIsLeftListenedToAndDeleted(Clinic clinic) {
        // Given
        var number = Talk.freshNumber();
        var patient = clinic.patient(number, PATIENT_HZ);
        var call = patient.dial(CLOSED, Dialling.plain());
        Talk.hearsGreeting(call);
        call.audio().press("1");

        // When
        Messages.leaves(call);

        // Then
        Messages.isThanked(call);
        call.hangUp();
        var message = Messages.isFor(clinic, "registry", number);
        assertEquals("key", message.path("end").asText());
        var length = Duration.parse(message.path("length").asText());
        assertTrue(length.toMillis() > 2_000 && length.toMillis() < 5_000, length::toString);
        var at = "/recordings/" + message.path("id").asText();
        var wave = clinic.download(at + "/audio");
        assertEquals(HEADER + length.toMillis() * 16, wave.length, 320);
        assertTrue(share(wave, PATIENT_HZ) > 0.8, () -> "share " + share(wave, PATIENT_HZ));
        var record = Talk.record(clinic, number);
        assertEquals(record.path("id").asText(), message.path("call").asText());

        // When
        clinic.change("PUT", at + "/state", "{\"state\":\"heard\"}", 200);
        clinic.change("DELETE", at, "", 204);

        // Then
        assertFalse(Messages.has(clinic, "registry", "new", number));
        clinic.post(at + "/restore", "", 200);
        clinic.change("DELETE", at, "", 204);
        var deeds =
                StreamSupport.stream(
                                clinic.get(at + "/accesses").path("items").spliterator(), false)
                        .map(access -> access.path("deed").asText())
                        .toList();
        assertEquals(List.of("deleted", "restored", "deleted", "heard", "listened"), deeds);
        assertTrue(Messages.has(clinic, "registry", "deleted", number));
    }

    /** Share of a tone in the power of two seconds in the middle (Goertzel). */
    private static double share(byte[] wave, int hz) {
        var samples = ByteBuffer.wrap(wave).order(ByteOrder.LITTLE_ENDIAN);
        int count = 2 * RATE;
        int from = HEADER + (wave.length - HEADER - 2 * count) / 4 * 2;
        double factor = 2 * Math.cos(2 * Math.PI * hz / RATE);
        double before = 0;
        double last = 0;
        double power = 0;
        for (int i = 0; i < count; i++) {
            double sample = samples.getShort(Math.max(HEADER, from) + 2 * i);
            double next = sample + factor * last - before;
            before = last;
            last = next;
            power += sample * sample;
        }
        double tone = last * last + before * before - factor * last * before;
        return power == 0 ? 0 : 2 * tone / count / power;
    }
}
