// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.editing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.AGENT_HZ;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.journeys.ClinicExtension;
import org.panacall.tests.journeys.Talk;
import org.panacall.tests.ua.Call;
import org.panacall.tests.ua.Dialling;
import org.panacall.tests.ua.UserAgent;

/** Ten flows of clinics by telephone, with keys, many callers at once. */
@ExtendWith(ClinicExtension.class)
class ClinicFlowsJourneyTest {

    private static final Duration PROMPTS = Duration.ofSeconds(45);
    private static final List<String> QUEUES = List.of("registry", "paid", "ural");

    private static final String URAL_CALLER = "+7343" + tail(7);
    private static final String OWN_PATIENT = "+7916555" + tail(4);

    private ClinicFlows flows;
    private final Map<String, String> routes = new LinkedHashMap<>();
    private final Map<String, Visit> visits = new LinkedHashMap<>();

    /** One caller: what he does, and which queue he is to come to; none: he ends otherwise. */
    private record Visit(String from, Consumer<Call> deeds, String queue) {}

    private static String tail(int digits) {
        int bound = (int) Math.pow(10, digits);
        return ("%0" + digits + "d").formatted(ThreadLocalRandom.current().nextInt(bound));
    }

    @BeforeEach
    void draw(Clinic clinic) {
        flows = new ClinicFlows(clinic);
        flows.queue("cardiology", "683", "[\"103\",\"107\"]");
        flows.queue("ural", "684", "[]");
        flows.today(false, false);
    }

    @AfterEach
    void asItWas() {
        flows.close();
    }

    @Test
    void tenFlowsByDayAndByNightWithAndWithoutAnEmergency(Clinic clinic) throws Exception {
        // Given
        var vip = Talk.freshNumber();
        var bad = Talk.freshNumber();
        flows.lists(Map.of("vip", vip, "blacklist", bad, "cardiology", "+7916555*"));
        flows.publish();
        add("known", "known-patient", OWN_PATIENT, null, any -> {});
        add("blacklist", "blacklist", bad, null, ClinicFlowsJourneyTest::isRefused);
        add("menu", "main-menu", Talk.freshNumber(), "paid", keys("32"));
        add("menu-default", "blacklist", Talk.freshNumber(), "registry", keys("11"));
        add("region", "region", URAL_CALLER, "ural", any -> {});
        add("no-region", "region", Talk.freshNumber(), "registry", any -> {});
        add("wrong", "contract-number", Talk.freshNumber(), "registry", keys("1#", "2#", "3#"));
        add("right", "contract-number", Talk.freshNumber(), "paid", keys("1#", "1234561"));
        add("vip", "vip", vip, "registry", any -> {});
        add("rating", "rating", Talk.freshNumber(), null, ends(keys("2")));
        add("closed", "night-and-holiday", Talk.freshNumber(), null, ends(any -> {}));
        add("calm", "emergency", Talk.freshNumber(), "registry", keys("11"));
        add("duty", "duty-specialist", Talk.freshNumber(), null, keys("1"));
        add("open", "night-and-holiday", Talk.freshNumber(), "registry", any -> {});
        add("day", "duty-specialist", Talk.freshNumber(), "registry", any -> {});
        add("emergency", "emergency", Talk.freshNumber(), "registry", insists("1"));
        flows.route(routes);

        // Then
        aKnownPatientComesToHisOwnRegistryThoughHisManagerIsAway(clinic);
        byNight(clinic);
        byDay(clinic);
    }

    private void aKnownPatientComesToHisOwnRegistryThoughHisManagerIsAway(Clinic clinic) {
        try (var phone = Talk.readyPhone(clinic, "107", AGENT_HZ)) {
            var patient = clinic.patient(OWN_PATIENT, PATIENT_HZ);
            var call = patient.dial(ClinicFlows.NUMBER, Dialling.plain());
            var ringing = Talk.rings(phone, PROMPTS);
            ringing.answer();
            Talk.talk(call, patient, ringing, phone, Duration.ofSeconds(1));
            Talk.hangUpEnds(call, ringing);
        }
        var record = Talk.record(clinic, OWN_PATIENT, found -> found.hasNonNull("queue"));
        assertEquals("cardiology", record.path("queue").asText());
    }

    private void byNight(Clinic clinic) throws Exception {
        var duty = clinic.phone(ClinicFlows.DUTY, AGENT_HZ);
        assertEquals(200, duty.register(Talk.EXPIRES));
        var calls =
                together(
                        clinic,
                        List.of(
                                "blacklist",
                                "menu",
                                "menu-default",
                                "region",
                                "no-region",
                                "wrong",
                                "right",
                                "vip",
                                "rating",
                                "closed",
                                "calm",
                                "duty"),
                        () -> rings(duty));
        assertEquals("blacklisted", reason(clinic, "blacklist"));
        assertEquals("closed", reason(clinic, "closed"));
        assertEquals("flow-ended", reason(clinic, "rating"));
        hangUp(calls);
        assertEquals("paid", queue(clinic, "right"));
        assertEquals("ural", queue(clinic, "region"));
    }

