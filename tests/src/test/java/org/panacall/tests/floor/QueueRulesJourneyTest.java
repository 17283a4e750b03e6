// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.floor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.AGENT_HZ;
import static org.panacall.tests.journeys.Talk.OTHER_AGENT_HZ;
import static org.panacall.tests.journeys.Talk.OTHER_PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.editing.Messages;
import org.panacall.tests.journeys.ClinicExtension;
import org.panacall.tests.journeys.Talk;
import org.panacall.tests.ua.Call;
import org.panacall.tests.ua.Dialling;

/** Callers whom a queue does not keep, and those whom it serves before others. */
@ExtendWith(ClinicExtension.class)
class QueueRulesJourneyTest {

    private static final Duration MESSAGE = Duration.ofSeconds(20);
    private static final String TO_OTHER = "\"then\":[{\"queueId\":\"rules-other\"}]";
    private static final String TELL = "\"then\":[{\"announcement\":{\"promptId\":\"closed\"}}]";

    private Changes changes;

    @BeforeEach
    void remember(Clinic clinic) {
        changes = new Changes(clinic);
    }

    @AfterEach
    void changeBack() {
        changes.close();
    }

    @Test
    void aFullQueueSendsTheNextCallerToTheOther(Clinic clinic) {
        // Given
        changes.queue("rules-other", "682", ",\"agentExtensions\":[\"104\"]");
        changes.queue("rules", "681", ",\"capacity\":1" + atEntry("full", TO_OTHER));
        var phone = Talk.readyPhone(clinic, "104", AGENT_HZ);
        var first = Changes.waits(clinic, "201", "rules", "681", PATIENT_HZ);
        // When
        var second = Changes.call(clinic, "202", "681", OTHER_PATIENT_HZ);
        // Then
        var ringing = Talk.rings(phone, SOON);
        ringing.answer();
        Talk.hears(second, AGENT_HZ);
        Talk.hears(ringing, OTHER_PATIENT_HZ);
        Changes.waiting(clinic, "rules", 1);
        Talk.hangUpEnds(second, ringing);
        first.hangUp();
    }

    @Test
    void whomAFullQueueCannotKeepIsToldSo(Clinic clinic) {
        // Given
        changes.queue("rules", "681", ",\"capacity\":1" + atEntry("full", TELL));
        var first = Changes.waits(clinic, "201", "rules", "681", PATIENT_HZ);
        // When
        var second = Changes.call(clinic, "202", "681", OTHER_PATIENT_HZ);
        // Then
        isTold(second);
        Changes.waiting(clinic, "rules", 1);
        first.hangUp();
    }

    @Test
    void whomAQueueCannotKeepMayLeaveAMessageForIt(Clinic clinic) {
        // Given
        changes.queue("rules", "681", atEntry("nobody-signed-in", "\"then\":[{\"voicemail\":{}}]"));
        // When
        var call = Changes.call(clinic, "201", "681", PATIENT_HZ);
        Messages.leaves(call);
        // Then
        Messages.isThanked(call);
        Messages.isFor(clinic, "rules", "201");
        assertTrue(call.awaitEnded(SOON), "is kept on the line");
    }

    @Test
    void aClosedQueueSaysSoThoughSomebodyIsThere(Clinic clinic) {
        // Given
        changes.clinic(
                "{\"calendars\":[{\"calendarId\":\"never\",\"name\":\"Never\"}]}",
                "{\"calendars\":null}");
        changes.queue(
                "rules",
                "681",
                ",\"agentExtensions\":[\"103\"],\"calendarId\":\"never\""
                        + atEntry("closed", TELL));
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        // When
        var call = Changes.call(clinic, "201", "681", PATIENT_HZ);
        // Then
        isTold(call);
        Talk.neverRang(phone);
    }

    @Test
    void whenAllAgentsAreAwayTheOtherQueueHasTheCall(Clinic clinic) {
        // Given
        changes.queue("rules-other", "682", ",\"agentExtensions\":[\"104\"]");
        changes.queue(
                "rules",
                "681",
                ",\"agentExtensions\":[\"103\"]" + atEntry("nobody-ready", TO_OTHER));
        var away = Talk.readyPhone(clinic, "103", OTHER_AGENT_HZ);
        var phone = Talk.readyPhone(clinic, "104", AGENT_HZ);
        Changes.says(clinic, "103", "{\"state\":\"not-ready\",\"reason\":\"lunch\"}");
        var now = Changes.agent(clinic, "103", it -> it.path("state").asText().equals("not-ready"));
        assertEquals("lunch", now.path("reason").asText(), now::toString);
        assertEquals("agent", now.path("cause").asText(), now::toString);
        // When
        var call = Changes.call(clinic, "201", "681", PATIENT_HZ);
        // Then
        var ringing = Talk.rings(phone, SOON);
        ringing.answer();
        Talk.hears(call, AGENT_HZ);
        Talk.neverRang(away);
        Talk.hangUpEnds(call, ringing);
    }

