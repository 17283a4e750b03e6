// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.panacall.launcher.Platform;
import org.panacall.launcher.supervisor.ChildStatus.Phase;
import org.panacall.tests.chaos.Desk.Offer;
import org.panacall.tests.chaos.Patient.Place;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.watch.Vitals;

/**
 * One fault: calls are brought into every place, the fault strikes, new calls come each second, and
 * after a time every call is judged by whether it still is what it was.
 */
public final class Round {

    /**
     * How long things take.
     *
     * @param calls that are up when the fault strikes
     * @param keep from the fault to the judgement
     * @param away how long what is held down stays away
     * @param frozen how long what is frozen stays so
     */
    public record Lengths(int calls, Duration keep, Duration away, Duration frozen) {}

    private static final Duration BEFORE = Duration.ofSeconds(2);
    private static final Duration HANG_UP_AFTER = Duration.ofMillis(500);
    private static final Duration AFTER_OUTAGE = Duration.ofSeconds(5);
    private static final Duration CONTROL_BACK = Duration.ofSeconds(5);
    private static final Duration REGISTERED_WITHIN = Duration.ofSeconds(30);
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(20);
    private static final Duration RECORDED_WITHIN = Duration.ofSeconds(60);

    private final Platform platform;
    private final Clinic clinic;
    private final Lengths lengths;
    private final Vitals vitals;

    public Round(Platform platform, Clinic clinic, Lengths lengths) {
        this.platform = platform;
        this.clinic = clinic;
        this.lengths = lengths;
        vitals = new Vitals(platform);
    }

    public Outcome run(Fault fault) {
        boolean idle = fault.deed() == Fault.Deed.KILL_IDLE;
        try (var scene = new Scene(clinic, idle ? 0 : lengths.calls())) {
            var victim = vitals.busiest(fault.service());
            var outcome = new Outcome(fault, victim);
            outcome.victimsCalls = vitals.busyness(victim);
            var newCalls = new NewCalls(scene::newCaller, Clinic.MAIN_NUMBER);
            Pause.of(BEFORE);
            scene.patients().forEach(Patient::watch);
            var strike = new Strike(platform, fault, victim);
            var hangUp = beside(() -> hangUpEarly(scene, strike.at()));
            var ready = beside(strike::awaitReadyMillis);
            var registered = beside(() -> registerAgain(scene, strike.at()));
            waitOut(fault, strike);
            outcome.controlMillis = hangUp.join();
            outcome.registeredMillis = registered.join();
            outcome.nextOfferMillis = nextOffer(scene, strike.at());
            new Serving(scene).judge();
            newCalls.stop();
            outcome.readyMillis = ready.join();
            judge(outcome, scene, newCalls, strike);
            return outcome;
        }
    }

