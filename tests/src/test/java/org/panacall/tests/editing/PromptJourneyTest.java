// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.editing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.journeys.ClinicExtension;
import org.panacall.tests.journeys.JourneyPlatform;
import org.panacall.tests.journeys.Talk;
import org.panacall.tests.ua.Call;
import org.panacall.tests.ua.Dialling;
import org.panacall.tests.ua.Hearing;

/** The clinic's own audio are what callers hear, whatever happens to who keeps them. */
@ExtendWith(ClinicExtension.class)
class PromptJourneyTest {

    private static final String MUSIC = "/prompts/ru/music/waiting";
    private static final String GREETING = "/prompts/ru/greeting";
    private static final int MUSIC_HZ = 1_700;
    private static final int GREETING_HZ = 1_250;
    private static final int RATE = 44_100;
    private static final Duration HEARD = Duration.ofSeconds(2);
    private static final int CALLS_MAX = 8;
    private static final Duration BACK = Duration.ofSeconds(60);

    @AfterEach
    void asShipped(JourneyPlatform platform, Clinic clinic) {
        if (platform.isOurs()) {
            platform.awaitReady();
        }
        // What was killed a moment ago may still count as ready.
        clinic.await("/prompts?language=ru", page -> page.has("items"), BACK)
                .orElseThrow()
                .path("items")
                .forEach(
                        prompt -> {
                            if (!prompt.path("versions").isEmpty()) {
                                clinic.change(
                                        "PUT",
                                        "/prompts/ru/" + prompt.path("id").asText() + "/published",
                                        "{\"version\":0}",
                                        200);
                            }
                        });
    }

    @Test
    void aRecordingIsHeardAndAfterRollBackTheOldOneAlsoWithoutDirectory(
            JourneyPlatform platform, Clinic clinic) {
        // Given
        Assumptions.assumeTrue(platform.isOurs());
        waiting(clinic, ears -> !ears.hears(MUSIC_HZ)).hangUp();

        // When
        var kept = clinic.upload(MUSIC + "/audio", "audio/wav", tone(MUSIC_HZ, 5));

        // Then
        int version = kept.path("published").asInt();
        waiting(clinic, ears -> ears.hears(MUSIC_HZ)).hangUp();
        var wave = clinic.download(MUSIC + "/audio");
        assertEquals("RIFF", new String(wave, 0, 4, StandardCharsets.US_ASCII));
        clinic.change("PUT", MUSIC + "/published", "{\"version\":0}", 200);
        waiting(clinic, ears -> ears.hearsAnything() && !ears.hears(MUSIC_HZ)).hangUp();
        var again = "{\"version\":" + version + "}";
        clinic.change("PUT", MUSIC + "/published", again, 200);
        waiting(clinic, ears -> ears.hears(MUSIC_HZ)).hangUp();
        clinic.change("DELETE", MUSIC, "", 409);

        // When
        platform.kill("directory");

        // Then
        var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        var call = patient.dial("74950000101", Dialling.plain());
        assertTrue(call.awaitAnswered(SOON), () -> call.statuses().toString());
        Talk.hears(call, MUSIC_HZ);
        call.hangUp();
    }

    @Test
    void theGreetingIsTheClinicsOwnAndATextIsSpoken(JourneyPlatform platform, Clinic clinic) {
        // When
        clinic.upload(GREETING + "/audio", "audio/wav", tone(GREETING_HZ, 6));

        // Then
        greeted(clinic, ears -> ears.hears(GREETING_HZ)).hangUp();

        // When
        var spoken = "{\"text\":\"Добрый день! Вы позвонили в нашу клинику.\"}";
        clinic.change("PUT", GREETING + "/text", spoken, 200);

        // Then
        greeted(clinic, ears -> ears.hearsAnything() && !ears.hears(GREETING_HZ)).hangUp();
        assertTrue(clinic.download(GREETING + "/audio").length > 8_000);
    }

    private static Call waiting(Clinic clinic, Predicate<Hearing> wish) {
        return dialled(clinic, "74950000101", wish);
    }

    private static Call greeted(Clinic clinic, Predicate<Hearing> wish) {
        return dialled(clinic, Clinic.MAIN_NUMBER, wish);
    }

    /** A call that hears what is wished; media is told of a change a moment after it is made. */
    private static Call dialled(Clinic clinic, String number, Predicate<Hearing> wish) {
        for (int i = 0; i < CALLS_MAX; i++) {
            var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
            var call = patient.dial(number, Dialling.plain());
            assertTrue(call.awaitAnswered(SOON), () -> call.statuses().toString());
            assertTrue(call.hearing().await(Hearing::hearsAnything, SOON), "silence");
            if (call.hearing().await(wish, HEARD)) {
                return call;
            }
            call.hangUp();
        }
        throw new AssertionError("never heard what was published");
    }

    /** As a phone or a studio makes it: 44.1 kHz, stereo. */
    private static byte[] tone(int hz, int seconds) {
        int frames = seconds * RATE;
        var out = ByteBuffer.allocate(44 + 4 * frames).order(ByteOrder.LITTLE_ENDIAN);
        out.put(ascii("RIFF")).putInt(36 + 4 * frames).put(ascii("WAVEfmt ")).putInt(16);
        out.putShort((short) 1).putShort((short) 2).putInt(RATE).putInt(4 * RATE);
        out.putShort((short) 4).putShort((short) 16).put(ascii("data")).putInt(4 * frames);
        for (int i = 0; i < frames; i++) {
            short value = (short) (9000 * Math.sin(2 * Math.PI * hz * i / RATE));
            out.putShort(value).putShort(value);
        }
        return out.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
