// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.panacall.tests.ua.Call;
import org.panacall.tests.ua.Dialling;
import org.panacall.tests.ua.UserAgent;

/** A new call each second through a fault: who is answered hears something and hangs up. */
final class NewCalls {

    static final Duration FIRST_ANSWER_WITHIN = Duration.ofSeconds(2);
    private static final Duration FINAL_WITHIN = Duration.ofSeconds(45);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final long SECOND = 1_000_000_000;

    private final Supplier<Caller> callers;
    private final String dialled;
    private final ConcurrentLinkedQueue<NewCall> done = new ConcurrentLinkedQueue<>();
    private final List<Thread> calling = new ArrayList<>();
    private final Thread ticker;
    private volatile boolean stopped;

    /** A telephone of somebody's, used for one call. */
    record Caller(String number, UserAgent phone) {}

    /**
     * What came of one call.
     *
     * @param startedAt by nanoTime
     * @param firstMillis until the first response; empty when none came
     * @param end {@code well}, a final status, or what went wrong
     */
    record NewCall(String number, long startedAt, OptionalLong firstMillis, String end) {

        boolean isWell() {
            return end.equals("well");
        }

        boolean isAnswered() {
            return !end.equals("no final answer");
        }
    }

    NewCalls(Supplier<Caller> callers, String dialled) {
        this.callers = callers;
        this.dialled = dialled;
        ticker = Thread.ofPlatform().daemon().name("new-calls").start(this::tick);
    }

    /** Begins no more calls, and returns when those under way are over. */
    void stop() {
        stopped = true;
        try {
            ticker.join();
            for (var thread : calling) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** All of them, the oldest first. */
    List<NewCall> all() {
        return done.stream().sorted(Comparator.comparingLong(NewCall::startedAt)).toList();
    }

    /**
     * From the fault to the first call from which on all went well; empty when the last did not.
     */
    OptionalLong backAfterMillis(long faultAt) {
        long back = 0;
        for (var call : all()) {
            if (!call.isWell()) {
                back = Math.max(back, call.startedAt() + SECOND - faultAt);
            }
        }
        var last = all().getLast();
        return last.isWell() ? OptionalLong.of(back / 1_000_000) : OptionalLong.empty();
    }

    /** Ends other than well, counted. */
    Map<String, Integer> failures() {
        var counted = new TreeMap<String, Integer>();
        done.stream()
                .filter(call -> !call.isWell())
                .forEach(call -> counted.merge(call.end(), 1, Integer::sum));
        return counted;
    }

    private void tick() {
        long due = System.nanoTime();
        while (!stopped) {
            var caller = callers.get();
            calling.add(Thread.ofVirtual().start(() -> done.add(call(caller))));
            due += SECOND;
            Pause.until(due);
        }
    }

    private NewCall call(Caller caller) {
        long startedAt = System.nanoTime();
        var phone = caller.phone();
        var call = phone.dial(dialled, Dialling.plain());
        boolean finished = call.awaitFinal(FINAL_WITHIN);
        var end = finished ? talk(call) : "no final answer";
        var first = firstMillis(call);
        // Only what the other side knows of can be cancelled.
        if (first.isPresent()) {
            phone.close();
        }
        return new NewCall(caller.number(), startedAt, first, end);
    }

    private static String talk(Call call) {
        int status = call.responses().getLast().status();
        if (status >= 300) {
            return Integer.toString(status);
        }
        boolean heard = call.hearing().await(ears -> ears.hearsAnything(), SOON);
        if (call.isEnded()) {
            return "ended by us";
        }
        call.hangUp();
        int byeStatus = call.awaitByeAnswered(SOON);
        if (!heard) {
            return "nothing heard";
        }
        return byeStatus == 200 ? "well" : "BYE got " + byeStatus;
    }

    private static OptionalLong firstMillis(Call call) {
        var responses = call.responses();
        return responses.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of((responses.getFirst().nanos() - call.createdNanos()) / 1_000_000);
    }
}