    /** Not in the common pool, which the launcher needs to see that a process has died. */
    private static <T> CompletableFuture<T> beside(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, Thread::startVirtualThread);
    }

    private void waitOut(Fault fault, Strike strike) {
        long judged = strike.at() + lengths.keep().toNanos();
        if (strike.lasts()) {
            boolean frozen = fault.deed() == Fault.Deed.FREEZE;
            var outage = frozen ? lengths.frozen() : lengths.away();
            Pause.until(strike.at() + outage.toNanos());
            strike.end();
            judged = Math.max(judged, System.nanoTime() + AFTER_OUTAGE.toNanos());
        }
        Pause.until(judged);
    }

    /** One caller hangs up right after the fault: how long until that is done. */
    private static OptionalLong hangUpEarly(Scene scene, long faultAt) {
        var leaving = scene.at(Place.LEAVING);
        Pause.until(faultAt + HANG_UP_AFTER.toNanos());
        if (leaving.isEmpty() || !leaving.getFirst().hangUp(true)) {
            return OptionalLong.empty();
        }
        var agents = leaving.getFirst().talk().orElseThrow().call();
        return OptionalLong.of((agents.endedNanos() - faultAt) / 1_000_000);
    }

    private static OptionalLong registerAgain(Scene scene, long faultAt) {
        Pause.until(faultAt + HANG_UP_AFTER.toNanos());
        var at = scene.desk().registerAgain(REGISTERED_WITHIN);
        return at.isPresent()
                ? OptionalLong.of((at.getAsLong() - faultAt) / 1_000_000)
                : OptionalLong.empty();
    }

    private static OptionalLong nextOffer(Scene scene, long faultAt) {
        var waiting = scene.at(Place.QUEUE).stream().map(Patient::number).toList();
        var offer = scene.desk().firstAfter(faultAt, waiting);
        return offer.map(Offer::nanos).isPresent()
                ? OptionalLong.of((offer.get().nanos() - faultAt) / 1_000_000)
                : OptionalLong.empty();
    }

    private void judge(Outcome outcome, Scene scene, NewCalls newCalls, Strike strike) {
        scene.patients().forEach(outcome::add);
        judgeCalls(outcome, scene);
        judgeOffers(outcome, scene, strike);
        judgeNewCalls(outcome, newCalls, strike.at());
        var settled =
                Pause.await(() -> vitals.ghosts().isEmpty() && platformReady(), SETTLED_WITHIN);
        outcome.ghosts = settled ? List.of() : vitals.ghosts();
        outcome.check(Claim.NO_GHOSTS, outcome.ghosts.isEmpty(), outcome.ghosts.toString());
        Pause.await(scene.desk()::allReady, SETTLED_WITHIN);
        var notReady = scene.desk().notReady();
        outcome.check(Claim.AGENTS_READY, notReady.isEmpty(), notReady.toString());
        judgeRecords(outcome, scene, newCalls);
    }

    private static void judgeCalls(Outcome outcome, Scene scene) {
        outcome.check(Claim.TALKS_KEPT, outcome.allWell(Place.TALK), outcome.wellOf(Place.TALK));
        outcome.check(
                Claim.CALLERS_SERVED,
                outcome.allWell(Place.QUEUE, Place.GREETING),
                outcome.wellOf(Place.QUEUE, Place.GREETING));
        long control = outcome.controlMillis.orElse(Long.MAX_VALUE);
        outcome.check(
                Claim.HANG_UP_WORKS,
                outcome.calls.isEmpty() || control <= CONTROL_BACK.toMillis(),
                control == Long.MAX_VALUE ? "never" : "after " + control + " ms");
    }

    private static void judgeOffers(Outcome outcome, Scene scene, Strike strike) {
        boolean apart = outcome.fault().leavesRingGroups();
        int overtaken = Serving.overtaken(scene, apart ? strike.over() : Long.MIN_VALUE);
        outcome.check(Claim.ORDER_KEPT, overtaken == 0, overtaken + " overtaken");
        int calls = scene.desk().callsTwice();
        int phones = apart ? scene.desk().phonesTwiceInEarnest() : scene.desk().phonesTwice();
        outcome.check(
                Claim.OFFERED_ONCE,
                calls + phones == 0,
                "%d calls, %d phones twice at once".formatted(calls, phones));
    }

    private static void judgeNewCalls(Outcome outcome, NewCalls newCalls, long faultAt) {
        var all = newCalls.all();
        outcome.newCalls = all.size();
        outcome.newCallsWell = (int) all.stream().filter(NewCalls.NewCall::isWell).count();
        outcome.newCallFailures = newCalls.failures();
        outcome.backMillis = newCalls.backAfterMillis(faultAt);
        outcome.slowestFirstMillis =
                all.stream()
                        .mapToLong(call -> call.firstMillis().orElse(Long.MAX_VALUE))
                        .max()
                        .orElse(0);
        long limit = NewCalls.FIRST_ANSWER_WITHIN.toMillis();
        boolean answered =
                outcome.slowestFirstMillis <= limit
                        && all.stream().allMatch(NewCalls.NewCall::isAnswered);
        outcome.check(
                Claim.INVITES_ANSWERED,
                answered,
                "slowest %d ms, %s".formatted(outcome.slowestFirstMillis, newCalls.failures()));
        outcome.check(
                Claim.NEW_CALLS_SUCCEED,
                outcome.backMillis.isPresent(),
                newCalls.failures().toString());
    }

    private void judgeRecords(Outcome outcome, Scene scene, NewCalls newCalls) {
        var records = new CallRecords(clinic, RECORDED_WITHIN);
        var wrong = new ArrayList<CompletableFuture<java.util.Optional<String>>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            scene.patients()
                    .forEach(
                            one ->
                                    wrong.add(
                                            CompletableFuture.supplyAsync(
                                                    () -> records.wrong(one), threads)));
            newCalls.all().stream()
                    .filter(NewCalls.NewCall::isWell)
                    .forEach(
                            one ->
                                    wrong.add(
                                            CompletableFuture.supplyAsync(
                                                    () -> records.wrong(one), threads)));
        }
        outcome.records = wrong.size();
        wrong.forEach(
                one ->
                        one.join()
                                .ifPresent(
                                        why -> outcome.wrongRecords.merge(why, 1, Integer::sum)));
        outcome.check(
                Claim.RECORDS_RIGHT,
                outcome.wrongRecords.isEmpty(),
                outcome.wrongRecords.toString());
    }

    private boolean platformReady() {
        return platform.status().stream().allMatch(one -> one.phase() == Phase.READY);
    }
}
