// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.AGENT_HZ;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.launcher.plan.Service;
import org.panacall.simkit.Dice;
import org.panacall.simkit.Eventually;
import org.panacall.simkit.hostile.RtpNoise;
import org.panacall.simkit.hostile.SipMutator;
import org.panacall.simkit.hostile.SipSamples;
import org.panacall.simkit.hostile.TortureMessage;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.journeys.ClinicExtension;
import org.panacall.tests.journeys.Talk;
import org.panacall.tests.ua.Dialling;
import org.panacall.tests.ua.UserAgent.Habit;

/**
 * Broken messages and packets on the wire of a running platform: what is answered is allowed, good
 * calls succeed meanwhile, and nothing is left. {@code -Dfuzz.seed=n -Dfuzz.count=n} for others and
 * more.
 */
@ExtendWith(ClinicExtension.class)
class HostileJourneyTest {

    private static final long SEED = Long.getLong("fuzz.seed", 4475);
    private static final int COUNT = Integer.getInteger("fuzz.count", 300);
    private static final int PER_ROUND = 100;
    private static final Duration SILENCE = Duration.ofMillis(300);

    /** 64*T1 without an ACK, as long without an answer to our BYE. */
    private static final Duration OVER = Duration.ofSeconds(80);

    private static final String CARRIER = "127.0.0.2";
    private static final String STRANGER = "127.0.0.9";
    private static final String SOURCE = "X-Panacall-Source: carrier;name=demo\r\n";

    @Test
    void theEdgeAnswersTheCasesOfRfc4475And5118AsTheirSectionsAllow(Clinic clinic) {
        assertAllowed(clinic, "edge", CARRIER, clinic.edge());
    }

    @Test
    void sipIngressAnswersTheCasesOfRfc4475And5118AsTheirSectionsAllow(Clinic clinic) {
        assertAllowed(clinic, "core", "127.0.0.1", ingress(clinic));
    }

    /** Each group of cases, then a good call; in the end nothing is left. */
    private static void assertAllowed(
            Clinic clinic, String who, String from, InetSocketAddress target) {
        var wrong = new ArrayList<String>();
        var group = "";
        for (var message : TortureMessage.all()) {
            var ofMessage = message.section().substring(0, 3);
            if (!group.equals(ofMessage) && !group.isEmpty()) aGoodCallSucceeds(clinic);
            group = ofMessage;
            var outcome = outcome(message, clinic, from, target, who.equals("core"));
            if (outcome.size() != 1 || !message.allows(who, outcome.iterator().next())) {
                wrong.add(message + ": " + outcome);
            }
        }
        assertEquals(List.of(), wrong);
        aGoodCallSucceeds(clinic);
        assertNothingIsLeft(clinic);
    }

    private static Set<String> outcome(
            TortureMessage message,
            Clinic clinic,
            String from,
            InetSocketAddress target,
            boolean behindEdge) {
        try (var party = new HostileParty(from, target)) {
            var places =
                    Map.of(
                            "domain",
                            Clinic.SIP_DOMAIN,
                            "echo",
                            "+" + Clinic.ECHO_NUMBER,
                            "host",
                            party.host(),
                            "via",
                            party.host() + ":" + party.port(),
                            "edge",
                            "127.0.0.1:" + clinic.edge().getPort(),
                            "id",
                            Long.toHexString(System.nanoTime()));
            var bytes = message.bytes(places);
            party.send(behindEdge ? withSource(bytes) : bytes);
            boolean silent = message.allows(behindEdge ? "core" : "edge", TortureMessage.SILENCE);
            var outcome = new LinkedHashSet<String>();
            outcome.add(party.answer(silent ? SILENCE : SOON).orElse(TortureMessage.SILENCE));
            return outcome;
        }
    }

