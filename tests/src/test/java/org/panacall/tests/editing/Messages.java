// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.editing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.ua.Call;

/** Messages that patients leave. */
public final class Messages {

    private static final int TONE_HZ = 1_000;
    private static final Duration INSTRUCTION = Duration.ofSeconds(30);

    private Messages() {}

    /** Speaks for three seconds after the tone, and ends it by a key. */
    public static void leaves(Call call) {
        assertTrue(
                call.hearing().await(ears -> ears.hears(TONE_HZ), INSTRUCTION),
                "no tone to speak after");
        assertTrue(call.hearing().listen(Duration.ofSeconds(3)));
        call.audio().press("#");
    }

    /** Thanks are heard. */
    public static void isThanked(Call call) {
        assertTrue(
                call.hearing().await(ears -> ears.hearsAnything() && !ears.hears(TONE_HZ), SOON),
                "not thanked");
    }

    /** The new message of a patient, which his queue's agents find. */
    public static JsonNode isFor(Clinic clinic, String mailbox, String number) {
        var path = path(mailbox, "new");
        var found = clinic.await(path, page -> find(page, number).isPresent(), SOON);
        assertTrue(found.isPresent(), () -> "no message: " + clinic.get(path));
        return find(found.get(), number).orElseThrow();
    }

    /** Whether there is one in that state. */
    public static boolean has(Clinic clinic, String mailbox, String state, String number) {
        return find(clinic.get(path(mailbox, state)), number).isPresent();
    }

    private static String path(String mailbox, String state) {
        assertFalse(mailbox.isEmpty());
        return "/recordings?kind=voicemail&mailbox=" + mailbox + "&state=" + state;
    }

    private static Optional<JsonNode> find(JsonNode page, String number) {
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .filter(item -> item.path("from").asText().equals(number))
                .findFirst();
    }
}
