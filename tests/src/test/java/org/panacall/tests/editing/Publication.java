// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.editing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.ua.Call;
import org.panacall.tests.ua.Dialling;
import org.panacall.tests.ua.UserAgent;

/** Until services go by what was written: some milliseconds, a second after directory's death. */
final class Publication {

    /** Twice what is promised: the machine that tests has more to do. */
    static final Duration BOUND = Duration.ofSeconds(2);

    private static final long LOOK_NANOS = 20_000_000;

    private Publication() {}

    /** ivr takes callers of that number through a flow that ends for that reason, or there. */
    static void isInIvr(Clinic clinic, String flow, String caller, String end) {
        long until = System.nanoTime() + BOUND.toNanos();
        var call = "{\"caller\":\"%s\"}".formatted(caller);
        var told = clinic.post("/flows/" + flow + "/simulate", call, 200).path("end");
        while (!told.path("reason").asText().equals(end)
                && !told.path("target").asText().equals(end)) {
            var last = told;
            assertTrue(System.nanoTime() < until, () -> "ivr goes on with the old one: " + last);
            LockSupport.parkNanos(LOOK_NANOS);
            told = clinic.post("/flows/" + flow + "/simulate", call, 200).path("end");
        }
    }

    /** A call to an extension that was written a moment ago; asks again while it is not there. */
    static Call dialled(UserAgent phone, String extension) {
        long end = System.nanoTime() + BOUND.toNanos();
        while (true) {
            var call = phone.dial(extension, Dialling.plain());
            while (!call.isAnswered() && !call.statuses().contains(404)) {
                assertTrue(System.nanoTime() < end, () -> "no answer: " + call.statuses());
                LockSupport.parkNanos(LOOK_NANOS);
            }
            if (call.isAnswered()) {
                return call;
            }
            call.close();
            assertTrue(System.nanoTime() < end, () -> extension + " is still not there");
        }
    }
}
