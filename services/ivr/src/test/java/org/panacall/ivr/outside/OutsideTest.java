// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.IvrCommand;
import org.panacall.ivr.core.IvrCommand.NoteOutcome;
import org.panacall.ivr.core.IvrEffect;
import org.panacall.ivr.core.id.CallId;
import org.panacall.ivr.core.id.LegId;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.id.TenantId;
import org.panacall.ivr.core.outside.Errand;
import org.panacall.ivr.core.outside.Question;

class OutsideTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LinkedBlockingQueue<IvrCommand> told = new LinkedBlockingQueue<>();
    private final Outside outside =
            new Outside(
                    OutsideSettings.of(
                            Map.of(
                                    "ivr.outside.pending", "3",
                                    "ivr.outside.tenant-pending", "2")),
                    registry);

    private record Known() implements Errand {
        @Override
        public String word() {
            return "known";
        }
    }

    private void ask(String tenant, long number, Errand errand) {
        var caller =
                new Caller(
                        new CallId("call_1"),
                        new LegId("leg_1"),
                        new TenantId(tenant),
                        new Caller.Numbers("+79160000001", "+74950000100"),
                        new Caller.Origin("run_1", "127.0.0.1:9010", ""));
        var question =
                new Question(
                        new StepId("ask"),
                        errand,
                        Collections.emptySortedMap(),
                        "run_1_ask_1",
                        Duration.ofSeconds(1));
        outside.ask(new IvrEffect.Ask(caller, number, question), told::add);
    }

    private NoteOutcome next() throws InterruptedException {
        return (NoteOutcome) told.poll(10, TimeUnit.SECONDS);
    }

    private double failed(String reason) {
        return registry.counter("ivr.outside.failed", "errand", "known", "reason", reason).count();
    }

    @Test
    void anAnswererIsFoundByTheErrand() throws InterruptedException {
        // Given
        outside.with(
                Known.class,
                (_, question, _) -> {
                    var values = new TreeMap<String, String>();
                    values.put("key", question.key());
                    return Answer.done(values);
                });

        // When
        ask("clinic", 7, new Known());

        // Then
        var outcome = next();
        assertEquals(7, outcome.effect());
        assertEquals("done", outcome.outcome().exit());
        assertEquals("run_1_ask_1", outcome.outcome().values().get("key"));
        assertEquals(1, registry.counter("ivr.outside.asked", "errand", "known").count());
    }

    @Test
    void whatNobodyDoesAndWhatBreaksFails() throws InterruptedException {
        // Given
        outside.with(
                Known.class,
                (_, _, _) -> {
                    throw new IllegalStateException("broken");
                });

        // When
        ask("clinic", 1, new Known());
        assertEquals("failed", next().outcome().exit());
        ask("clinic", 2, () -> "strange");

        // Then
        assertEquals("failed", next().outcome().exit());
        assertEquals(1, failed("fault"));
    }

    @Test
    void onlySoManyAreDoneAtOnceAndOneMoreFailsAtOnce() throws InterruptedException {
        // Given
        var open = new CountDownLatch(1);
        outside.with(
                Known.class,
                (_, _, _) -> {
                    try {
                        open.await();
                    } catch (InterruptedException stop) {
                        Thread.currentThread().interrupt();
                    }
                    return Answer.done(new TreeMap<>());
                });
        ask("clinic", 1, new Known());
        ask("clinic", 2, new Known());

        // When
        ask("clinic", 3, new Known());
        ask("other", 4, new Known());
        ask("third", 5, new Known());

        // Then
        assertEquals(3, next().effect());
        assertEquals(5, next().effect());
        assertEquals(2, failed("busy"));
        open.countDown();
        for (int left = 3; left > 0; left--) {
            assertEquals("done", next().outcome().exit());
        }
        assertTrue(told.isEmpty());
    }
}
