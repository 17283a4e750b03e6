// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import org.panacall.simkit.Agenda;
import org.panacall.simkit.Dice;
import org.panacall.simkit.VirtualClock;
import org.panacall.sipingress.core.call.CallId;

/**
 * A platform with one CPU that does all work in the order in which it came, refusals first. A call:
 * setup, prompt, asked of the queue, the agent's leg, talk, end.
 */
final class BusyPlatform {

    private static final Duration SETUP = Duration.ofMillis(8);
    private static final Duration ASK = Duration.ofMillis(6);
    private static final Duration OPENING = Duration.ofMillis(6);
    private static final Duration END = Duration.ofMillis(2);
    private static final Duration REFUSAL = Duration.ofNanos(100_000);
    private static final Duration NETWORK = Duration.ofMillis(5);

    /** What the CPU has time for: 22 ms a call. */
    static final double CALLS_A_SECOND = 1000.0 / 22;

    private final VirtualClock clock = new VirtualClock();
    private final Agenda agenda = new Agenda(clock);
    private final Dice dice;
    private final Admission admission = new Admission(Admission.Settings.upTo(400));
    private final ArrayDeque<Work> line = new ArrayDeque<>();
    private Duration stolen = Duration.ZERO;
    private boolean busy;
    private int calls;
    private int served;
    private int refused;
    private Duration longestWait = Duration.ZERO;

    private record Work(Duration cost, Runnable then) {}

    BusyPlatform(Dice dice) {
        this.dice = dice;
    }

    /** Rings at random moments, this many times the capacity; answers what came of that time. */
    Result ring(double load, Duration time) {
        served = 0;
        refused = 0;
        longestWait = Duration.ZERO;
        var end = clock.instant().plus(time);
        ringUntil(end, Duration.ofNanos((long) (1e9 / (load * CALLS_A_SECOND))));
        while (agenda.next().filter(next -> !next.isAfter(end)).isPresent()) agenda.step();
        clock.advanceTo(end);
        double seconds = time.toMillis() / 1000.0;
        return new Result(served / seconds / CALLS_A_SECOND, refused, longestWait);
    }

    /**
     * What came of a time.
     *
     * @param goodput calls that ended well, in parts of the capacity
     */
    record Result(double goodput, int refused, Duration longestWait) {}

    private void ringUntil(Instant end, Duration pause) {
        agenda.in(
                dice.wait(pause),
                () -> {
                    if (!clock.instant().isBefore(end)) return;
                    invite();
                    ringUntil(end, pause);
                });
    }

    private void invite() {
        if (admission.room() <= 0) {
            refused++;
            stolen = stolen.plus(REFUSAL);
            return;
        }
        var call = new CallId("call_" + ++calls);
        step(
                call,
                SETUP,
                () ->
                        agenda.in(
                                Duration.ofSeconds(1),
                                () ->
                                        step(
                                                call,
                                                ASK,
                                                () -> step(call, OPENING, () -> talk(call)))));
    }

    private void talk(CallId call) {
        agenda.in(Duration.ofSeconds(2), () -> work(END, () -> served++));
    }

    /** Something that the call waits for. */
    private void step(CallId call, Duration cost, Runnable then) {
        var from = clock.instant();
        admission.note(call, true, from);
        agenda.in(
                dice.wait(NETWORK),
                () ->
                        work(
                                cost,
                                () -> {
                                    var waited = Duration.between(from, clock.instant());
                                    if (waited.compareTo(longestWait) > 0) longestWait = waited;
                                    admission.note(call, false, clock.instant());
                                    then.run();
                                }));
    }

    private void work(Duration cost, Runnable then) {
        line.add(new Work(cost, then));
        if (!busy) next();
    }

    private void next() {
        var work = line.poll();
        busy = work != null;
        if (!busy) return;
        var cost = work.cost().plus(stolen);
        stolen = Duration.ZERO;
        agenda.in(
                cost,
                () -> {
                    work.then().run();
                    next();
                });
    }

    int window() {
        return admission.window();
    }
}
