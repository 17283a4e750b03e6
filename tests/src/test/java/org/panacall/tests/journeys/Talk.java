// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.ua.Call;
import org.panacall.tests.ua.UserAgent;

/** Steps that many journeys share, each a claim about what the parties see and hear. */
public final class Talk {

    public static final int PATIENT_HZ = 440;
    public static final int AGENT_HZ = 1_000;
    public static final int OTHER_AGENT_HZ = 1_400;
    public static final int OTHER_PATIENT_HZ = 620;
    public static final Duration SOON = Duration.ofSeconds(5);
    public static final Duration EXPIRES = Duration.ofSeconds(120);

    private static final AtomicInteger NUMBERS =
            new AtomicInteger((int) (System.nanoTime() / 1_000_000 % 9_000_000));

    private Talk() {}

    /** A number of its own for each patient, so that his call record can be found. */
    public static String freshNumber() {
        return "+7916" + (1_000_000 + NUMBERS.getAndIncrement() % 8_999_999);
    }

    /** A registered phone that acd has noticed. */
    public static UserAgent readyPhone(Clinic clinic, String extension, int toneHz) {
        var phone = clinic.phone(extension, toneHz);
        assertEquals(200, phone.register(EXPIRES), () -> phone.ladder().toString());
        awaitState(clinic, extension, "ready");
        return phone;
    }

    public static void awaitState(Clinic clinic, String extension, String state) {
        var seen =
                clinic.await(
                        "/agents",
                        agents -> stateOf(agents, extension).equals(state),
                        Duration.ofSeconds(15));
        assertTrue(
                seen.isPresent(),
                () -> extension + " is not " + state + ": " + clinic.get("/agents"));
    }

    private static String stateOf(JsonNode agents, String extension) {
        return StreamSupport.stream(agents.path("items").spliterator(), false)
                .filter(agent -> agent.path("extension").asText().equals(extension))
                .map(agent -> agent.path("state").asText())
                .findFirst()
                .orElse("");
    }

    public static void hearsGreeting(Call call) {
        assertTrue(call.awaitAnswered(SOON), "not answered: " + call.statuses());
        assertTrue(call.hearing().await(ears -> ears.hearsAnything(), SOON), "no greeting");
    }

    /** Each hears the other's tone, in both directions, for so long. */
    public static void talk(
            Call patient, UserAgent from, Call agent, UserAgent to, Duration length) {
        hears(patient, to.toneHz());
        hears(agent, from.toneHz());
        assertTrue(patient.hearing().listen(length), "audio to the patient stopped");
        hears(patient, to.toneHz());
        hears(agent, from.toneHz());
    }

    public static void hears(Call call, int toneHz) {
        assertTrue(
                call.hearing().await(ears -> ears.hears(toneHz), SOON),
                () ->
                        "%d Hz not heard: level %.0f, share %.2f, %d packets"
                                .formatted(
                                        toneHz,
                                        call.hearing().level(Duration.ofMillis(200)),
                                        call.hearing().share(toneHz, Duration.ofMillis(200)),
                                        call.hearing().packets()));
    }

    public static Call rings(UserAgent phone, Duration limit) {
        var call = phone.awaitCall(limit);
        assertTrue(call.isPresent(), () -> "does not ring: " + phone.ladder());
        return call.orElseThrow();
    }

    public static void neverRang(UserAgent phone) {
        assertFalse(phone.awaitCall(Duration.ZERO).isPresent(), () -> phone.ladder().toString());
    }

    /** The one hangs up, and the other's call is over within a second. */
    public static void hangUpEnds(Call one, Call other) {
        long before = System.nanoTime();
        one.hangUp();
        assertTrue(other.awaitEnded(SOON), "the other side was left in the call");
        long took = other.endedNanos() - before;
        assertTrue(took < 1_000_000_000L, () -> "took " + took / 1_000_000 + " ms");
    }

    /** The call record of the patient's number, which must stand within two seconds. */
    public static JsonNode record(Clinic clinic, String number) {
        return record(clinic, number, record -> true);
    }

    /** The same, with what acd and ivr have to add to it. */
    public static JsonNode record(Clinic clinic, String number, Predicate<JsonNode> whole) {
        return record(clinic, number, whole, Duration.ofSeconds(2));
    }

    /** The same, where something was killed. */
    public static JsonNode record(
            Clinic clinic, String number, Predicate<JsonNode> whole, Duration limit) {
        var path = "/reports/calls?number=" + number.substring(1);
        var found =
                clinic.await(
                        path,
                        page ->
                                page.path("items").size() == 1
                                        && page.path("items").get(0).hasNonNull("endedAt")
                                        && whole.test(page.path("items").get(0)),
                        limit);
        assertTrue(found.isPresent(), () -> "no record: " + clinic.get(path));
        return found.orElseThrow().path("items").get(0);
    }
}