    /** As the edge adds it: below the other headers. */
    private static byte[] withSource(byte[] message) {
        var text = new String(message, java.nio.charset.StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) return message;
        return (text.substring(0, end + 2) + SOURCE + text.substring(end + 2))
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /** From a carrier, from a stranger, and as if it had passed the edge. */
    @Test
    void goodCallsSucceedAmongBrokenMessagesAndNothingIsLeft(Clinic clinic) {
        var behindEdge = SOURCE.replace("\r", "");
        try (var carrier = new HostileParty(CARRIER, clinic.edge());
                var stranger = new HostileParty(STRANGER, clinic.edge());
                var inside = new HostileParty("127.0.0.1", ingress(clinic))) {
            fuzz(clinic, SEED, carrier, "");
            fuzz(clinic, SEED + 1, stranger, "");
            fuzz(clinic, SEED + 2, inside, behindEdge);
            assertNothingIsLeft(clinic);
        }
    }

    private static void fuzz(Clinic clinic, long seed, HostileParty party, String headers) {
        var dice = new Dice(seed);
        var samples = new SipSamples(Clinic.SIP_DOMAIN, party.host(), party.port(), headers);
        var run = Long.toHexString(System.nanoTime());
        var mutator = new SipMutator(dice);
        for (int i = 1; i <= COUNT; i++) {
            party.send(mutator.mutate(samples.next(dice, run + i)));
            if (i % PER_ROUND == 0) {
                aGoodCallSucceeds(clinic);
                mutator = new SipMutator(dice);
            }
        }
    }

    @Test
    void aTalkStaysCleanUnderBrokenRtpAndRtcp(Clinic clinic) throws IOException {
        // Given
        var figures = new Figures(clinic.webPort() - 8080);
        double faults = figures.sum(Service.MEDIA, "panacall_media_faults_total");
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        phone.setHabit(Habit.ANSWER);
        var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        var call = patient.dial("74950000101", Dialling.plain());
        var answered = Talk.rings(phone, SOON);
        Talk.talk(call, patient, answered, phone, Duration.ofSeconds(1));
        var ports = new ArrayList<Integer>(clinic.mediaPorts());
        for (var audio : List.of(call.audio(), answered.audio())) {
            ports.add(audio.remote().getPort());
            ports.add(audio.remote().getPort() + 1);
        }
        // What came before their side was known is no stranger's.
        long before = call.hearing().strangers() + answered.hearing().strangers();
        // When
        var noise = new RtpNoise(new Dice(SEED));
        try (var nearby = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
                var stranger = new DatagramSocket(0, InetAddress.getByName(STRANGER))) {
            for (int i = 0; i < COUNT; i++) {
                for (int port : ports) {
                    var packet = noise.next();
                    var to = new InetSocketAddress("127.0.0.1", port);
                    (i % 2 == 0 ? nearby : stranger)
                            .send(new DatagramPacket(packet, packet.length, to));
                }
            }
        }
        // Then
        Talk.talk(call, patient, answered, phone, Duration.ofSeconds(1));
        assertEquals(before, call.hearing().strangers() + answered.hearing().strangers());
        assertEquals(faults, figures.sum(Service.MEDIA, "panacall_media_faults_total"));
        assertFalse(call.isEnded() || answered.isEnded());
    }

    private static InetSocketAddress ingress(Clinic clinic) {
        return new InetSocketAddress("127.0.0.1", 5090 + clinic.webPort() - 8080);
    }

    private static void aGoodCallSucceeds(Clinic clinic) {
        var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        var call = patient.dial(Clinic.ECHO_NUMBER, Dialling.plain());
        assertTrue(call.awaitAnswered(SOON), () -> call.statuses().toString());
        Talk.hears(call, PATIENT_HZ);
        call.hangUp();
    }

    private static void assertNothingIsLeft(Clinic clinic) {
        var figures = new Figures(clinic.webPort() - 8080);
        for (var name : List.of("calls_live", "legs_live", "setups_in_flight")) {
            Eventually.isTrue(name, OVER, () -> figures.sum(Service.SIP_INGRESS, name) == 0);
        }
        Eventually.isTrue(
                "legs of media",
                OVER,
                () -> figures.sum(Service.MEDIA, "panacall_media_legs") == 0);
        Eventually.isTrue("rtpengine", OVER, () -> figures.relayedSessions() == 0);
    }
}
