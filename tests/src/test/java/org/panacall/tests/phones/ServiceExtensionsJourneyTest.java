// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.phones;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.AGENT_HZ;
import static org.panacall.tests.journeys.Talk.OTHER_AGENT_HZ;
import static org.panacall.tests.journeys.Talk.OTHER_PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.journeys.ClinicExtension;
import org.panacall.tests.journeys.Talk;
import org.panacall.tests.ua.Call;
import org.panacall.tests.ua.Dialling;
import org.panacall.tests.ua.Hearing;
import org.panacall.tests.ua.UserAgent;

/** Internal numbers that lead to flows: conference rooms, and the manager of contacts. */
@ExtendWith(ClinicExtension.class)
class ServiceExtensionsJourneyTest {

    private static final String ROOM = "704";

    private static Call join(UserAgent phone) {
        var call = phone.dial(ROOM, Dialling.plain());
        assertTrue(call.awaitAnswered(SOON), () -> "not answered: " + call.statuses());
        return call;
    }

    /** Each of two others is about half of what is heard, and oneself is none of it. */
    private static void hears(Call call, UserAgent self, List<UserAgent> others) {
        assertTrue(
                call.hearing()
                        .await(
                                ears ->
                                        others.stream().allMatch(one -> share(ears, one) > 0.3)
                                                && share(ears, self) < 0.1,
                                SOON),
                () -> "the others are not heard by " + self.toneHz() + " Hz");
    }

    private static double share(Hearing ears, UserAgent speaker) {
        return ears.share(speaker.toneHz(), Duration.ofMillis(200));
    }

    @Test
    void threeWhoDialTheSameRoomHearEachOtherAndNotThemselves(Clinic clinic) {
        // Given
        var one = Talk.readyPhone(clinic, "107", AGENT_HZ);
        var two = Talk.readyPhone(clinic, "108", OTHER_AGENT_HZ);
        var three = Talk.readyPhone(clinic, "109", OTHER_PATIENT_HZ);
        // When
        var first = join(one);
        assertTrue(first.hearing().await(ears -> ears.hearsAnything(), SOON), "no music alone");
        var second = join(two);
        var third = join(three);
        // Then
        hears(first, one, List.of(two, three));
        hears(second, two, List.of(one, three));
        hears(third, three, List.of(one, two));
        third.hangUp();
        assertTrue(
                first.hearing()
                        .await(
                                ears -> ears.hears(two.toneHz()) && !ears.hears(three.toneHz()),
                                SOON),
                "the room does not go on");
        second.audio().press("#");
        assertTrue(second.awaitEnded(SOON), "the key does not lead out of the room");
        first.hangUp();
    }

    @Test
    void whoHasNoManagerComesFrom6100ToTheRegistry(Clinic clinic) {
        // Given
        var agent = Talk.readyPhone(clinic, "104", AGENT_HZ);
        var phone = Talk.readyPhone(clinic, "110", OTHER_AGENT_HZ);
        // When
        var call = phone.dial("6100", Dialling.plain());
        var ringing = Talk.rings(agent, Duration.ofSeconds(20));
        ringing.answer();
        // Then
        Talk.talk(call, phone, ringing, agent, Duration.ofMillis(200));
        Talk.hangUpEnds(call, ringing);
    }
}
