// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.demo.LiveFeed;
import org.panacall.tests.journeys.Talk;
import org.panacall.tests.ua.Call;
import org.panacall.tests.ua.Dialling;
import org.panacall.tests.ua.UserAgent;

/** Queues with waiting rooms, made by REST, and what callers do and hear in them. */
final class Lounges {

    /** Every stored announcement has a silence this long in it, and the music none. */
    private static final Duration SILENCE = Duration.ofMillis(400);

    private static final Duration SENTENCE = Duration.ofSeconds(15);

    private Lounges() {}

    /** Makes a queue of these agents; there is none of that name before. */
    static void make(Clinic clinic, String id, String extension, String room, List<String> agents) {
        clinic.discard("/queues/" + id);
        var queue =
                """
                {"id":"%s","name":"%1$s","extension":"%s","offerTimeout":"PT15S","waitingRoom":%s}
                """
                        .formatted(id, extension, room);
        clinic.change("POST", "/queues", queue, 201);
        for (var agent : agents) {
            clinic.change("PUT", "/queues/" + id + "/members/" + agent, "", 200);
        }
    }

    /** A patient reaches the queue by its extension, through the main menu, and hears music. */
    static Call comesTo(Clinic clinic, String queue, String extension, UserAgent patient) {
        var before = waiting(clinic.get("/queues/" + queue));
        var call = dials(patient, extension);
        assertTrue(
                clinic.await("/queues/" + queue, now -> waiting(now) > before, SOON.multipliedBy(2))
                        .isPresent(),
                () -> "does not wait: " + clinic.get("/queues/" + queue));
        return call;
    }

    /** The same, whoever answers then. */
    static Call dials(UserAgent patient, String extension) {
        var call = patient.dial(Clinic.MAIN_NUMBER, Dialling.plain());
        Talk.hearsGreeting(call);
        call.audio().press(extension);
        return call;
    }

    /** An agent comes to work, and may be rung at once. */
    static UserAgent comesToWork(Clinic clinic, String extension) {
        var phone = clinic.phone(extension, Talk.AGENT_HZ);
        assertEquals(200, phone.register(Talk.EXPIRES), () -> phone.ladder().toString());
        return phone;
    }

    static int waiting(JsonNode queue) {
        return queue.path("waiting").asInt(-1);
    }

    /** What somebody is told, who hears it instead of the music. */
    static JsonNode isTold(LiveFeed feed, Call call, String prompt, Duration limit) {
        var told = told(feed, prompts -> prompts.contains(prompt), limit);
        call.hearing().forgetGaps();
        assertTrue(
                call.hearing().await(ears -> ears.longestGap().compareTo(SILENCE) > 0, SENTENCE),
                "music goes on");
        return told;
    }

    /** What the clinic says that it tells somebody. */
    static JsonNode told(LiveFeed feed, Predicate<List<String>> wish, Duration limit) {
        var told = feed.await("caller.told", event -> wish.test(prompts(event)), limit);
        assertTrue(told.isPresent(), () -> "was told: " + feed.events("caller.told"));
        return told.get();
    }

    static List<String> prompts(JsonNode event) {
        return StreamSupport.stream(event.path("prompts").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** Music is heard, with nothing in between. */
    static void hearsMusic(Call call) {
        assertTrue(call.hearing().await(ears -> ears.hearsAnything(), SOON), "no music");
        call.hearing().forgetGaps();
        assertTrue(call.hearing().listen(Duration.ofSeconds(2)), "the music stopped");
        assertTrue(
                call.hearing().longestGap().compareTo(SILENCE) < 0,
                () -> "silent for " + call.hearing().longestGap());
    }

    /** A promise came to this end. */
    static void ends(LiveFeed feed, String end, Duration limit) {
        var ended =
                feed.await(
                        "callback.ended", event -> event.path("end").asText().equals(end), limit);
        assertTrue(ended.isPresent(), () -> "ended: " + feed.events("callback.ended"));
    }

    /** The key for a callback, and the one that says that the number is right. */
    static void asksForCallback(LiveFeed feed, Call call, String number) {
        told(feed, prompts -> prompts.contains("callback/offer"), Duration.ofSeconds(8));
        call.audio().press("1");
        var asked = feed.await("caller.told", event -> !event.has("prompts"), SOON);
        assertTrue(asked.isPresent(), () -> "is not asked: " + feed.events("caller.told"));
        call.audio().press("1");
        promised(feed, number);
    }

    static void promised(LiveFeed feed, String number) {
        var promised =
                feed.await(
                        "callback.changed",
                        event ->
                                event.path("number").asText().equals(number)
                                        && event.path("state").asText().equals("in-line"),
                        SOON);
        assertTrue(promised.isPresent(), () -> "no promise: " + feed.events("callback.changed"));
    }

    /** He hears that he will be called, and is hung up on. */
    static void isSentHome(LiveFeed feed, Call call) {
        told(feed, prompts -> prompts.contains("callback/promised"), SOON);
        assertTrue(call.awaitEnded(Duration.ofSeconds(15)), "is kept on the line");
    }

    /** The record of a caller who was promised to be called back. */
    static void isNotAbandoned(Clinic clinic, String number, String queue) {
        var record = Talk.record(clinic, number, found -> found.hasNonNull("queueEnd"), SOON);
        assertEquals("callback-promised", record.path("queueEnd").asText(), record::toString);
        assertEquals(queue, record.path("queue").asText(), record::toString);
    }
}
