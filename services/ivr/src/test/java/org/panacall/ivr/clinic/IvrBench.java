// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.clinic;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.panacall.engine.Decision;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.Ivr;
import org.panacall.ivr.core.IvrCommand;
import org.panacall.ivr.core.IvrCommand.NoteKeyPressed;
import org.panacall.ivr.core.IvrCommand.NotePlayEnded;
import org.panacall.ivr.core.IvrCommand.StartRun;
import org.panacall.ivr.core.IvrEffect;
import org.panacall.ivr.core.IvrEvent;
import org.panacall.ivr.core.IvrEvent.StepEntered;
import org.panacall.ivr.core.Limits;
import org.panacall.ivr.core.Refusal;
import org.panacall.ivr.core.id.CallId;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.LegId;
import org.panacall.ivr.core.run.Run;

/**
 * The core alone, on one thread: many callers at once in the flow that asks for a contract, in a
 * sub-flow, by expressions, and reads it back. No gRPC, no NATS, no audio. RUNS in the environment.
 */
public final class IvrBench {

    private static final int WARM = 3;
    private static final String CONTRACT = "123456";

    private long[] turns = new long[1 << 16];
    private int count;
    private long steps;
    private final List<IvrEffect> effects = new ArrayList<>();

    private IvrBench() {}

    public static void main(String[] arguments) {
        var sizes = System.getenv().getOrDefault("RUNS", "1000 10000 40000").split(" ");
        var catalog = ExampleClinic.catalog(ExampleClinic.tenant());
        var drawing = catalog.drawing(catalog.flows().get(new FlowId("contract-number")));
        System.out.println("| runs at once | steps/s | mean µs a turn | p99 µs | bytes a run |");
        System.out.println("|---|---|---|---|---|");
        for (var size : sizes) {
            int runs = Integer.parseInt(size);
            for (int round = 0; round < WARM; round++) {
                new IvrBench().measure(drawing, runs);
            }
            System.out.println(new IvrBench().measure(drawing, runs));
        }
    }

    private String measure(Run.Drawing drawing, int runs) {
        var hour = Duration.ofHours(1);
        var ivr = new Ivr(new Limits(runs, 500, hour, hour, hour, hour, hour));
        var before = heap();
        var now = Instant.EPOCH;
        var began = System.nanoTime();
        for (int run = 0; run < runs; run++) {
            tell(ivr, new StartRun(caller(run), drawing, true), now);
        }
        var spent = System.nanoTime() - began;
        effects.clear();
        var bytes = (heap() - before) / runs;
        began = System.nanoTime();
        for (int key = 0; key < CONTRACT.length(); key++) {
            now = now.plusMillis(300);
            for (int run = 0; run < runs; run++) {
                press(ivr, run, CONTRACT.substring(key, key + 1), now);
            }
        }
        var readings = List.copyOf(effects);
        effects.clear();
        for (var effect : readings) {
            if (effect instanceof IvrEffect.Play play) {
                tell(ivr, new NotePlayEnded(play.caller().call(), play.number()), now);
            }
        }
        for (int run = 0; run < runs; run++) {
            press(ivr, run, "1", now);
        }
        spent += System.nanoTime() - began;
        var sorted = Arrays.copyOf(turns, count);
        Arrays.sort(sorted);
        return "| %d | %,.0f | %.1f | %.1f | %,d |"
                .formatted(
                        runs,
                        steps * 1e9 / spent,
                        Arrays.stream(sorted).average().orElse(0) / 1e3,
                        sorted[count * 99 / 100] / 1e3,
                        bytes);
    }

    private void press(Ivr ivr, int run, String key, Instant now) {
        tell(ivr, new NoteKeyPressed(call(run), leg(run), key), now);
    }

    private void tell(Ivr ivr, IvrCommand command, Instant now) {
        var before = System.nanoTime();
        Decision<IvrEvent, IvrEffect, Refusal> decision = ivr.handle(command, now);
        note(System.nanoTime() - before);
        for (var event : decision.events()) {
            if (event.fact() instanceof StepEntered) {
                steps++;
            }
        }
        effects.addAll(decision.effects());
    }

    private void note(long nanos) {
        if (count == turns.length) {
            turns = Arrays.copyOf(turns, 2 * count);
        }
        turns[count++] = nanos;
    }

    private static CallId call(int run) {
        return new CallId("call_" + run);
    }

    private static LegId leg(int run) {
        return new LegId("leg_" + run);
    }

    private static Caller caller(int run) {
        return new Caller(
                call(run),
                leg(run),
                ExampleClinic.ID,
                new Caller.Numbers("+79160000002", ExampleClinic.NUMBER),
                new Caller.Origin("run_" + run, "127.0.0.1:9010", ""));
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
