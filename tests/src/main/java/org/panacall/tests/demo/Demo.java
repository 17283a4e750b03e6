// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.panacall.tests.ua.Call;
import org.panacall.tests.ua.Dialling;
import org.panacall.tests.ua.UserAgent;

/**
 * Two agents, two patients, on a running platform: prints what happened as a ladder and checks by
 * each party's own tone that everybody heard the other. Exit code 0 when all went well.
 */
public final class Demo {

    private static final Duration SOON = Duration.ofSeconds(6);
    private static final Duration TALK = Duration.ofSeconds(10);

    private final Clinic clinic;
    private final PrintStream out;
    private final long start = System.nanoTime();
    private final List<String> failures = new ArrayList<>();

    /** One call of the demo. */
    private record Scene(
            String title, String number, String key, String queue, boolean callerHangsUp) {}

    private Demo(Clinic clinic, PrintStream out) {
        this.clinic = clinic;
        this.out = out;
    }

    /** Runs the demo against the platform at PANACALL_PORT_OFFSET. */
    public static void main(String[] arguments) {
        int offset =
                Optional.ofNullable(System.getenv("PANACALL_PORT_OFFSET"))
                        .filter(text -> !text.isBlank())
                        .map(Integer::parseInt)
                        .orElse(0);
        boolean well;
        try (var clinic = new Clinic(offset, List.of())) {
            well = new Demo(clinic, System.out).run();
        }
        System.exit(well ? 0 : 1);
    }

    private boolean run() {
        var registry = clinic.phone("103", 1_000);
        var paid = clinic.phone("107", 1_400);
        say("agent 103", "registers", registry.register(Duration.ofSeconds(120)) == 200);
        say("agent 107", "registers", paid.register(Duration.ofSeconds(120)) == 200);
        awaitReady("103");
        awaitReady("107");
        play(new Scene("Patient presses 1", fresh(1), "1", "registry", true), registry, 440);
        play(new Scene("Patient presses 2", fresh(2), "2", "paid", false), paid, 620);
        out.println();
        if (failures.isEmpty()) {
            out.println("All calls went through and everybody heard the other.");
        } else {
            out.println("What went wrong:");
            failures.forEach(failure -> out.println("  - " + failure));
        }
        return failures.isEmpty();
    }

    private void play(Scene scene, UserAgent phone, int toneHz) {
        out.printf("%n%s (+7 495 000-01-00)%n", scene.title());
        var patient = clinic.patient(scene.number(), toneHz);
        var call = patient.dial(Clinic.MAIN_NUMBER, Dialling.plain());
        var greeted =
                call.awaitAnswered(SOON)
                        && call.hearing().await(ears -> ears.hearsAnything(), SOON);
        say("patient", "hears the greeting", greeted);
        call.audio().press(scene.key());
        say("patient", "presses " + scene.key(), true);
        var ringing = phone.awaitCall(SOON);
        say("agent", "phone rings", ringing.isPresent());
        if (ringing.isPresent()) {
            say("patient", "hears music", call.hearing().await(e -> e.hearsAnything(), SOON));
            talk(scene, call, patient, ringing.get(), phone);
            checkRecord(scene);
        }
        ladder("patient", patient);
        ladder("agent", phone);
    }

    private void talk(Scene scene, Call call, UserAgent patient, Call agent, UserAgent phone) {
        agent.answer();
        say("agent", "answers", true);
        hears("patient", call, phone.toneHz());
        hears("agent", agent, patient.toneHz());
        say("both", "talk for 10 s", call.hearing().listen(TALK));
        hears("patient", call, phone.toneHz());
        hears("agent", agent, patient.toneHz());
        var first = scene.callerHangsUp() ? call : agent;
        var other = scene.callerHangsUp() ? agent : call;
        long before = System.nanoTime();
        first.hangUp();
        boolean ended = other.awaitEnded(Duration.ofSeconds(1));
        long took = (other.endedNanos() - before) / 1_000_000;
        say(
                scene.callerHangsUp() ? "patient" : "agent",
                "hangs up, the other side ends" + (ended ? " after " + took + " ms" : ""),
                ended);
    }

    private void hears(String who, Call call, int toneHz) {
        BooleanSupplier heard = () -> call.hearing().await(ears -> ears.hears(toneHz), SOON);
        say(who, "hears the other's tone of " + toneHz + " Hz", heard.getAsBoolean());
    }

    private void checkRecord(Scene scene) {
        var found =
                clinic.await(
                        "/reports/calls?number=" + scene.number().substring(1),
                        page -> isWhole(page.path("items").path(0)),
                        Duration.ofSeconds(2));
        say("record", "stands at /api/v1/reports/calls", found.isPresent());
        var record = found.map(page -> page.path("items").get(0)).map(JsonNode::toString);
        record.ifPresent(text -> out.println("             " + text));
        var queue = found.map(page -> page.path("items").get(0).path("queue").asText()).orElse("");
        check(queue.equals(scene.queue()), "queue in the record is '" + queue + "'");
    }

    /** Three services tell what a record is made of. */
    private static boolean isWhole(JsonNode record) {
        return record.hasNonNull("endedAt") && record.hasNonNull("queue");
    }

    private void awaitReady(String extension) {
        var ready =
                clinic.await(
                        "/agents", agents -> isReady(agents, extension), Duration.ofSeconds(15));
        say("agent " + extension, "is ready", ready.isPresent());
    }

    private static boolean isReady(JsonNode agents, String extension) {
        for (var agent : agents.path("items")) {
            if (agent.path("extension").asText().equals(extension)) {
                return agent.path("state").asText().equals("ready");
            }
        }
        return false;
    }

    private void ladder(String who, UserAgent party) {
        out.printf("    SIP of the %s: %s%n", who, String.join("  ", party.ladder()));
    }

    private void say(String who, String what, boolean well) {
        double seconds = (System.nanoTime() - start) / 1e9;
        out.printf("%8.3f s  %-10s %s %s%n", seconds, who, well ? "✓" : "✗", what);
        check(well, who + " " + what);
    }

    private void check(boolean well, String what) {
        if (!well) {
            failures.add(what);
        }
    }

    private static String fresh(int last) {
        return "+7916" + (1_000_000 + System.nanoTime() / 1_000 % 890_000 * 10 + last);
    }
}
