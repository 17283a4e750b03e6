// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.panacall.sipingress.core.command.IngressCommand;

/** A service that takes requests and says nothing. */
@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class HungServiceTest {

    private static final String OFFER =
            String.join(
                    "\r\n",
                    "v=0",
                    "o=party 1 1 IN IP4 127.0.0.2",
                    "s=-",
                    "c=IN IP4 127.0.0.2",
                    "t=0 0",
                    "m=audio 40000 RTP/AVP 0 8",
                    "");

    @Inject SipIngressApp app;
    @Inject IngressShard shard;
    @Inject MeterRegistry registry;

    @BeforeEach
    void ready() throws Exception {
        Neighbours.parties.talkTo(app.sipAddress());
        while (!shard.ask(core -> core.takesCalls()).get(10, TimeUnit.SECONDS)) Thread.onSpinWait();
        hangUp();
        Neighbours.forget();
    }

    @AfterEach
    void answerAgain() throws Exception {
        Neighbours.ivrHangs(false);
        hangUp();
    }

    private void hangUp() throws Exception {
        shard.send(new IngressCommand.HangUpAll());
        while (shard.ask(core -> core.calls()).get(10, TimeUnit.SECONDS) > 0) Thread.onSpinWait();
    }

    private static void callersReachTheQueue(int callers) throws InterruptedException {
        for (int i = 0; i < callers; i++) Neighbours.parties.ring("74950000100", OFFER);
        for (int i = 0; i < callers; i++) {
            assertNotNull(Neighbours.QUEUED.poll(20, TimeUnit.SECONDS), "a caller was lost");
        }
    }

    private double hanging() {
        return registry.get("controllers.hanging").tag("service", "ivr").gauge().value();
    }

    @Test
    @Timeout(90)
    void anIvrThatHangsIsPassedOverSoonAndAskedAgainWhenItAnswers() throws Exception {
        // Given
        Neighbours.ivrHangs(true);
        callersReachTheQueue(3);
        assertEquals(1, hanging());
        Neighbours.UNHEARD.set(0);
        // When
        long begun = System.nanoTime();
        callersReachTheQueue(10);
        // Then: one of them a second may have been the one that tried it.
        long seconds = 1 + Duration.ofNanos(System.nanoTime() - begun).toSeconds();
        assertTrue(Neighbours.UNHEARD.get() <= seconds, "callers waited for nothing");
        // Nobody answers them here: together with others they would fill the admission window.
        hangUp();
        Neighbours.ivrHangs(false);
        while (hanging() > 0) {
            Neighbours.parties.ring("74950000100", OFFER);
            Neighbours.RUNS.poll(500, TimeUnit.MILLISECONDS);
            hangUp();
        }
        Neighbours.RUNS.clear();
        Neighbours.parties.ring("74950000100", OFFER);
        assertNotNull(Neighbours.RUNS.poll(10, TimeUnit.SECONDS), "ivr is not asked any more");
    }
}
