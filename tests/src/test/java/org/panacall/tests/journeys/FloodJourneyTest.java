// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import java.util.ArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.ua.Call;
import org.panacall.tests.ua.Dialling;
import org.panacall.tests.ua.UserAgent;

/** A small flood, however fast the machine: everybody is told something, and talks go on. */
@ExtendWith(ClinicExtension.class)
class FloodJourneyTest {

    private static final String ECHO = "74950000199";
    private static final int CALLS = 100;
    private static final long PAUSE_NANOS = 20_000_000;

    @Test
    void everyInviteOfAFloodIsAnsweredAndEveryByeToo(Clinic clinic) {
        // Given
        var before = answered(clinic.patient(Talk.freshNumber(), PATIENT_HZ));
        var crowd = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        // When
        var calls = new ArrayList<Call>();
        for (int i = 0; i < CALLS; i++) calls.add(crowd.dial(ECHO, Dialling.plain()));
        for (var call : calls) {
            await(() -> call.isEnded() || call.statuses().contains(200), "no final answer");
        }
        var served = calls.stream().filter(call -> !call.isEnded()).toList();
        served.forEach(Call::hangUp);
        // Then
        assertFalse(served.isEmpty(), "nobody was served");
        for (var call : calls) {
            assertTrue(served.contains(call) || call.statuses().contains(503));
        }
        await(() -> count(crowd, "< 200 BYE") >= served.size(), "a BYE without 200");
        assertEquals(0, count(crowd, "< [3-6][0-9][0-9] BYE"), "a BYE was refused");
        before.hangUp();
        answered(clinic.patient(Talk.freshNumber(), PATIENT_HZ)).hangUp();
    }

    private static Call answered(UserAgent patient) {
        var call = patient.dial(ECHO, Dialling.plain());
        assertTrue(call.awaitAnswered(SOON), () -> "not answered: " + call.statuses());
        assertFalse(call.isEnded());
        return call;
    }

    private static long count(UserAgent agent, String step) {
        return agent.ladder().stream().filter(line -> line.matches(step)).count();
    }

    private static void await(BooleanSupplier condition, String otherwise) {
        long end = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - end < 0, otherwise);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
