// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.AGENT_HZ;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.journeys.ClinicExtension;
import org.panacall.tests.journeys.Talk;
import org.panacall.tests.ua.Audio;
import org.panacall.tests.ua.Dialling;
import org.panacall.tests.ua.UserAgent;
import org.panacall.tests.ua.UserAgent.Habit;

/** Somebody on the network who is neither carrier nor of the clinic gets nowhere. */
@ExtendWith(ClinicExtension.class)
class StrangerTest {

    private static final int STRANGER_HZ = 2_100;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Test
    void anUnauthenticatedInviteReachesNeitherCarrierNorPhone(Clinic clinic) {
        // Given
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        var carrier = clinic.carrier(PATIENT_HZ);
        var stranger = clinic.stranger(STRANGER_HZ);
        var targets =
                List.of(
                        "sip:103@panacall.test",
                        "sip:+79161234567@panacall.test",
                        "sip:103@127.0.0.1:" + phone.port(),
                        "sip:+79161234567@127.0.0.2:" + carrier.port());
        var routes =
                List.of(
                        "",
                        "Route: <sip:127.0.0.2:" + carrier.port() + ";lr>\r\n",
                        "Route: <sip:127.0.0.1:" + phone.port() + ";lr>\r\n",
                        ("Route: <sip:127.0.0.1:%d;lr>\r\nRoute: <sip:127.0.0.2:%d;lr>\r\n")
                                .formatted(clinic.edge().getPort(), carrier.port()));
        // When
        var answers = new ArrayList<Integer>();
        for (var target : targets) {
            for (var route : routes) {
                for (var tag : List.of("", ";tag=guessed")) {
                    var invite = invite(stranger, target, route, tag);
                    stranger.sendRaw(invite, Duration.ofMillis(300)).ifPresent(answers::add);
                }
            }
        }
        // Then
        assertFalse(answers.isEmpty());
        assertTrue(answers.stream().allMatch(status -> status >= 400), answers::toString);
        assertTrue(phone.awaitCall(PATIENCE).isEmpty(), "the phone was reached");
        assertTrue(carrier.awaitCall(Duration.ZERO).isEmpty(), "the carrier was reached");
    }

    @Test
    void rtpOfAStrangerIsNotHeardAndGetsNothingBack(Clinic clinic) throws Exception {
        // Given
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        phone.setHabit(Habit.ANSWER);
        var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        var call = patient.dial("74950000101", Dialling.plain());
        var answered = Talk.rings(phone, SOON);
        Talk.talk(call, patient, answered, phone, Duration.ofSeconds(1));
        var ports = new ArrayList<Integer>(clinic.mediaPorts());
        ports.add(call.audio().remote().getPort());
        ports.add(answered.audio().remote().getPort());
        try (var stranger = new Audio(InetAddress.getByName("127.0.0.9"), STRANGER_HZ)) {
            // When
            for (int port : ports) {
                var target = new InetSocketAddress("127.0.0.1", port);
                stranger.sendTo(target, Audio.Codec.PCMA, 101);
                assertTrue(stranger.awaitSent(3, SOON));
            }
            for (int port : List.of(ports.getLast(), ports.get(ports.size() - 2))) {
                var target = new InetSocketAddress("127.0.0.1", port);
                stranger.sendTo(target, Audio.Codec.PCMA, 101);
                assertTrue(stranger.awaitSent(50, SOON));
                assertFalse(call.hearing().hears(STRANGER_HZ));
                assertFalse(answered.hearing().hears(STRANGER_HZ));
            }
            // Then
            Talk.talk(call, patient, answered, phone, Duration.ofSeconds(1));
            assertEquals(0, stranger.hearing().packets() + stranger.hearing().strangers());
        }
    }

    private static String invite(UserAgent from, String target, String route, String tag) {
        var id = Long.toHexString(System.nanoTime());
        return ("INVITE %s SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.9:%d;rport;branch=z9hG4bK%s\r\n"
                        + "%sMax-Forwards: 70\r\nFrom: <sip:x@panacall.test>;tag=%s\r\n"
                        + "To: <%s>%s\r\nCall-ID: %s\r\nCSeq: 1 INVITE\r\n"
                        + "Contact: <sip:x@127.0.0.9:%d>\r\n\r\n")
                .formatted(target, from.port(), id, route, id, target, tag, id, from.port());
    }
}
