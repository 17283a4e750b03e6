// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.editing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.AGENT_HZ;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.journeys.ClinicExtension;
import org.panacall.tests.journeys.Talk;
import org.panacall.tests.ua.Dialling;
import org.panacall.tests.ua.UserAgent;

/** A queue whose talks are recorded: who heard the notice is, and who did not is not. */
@ExtendWith(ClinicExtension.class)
class TalkRecordingJourneyTest {

    private static final String BY_FLOW = "74950000103";
    private static final String WITHOUT_FLOW = "74950000101";
    private static final Duration PUBLICATION = Duration.ofSeconds(20);
    private static final Duration RING = Duration.ofSeconds(20);
    private static final int HEADER = 44;
    private static final int RATE = 8_000;

    private static final String NOTICE =
            """
            {"id": "closed", "name": "Notice", "entry": "notice", "fallbackQueue": "registry",
             "steps": [
              {"id": "notice", "recordingNotice": {"prompts": [{"text": "Идёт запись"}]},
               "exits": {"done": "queue", "failed": "queue"}},
              {"id": "queue", "queue": {"id": "registry"}}]}
            """;

    @AfterEach
    void asItWas(Clinic clinic) {
        clinic.change("PATCH", "/queues/registry", "{\"talkRecording\":null}", 200);
        clinic.discard("/flows/closed/draft");
        clinic.post("/flows/closed/roll-back", "{\"version\":1}", 200);
    }

    private static void publish(Clinic clinic) {
        var draft = clinic.change("PUT", "/flows/closed/draft", NOTICE, 200);
        assertTrue(draft.path("mistakes").isEmpty(), draft::toString);
        clinic.post("/flows/closed/publish", "{}", 200);
        long end = System.nanoTime() + PUBLICATION.toNanos();
        while (!clinic.post("/flows/closed/simulate", "{}", 200).toString().contains("notice")) {
            assertTrue(System.nanoTime() < end, "ivr goes on with the old flow");
            LockSupport.parkNanos(50_000_000);
        }
    }

    /** A patient talks with an agent for a second; his call's record. */
    private static JsonNode talk(Clinic clinic, UserAgent phone, String dialled) {
        var number = Talk.freshNumber();
        Talk.awaitState(clinic, "104", "ready");
        var patient = clinic.patient(number, PATIENT_HZ);
        var call = patient.dial(dialled, Dialling.plain());
        var ringing = Talk.rings(phone, RING);
        ringing.answer();
        Talk.talk(call, patient, ringing, phone, Duration.ofSeconds(1));
        Talk.hangUpEnds(call, ringing);
        return Talk.record(
                clinic,
                number,
                found -> !found.path("talkRecordings").isEmpty() && found.hasNonNull("queue"),
                SOON);
    }

    @Test
    void whoHasHeardTheNoticeIsRecordedAndWhoHasNotIsNot(Clinic clinic) {
        // Given
        publish(clinic);
        var rule = "{\"talkRecording\":{\"recorded\":true}}";
        clinic.change("PATCH", "/queues/registry", rule, 200);
        var phone = Talk.readyPhone(clinic, "104", AGENT_HZ);

        // When
        var noticed = talk(clinic, phone, BY_FLOW);
        var unaware = talk(clinic, phone, WITHOUT_FLOW);

        // Then
        assertTrue(noticed.path("recordingNotice").hasNonNull("playedAt"), noticed::toString);
        var decided = noticed.path("talkRecordings").get(0);
        assertEquals("recorded", decided.path("outcome").asText());
        var at = "/recordings/" + decided.path("recording").asText();
        var recording = kept(clinic, at, noticed);
        isOfBoth(clinic.download(at + "/audio"), recording);

        assertFalse(unaware.hasNonNull("recordingNotice"), unaware::toString);
        assertEquals(1, unaware.path("talkRecordings").size());
        var refused = unaware.path("talkRecordings").get(0);
        assertEquals("no-notice", refused.path("outcome").asText());
        assertFalse(refused.hasNonNull("recording"));
        assertTrue(unaware.path("answered").asBoolean());
        assertEquals("caller-hung-up", unaware.path("endReason").path("reason").asText());
        var none = clinic.get("/recordings?call=" + unaware.path("id").asText());
        assertTrue(none.path("items").isEmpty(), none::toString);
    }

    /** The recording, once media has delivered it. */
    private static JsonNode kept(Clinic clinic, String at, JsonNode record) {
        var path = "/recordings?kind=call&call=" + record.path("id").asText();
        var found = clinic.await(path, page -> page.path("items").size() == 1, SOON);
        assertTrue(found.isPresent(), () -> "not kept: " + clinic.get(path));
        var recording = found.orElseThrow().path("items").get(0);
        assertEquals(at, "/recordings/" + recording.path("id").asText());
        assertEquals("registry", recording.path("mailbox").asText());
        assertEquals("104", recording.path("agent").asText());
        assertEquals(record.path("from").asText(), recording.path("from").asText());
        return recording;
    }

    /** The patient's tone is on the left channel, the agent's on the right. */
    private static void isOfBoth(byte[] wave, JsonNode recording) {
        long millis = Duration.parse(recording.path("length").asText()).toMillis();
        assertTrue(millis > 1_000, () -> "kept " + millis + " ms");
        var samples = ByteBuffer.wrap(wave).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(2, samples.getShort(22), "channels");
        int all = (wave.length - HEADER) / 4;
        var shares = new double[4];
        for (int i = 0; i < 4; i++) {
            int hz = i % 2 == 0 ? PATIENT_HZ : AGENT_HZ;
            shares[i] = share(samples, all / 2 - RATE / 4, i / 2, hz);
        }
        assertTrue(shares[0] > 0.8 && shares[1] < 0.1, () -> "left " + shares[0]);
        assertTrue(shares[3] > 0.8 && shares[2] < 0.1, () -> "right " + shares[3]);
    }

    /** Share of a tone in the power of half a second of a channel (Goertzel). */
    private static double share(ByteBuffer samples, int from, int channel, int hz) {
        double factor = 2 * Math.cos(2 * Math.PI * hz / RATE);
        double before = 0;
        double last = 0;
        double power = 0;
        int count = RATE / 2;
        for (int i = 0; i < count; i++) {
            double sample = samples.getShort(HEADER + 4 * (from + i) + 2 * channel);
            double next = sample + factor * last - before;
            before = last;
            last = next;
            power += sample * sample;
        }
        double tone = last * last + before * before - factor * last * before;
        return power == 0 ? 0 : 2 * tone / count / power;
    }
}
