// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.editing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.journeys.ClinicExtension;
import org.panacall.tests.load.Journey;
import org.panacall.tests.load.Patients;
import org.panacall.tests.load.Post;
import org.panacall.tests.load.SilentAudio;

/** A flow is published while many calls run: {@code -Dpublication.calls=500} for more of them. */
@ExtendWith(ClinicExtension.class)
class PublicationJourneyTest implements Patients.Listener {

    private static final int CALLS = Integer.getInteger("publication.calls", 100);
    private static final int LATER = CALLS / 2;
    private static final int A_SECOND = 40;
    private static final Duration SLACK = Duration.ofSeconds(10);

    /** Longer than it takes all callers to come. */
    private static final Duration LONG = Duration.ofSeconds(CALLS / A_SECOND + 8);

    private final Set<Journey> answered = new HashSet<>();
    private final Set<Journey> over = new HashSet<>();
    private final Set<String> failures = new TreeSet<>();
    private final SilentAudio audio = new SilentAudio(false);
    private Post post;
    private Patients patients;
    private int refused;
    private long lastId = System.currentTimeMillis() % 1_000_000 * 700;

    PublicationJourneyTest() throws IOException {}

    @AfterEach
    void asItWas(Clinic clinic) throws IOException {
        clinic.post("/flows/closed/roll-back", "{\"version\":1}", 200);
        post.close();
        audio.close();
    }

    @Test
    void whoIsInAFlowFinishesItAndWhoComesNextTakesTheNewOne(Clinic clinic) throws Exception {
        // Given
        post = new Post(clinic.edge());
        var target = new Patients.Target(ClinicFlows.NUMBER, clinic.edge().getPort());
        var description = SilentAudio.description(Patients.HOST, audio.callersPort());
        patients = new Patients(post, target, description, this);
        publish(clinic, "before", LONG);
        var from = Instant.now();
        dial(CALLS);
        assertTrue(await(() -> answered.size() == CALLS, LONG), this::told);
        assertEquals(Set.of(), over, "the flow was too short");

        // When
        aside(() -> publish(clinic, "after", Duration.ofSeconds(1)));
        dial(LATER);

        // Then
        assertTrue(await(() -> answered.size() == CALLS + LATER, LONG), this::told);
        assertTrue(await(() -> over.size() == CALLS + LATER, LONG.plus(SLACK)), this::told);
        assertEquals(Set.of(), failures);
        assertEquals(CALLS, records(clinic, "before", from, CALLS));
        assertEquals(LATER, records(clinic, "after", from, LATER));
    }

    /** Answers, keeps silent for so long, and hangs up for a reason of its own. */
    private static Void publish(Clinic clinic, String reason, Duration length) {
        var flow =
                """
                {"id": "closed", "name": "%1$s", "entry": "answer", "fallbackQueue": "registry",
                 "steps": [
                  {"id": "answer", "answer": {}, "exits": {"done": "wait"}},
                  {"id": "wait", "wait": {"time": "%2$ds"}, "exits": {"done": "bye"}},
                  {"id": "bye", "hangUp": {"reason": "%1$s"}}]}
                """
                        .formatted(reason, length.toSeconds());
        var draft = clinic.change("PUT", "/flows/closed/draft", flow, 200);
        assertTrue(draft.path("mistakes").isEmpty(), draft::toString);
        clinic.post("/flows/closed/publish", "{}", 200);
        Publication.isInIvr(clinic, "closed", "+79160000002", reason);
        return null;
    }

    /** Telephones go on meanwhile. */
    private void aside(Callable<Void> deed) throws Exception {
        var done = new CompletableFuture<Void>();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                done.complete(deed.call());
                            } catch (Exception | AssertionError fault) {
                                done.completeExceptionally(fault);
                            }
                        });
        await(done::isDone, SLACK);
        done.get();
    }

    private void dial(int calls) {
        long now = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            post.at(now + i * 1_000_000_000L / A_SECOND, this::dial);
        }
    }

    private void dial() {
        patients.dial(new Journey(++lastId, System.nanoTime(), true));
    }

    private static int records(Clinic clinic, String reason, Instant from, int expected) {
        var path = "/reports/calls?endReason=" + reason + "&from=" + from + "&limit=200";
        clinic.await(path, page -> page.path("items").size() >= Math.min(expected, 200), SLACK);
        int found = 0;
        var cursor = "";
        do {
            var page = clinic.get(path + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            found += page.path("items").size();
            cursor = page.path("nextCursor").asText();
        } while (!cursor.isEmpty());
        return found;
    }

    private boolean await(BooleanSupplier wish, Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        while (!wish.getAsBoolean() && System.nanoTime() < end) {
            post.runUntil(
                    System.nanoTime() + 20_000_000L, (letter, socket) -> patients.receive(letter));
        }
        return wish.getAsBoolean();
    }

    private String told() {
        return answered.size() + " answered, " + over.size() + " over, " + failures;
    }

    @Override
    public void answered(Journey journey) {
        answered.add(journey);
    }

    @Override
    public void over(Journey journey, String how) {
        if (how.equals("503") && refused++ < CALLS) {
            // A platform that has just begun refuses some, and says when to come again.
            post.in(1_000_000_000L, this::dial);
            return;
        }
        over.add(journey);
        if (!how.equals("platform hung up")) {
            failures.add(how);
        }
    }
}
