// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.floor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.function.Predicate;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.journeys.Talk;
import org.panacall.tests.ua.Call;
import org.panacall.tests.ua.Dialling;

/** What a journey changes in the clinic by its REST interface, and changes back. */
final class Changes implements AutoCloseable {

    private final Clinic clinic;
    private final ArrayDeque<Runnable> back = new ArrayDeque<>();

    Changes(Clinic clinic) {
        this.clinic = clinic;
    }

    /**
     * A queue of its own.
     *
     * @param more further settings, each with a comma before it
     */
    void queue(String id, String extension, String more) {
        clinic.discard("/queues/" + id);
        var queue = "{\"id\":\"%s\",\"name\":\"%1$s\",\"extension\":\"%s\"%s}";
        clinic.change("POST", "/queues", queue.formatted(id, extension, more), 201);
        back.push(
                () -> {
                    clinic.await("/queues/" + id, now -> waiting(now) == 0, Talk.SOON);
                    clinic.discard("/queues/" + id);
                });
    }

    /** Some settings of an agent. */
    void agent(String extension, String patch, String undo) {
        patch("/agents/" + extension, patch, undo);
    }

    /** Some settings of the clinic. */
    void clinic(String patch, String undo) {
        patch("/settings", patch, undo);
    }

    private void patch(String path, String patch, String undo) {
        clinic.change("PATCH", path, patch, 200);
        back.push(() -> clinic.change("PATCH", path, undo, 200));
    }

    @Override
    public void close() {
        while (!back.isEmpty()) {
            back.pop().run();
        }
    }

    /** A colleague of 103 who dials a queue and hears something. */
    static Call call(Clinic clinic, String from, String extension, int toneHz) {
        var phone = clinic.phone(from, toneHz);
        assertEquals(200, phone.register(Talk.EXPIRES));
        return phone.dial(extension, Dialling.plain());
    }

    /** The same, until he waits there. */
    static Call waits(Clinic clinic, String from, String queue, String extension, int toneHz) {
        var call = call(clinic, from, extension, toneHz);
        assertTrue(call.awaitAnswered(Talk.SOON), () -> "not answered: " + call.statuses());
        waiting(clinic, queue, 1);
        return call;
    }

    /** So many wait in a queue. */
    static void waiting(Clinic clinic, String queue, int count) {
        var path = "/queues/" + queue;
        assertTrue(
                clinic.await(path, now -> waiting(now) == count, Talk.SOON).isPresent(),
                () -> "not " + count + " waiting: " + clinic.get(path));
    }

    private static int waiting(JsonNode queue) {
        return queue.path("waiting").asInt(-1);
    }

    /** An agent's live state, once it is as wished. */
    static JsonNode agent(Clinic clinic, String extension, Predicate<JsonNode> wish) {
        var path = "/agents/" + extension;
        var found = clinic.await(path, wish, Talk.SOON.multipliedBy(2));
        assertTrue(found.isPresent(), () -> "not as wished: " + clinic.get(path));
        return found.orElseThrow();
    }

    /** By an agent himself. */
    static void says(Clinic clinic, String extension, String state) {
        var token = clinic.signIn(extension, "demo-" + extension).path("token").asText();
        clinic.putAs(token, "/agents/" + extension + "/state", state);
    }
}