    /** The specialist on duty is talked to while others are still asked. */
    private Void rings(UserAgent duty) {
        var ringing = Talk.rings(duty, PROMPTS);
        ringing.answer();
        Talk.hears(ringing, PATIENT_HZ);
        ringing.hangUp();
        return null;
    }

    private void byDay(Clinic clinic) throws Exception {
        // When
        flows.today(true, true);
        Publication.isInIvr(clinic, "ten-night-and-holiday", "+79160000002", "registry");

        // Then
        var calls = together(clinic, List.of("open", "day", "emergency"), () -> null);
        var told = flows.simulated("emergency").path("said").toString();
        assertTrue(told.contains("Внимание"), told);
        hangUp(calls);
    }

    /** Dials all at once, until each has come to where he is to be. */
    private Map<String, Call> together(Clinic clinic, List<String> names, Callable<Void> meanwhile)
            throws Exception {
        var calls = new TreeMap<String, Call>();
        for (var name : names) {
            var visit = visits.get(name);
            var patient = clinic.patient(visit.from(), PATIENT_HZ);
            calls.put(name, patient.dial(ClinicFlows.NUMBER, Dialling.plain()));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var aside = threads.submit(meanwhile);
            var deeds = new TreeMap<String, Future<?>>();
            for (var name : names) {
                var deed = visits.get(name).deeds();
                deeds.put(name, threads.submit(() -> deed.accept(calls.get(name))));
            }
            arriveInTheirQueues(clinic, names, deeds);
            for (var deed : deeds.values()) {
                deed.get();
            }
            aside.get();
        }
        return calls;
    }

    private void arriveInTheirQueues(
            Clinic clinic, List<String> names, Map<String, Future<?>> deeds) {
        var expected = new TreeMap<String, String>();
        names.stream()
                .map(visits::get)
                .filter(visit -> visit.queue() != null)
                .forEach(visit -> expected.put(visit.from(), visit.queue()));
        var seen = new TreeMap<String, String>();
        long end = System.nanoTime() + PROMPTS.toNanos();
        while (!seen.equals(expected) && System.nanoTime() < end) {
            LockSupport.parkNanos(200_000_000);
            seen.clear();
            for (var queue : QUEUES) {
                clinic.get("/queues/" + queue + "/calls")
                        .path("items")
                        .forEach(call -> seen.put(call.path("number").asText(), queue));
            }
            seen.keySet().retainAll(expected.keySet());
        }
        names.stream()
                .filter(name -> visits.get(name).deeds() instanceof Insisting)
                .forEach(name -> ((Insisting) visits.get(name).deeds()).enough = true);
        assertEquals(expected, seen, () -> "of " + routes + " " + deeds.keySet());
    }

    private static void hangUp(Map<String, Call> calls) {
        calls.values().forEach(Call::close);
    }

    private String reason(Clinic clinic, String name) {
        var from = visits.get(name).from();
        return Talk.record(clinic, from, found -> found.hasNonNull("endReason"))
                .path("endReason")
                .path("reason")
                .asText();
    }

    private String queue(Clinic clinic, String name) {
        var from = visits.get(name).from();
        return Talk.record(clinic, from, found -> found.hasNonNull("queue")).path("queue").asText();
    }

    private void add(String name, String flow, String from, String queue, Consumer<Call> deeds) {
        routes.put(from, flow);
        visits.put(name, new Visit(from, deeds, queue));
    }

    private static void isRefused(Call call) {
        assertTrue(call.awaitFinal(SOON), () -> "no final answer: " + call.statuses());
        assertFalse(call.isAnswered(), () -> call.statuses().toString());
    }

    /** Presses when something is heard; a pause between groups, so that each is one answer. */
    private static Consumer<Call> keys(String... groups) {
        return call -> {
            Talk.hearsGreeting(call);
            call.audio().press(groups[0]);
            for (var group : List.of(groups).subList(1, groups.length)) {
                assertTrue(call.hearing().listen(Duration.ofSeconds(2)), "the call went silent");
                call.audio().press(group);
            }
        };
    }

    private static Consumer<Call> ends(Consumer<Call> first) {
        return call -> {
            first.accept(call);
            assertTrue(call.awaitEnded(PROMPTS), "the flow does not come to its end");
        };
    }

    private static Consumer<Call> insists(String key) {
        return new Insisting(key);
    }

    /**
     * Presses a key every two seconds, until it is enough: who cannot cut an announcement short.
     */
    private static final class Insisting implements Consumer<Call> {

        private final String key;
        private volatile boolean enough;

        Insisting(String key) {
            this.key = key;
        }

        @Override
        public void accept(Call call) {
            Talk.hearsGreeting(call);
            while (!enough && call.hearing().listen(Duration.ofSeconds(2))) {
                call.audio().press(key);
            }
        }
    }
}