    @Test
    void aVipComesBeforeWhoHasWaitedForLonger(Clinic clinic) {
        // Given
        changes.clinic("{\"categories\":{\"vip\":\"PT10M\"}}", "{\"categories\":null}");
        var normal = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        var vip = clinic.patient(Talk.freshNumber(), OTHER_PATIENT_HZ);
        var normalCall = normal.dial("74950000101", Dialling.plain());
        assertTrue(normalCall.awaitAnswered(SOON));
        Changes.waiting(clinic, "registry", 1);
        // When
        var vipCall = vip.dial("74950000104", Dialling.plain());
        Changes.waiting(clinic, "registry", 2);
        var line = clinic.get("/queues/registry/calls").path("items");
        // Not awaited to be ready: he is rung at once.
        var phone = clinic.phone("103", AGENT_HZ);
        assertEquals(200, phone.register(Talk.EXPIRES));
        // Then
        assertEquals(2, line.size(), line::toString);
        var ringing = Talk.rings(phone, SOON);
        ringing.answer();
        Talk.talk(vipCall, vip, ringing, phone, Duration.ofSeconds(1));
        Talk.hangUpEnds(vipCall, ringing);
        var next = Talk.rings(phone, SOON);
        next.answer();
        Talk.hears(normalCall, AGENT_HZ);
        Talk.hangUpEnds(normalCall, next);
    }

    @Test
    void thePersonalAgentIsRungThoughAnotherHasBeenIdleForLonger(Clinic clinic) {
        // Given
        var other = Talk.readyPhone(clinic, "103", OTHER_AGENT_HZ);
        var own = Talk.readyPhone(clinic, "104", AGENT_HZ);
        var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        // When
        var call = patient.dial("74950000105", Dialling.plain());
        // Then
        var ringing = Talk.rings(own, SOON);
        Talk.neverRang(other);
        ringing.answer();
        Talk.talk(call, patient, ringing, own, Duration.ofSeconds(1));
        Talk.hangUpEnds(call, ringing);
    }

    @Test
    void whenThePersonalAgentTalksForTooLongOthersAreRung(Clinic clinic) {
        // Given
        clinic.change("PATCH", "/queues/registry", "{\"preferredTimeout\":\"PT3S\"}", 200);
        var own = Talk.readyPhone(clinic, "104", OTHER_AGENT_HZ);
        var first = clinic.patient(Talk.freshNumber(), OTHER_PATIENT_HZ);
        var firstCall = first.dial("74950000105", Dialling.plain());
        var talk = Talk.rings(own, SOON);
        talk.answer();
        Talk.hears(firstCall, OTHER_AGENT_HZ);
        var other = Talk.readyPhone(clinic, "103", AGENT_HZ);
        var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        // When
        var call = patient.dial("74950000105", Dialling.plain());
        Changes.waiting(clinic, "registry", 1);
        var began = System.nanoTime();
        // Then
        var ringing = Talk.rings(other, SOON);
        var waited = Duration.ofNanos(System.nanoTime() - began);
        clinic.change("PATCH", "/queues/registry", "{\"preferredTimeout\":null}", 200);
        assertTrue(waited.compareTo(Duration.ofSeconds(2)) > 0, () -> "rang after " + waited);
        ringing.answer();
        Talk.talk(call, patient, ringing, other, Duration.ofSeconds(1));
        Talk.hangUpEnds(call, ringing);
        Talk.hangUpEnds(firstCall, talk);
    }

    private static String atEntry(String when, String then) {
        return ",\"atEntry\":[{\"when\":\"%s\",%s}]".formatted(when, then);
    }

    /** Hears words, and then the call is over. */
    private static void isTold(Call call) {
        assertTrue(call.awaitAnswered(SOON), () -> "not answered: " + call.statuses());
        assertTrue(call.hearing().await(ears -> ears.hearsAnything(), SOON), "nothing is said");
        assertTrue(call.awaitEnded(MESSAGE), "told, and left on the line");
    }
}
