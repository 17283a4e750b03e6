// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.month;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.acd.core.Acd;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.Invariants;
import org.panacall.acd.core.Refusal;
import org.panacall.acd.core.SimulatedIngress;
import org.panacall.acd.core.agent.Intent;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.QueueId;
import org.panacall.engine.Decision;
import org.panacall.simkit.Agenda;
import org.panacall.simkit.Dice;
import org.panacall.simkit.VirtualClock;

/**
 * Days of a large clinic, one after another: shifts, breaks, calls by the hour, and on each of them
 * something that goes wrong. Every night nothing of a call may be left.
 */
final class Month {

    private static final LocalTime WAKES = LocalTime.of(7, 30);
    private static final LocalTime SLEEPS = LocalTime.of(22, 30);
    private static final Duration READ_EVERY = Duration.ofMinutes(1);
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final Duration BREAK = Duration.ofMinutes(10);
    private static final Duration BETWEEN_BREAKS = Duration.ofMinutes(90);
    private static final int WHOLE_CHECK_EVERY = 1_000;
    private static final int RESTARTS_A_DAY_MAX = 3;
    private static final int CLOSURES_A_DAY_MAX = 2;
    private static final int SILENT_PHONES_A_DAY_MAX = 5;

    private static final SimulatedIngress.Habits HABITS =
            new SimulatedIngress.Habits(
                    0.93, 0.02, 0.001, 0.001, Duration.ofSeconds(180), Duration.ofSeconds(420));

    private final VirtualClock clock = new VirtualClock();
    private final Agenda agenda = new Agenda(clock);
    private final Dice dice;
    private final Succession succession = new Succession(LargeClinic.plan());
    private final Invariants invariants = new Invariants();
    private final MonthFigures figures = new MonthFigures();
    private final Map<Extension, Instant> leases = new TreeMap<>();
    private SimulatedIngress ingress;
    private boolean losesEffects;
    private long turns;

    private Month(long seed) {
        dice = new Dice(seed);
        // Of each weekday there are some among a few seeds.
        clock.advance(Duration.ofDays(seed % DayOfWeek.values().length));
    }

    /** Lives so many days, and tells what was in them. */
    static MonthFigures of(long seed, int days) {
        var month = new Month(seed);
        for (int day = 0; day < days; day++) {
            month.day();
        }
        month.figures.end(days, month.succession);
        return month.figures;
    }

    private void day() {
        var midnight = clock.instant();
        var date = LocalDate.ofInstant(midnight, ZoneOffset.UTC);
        ingress = new SimulatedIngress(agenda, dice, HABITS, this::send);
        at(date, WAKES, this::sweep);
        for (int agent = 0; agent < LargeClinic.AGENTS; agent++) {
            var number = agent;
            Week.shift(agent, date.getDayOfWeek()).ifPresent(shift -> work(number, date, shift));
        }
        at(date, Week.OPENS, this::nextCall);
        mishaps(date);
        runUntil(date.atTime(SLEEPS).toInstant(ZoneOffset.UTC));
        invariants.check(acd(), clock.instant());
        invariants.checkEnd(acd());
        assertEquals(0, ingress.busyPhones(), () -> "left ringing: " + ingress.list());
        figures.lost(ingress.lost());
        runUntil(midnight.plus(Duration.ofDays(1)));
    }

    private Acd acd() {
        return succession.leader();
    }

    private void at(LocalDate date, LocalTime time, Runnable deed) {
        agenda.at(date.atTime(time).toInstant(ZoneOffset.UTC), deed);
    }

    private LocalTime time() {
        return LocalTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private void runUntil(Instant end) {
        while (clock.instant().isBefore(end)) {
            var next = agenda.next().orElse(end);
            var deadline = acd().nextDeadline().orElse(Instant.MAX);
            if (deadline.isBefore(next)) {
                clock.advanceTo(deadline.isBefore(clock.instant()) ? clock.instant() : deadline);
                take(acd().tick(clock.instant()));
            } else if (next.isAfter(end) || !agenda.step()) {
                clock.advanceTo(end);
            }
        }
    }

    private void send(AcdCommand command) {
        take(acd().handle(command, clock.instant()));
    }

    private void take(Decision<AcdEvent, AcdEffect, Refusal> decision) {
        decision.events().forEach(event -> invariants.follow(event, acd().plan()));
        decision.events().forEach(figures::count);
        if (++turns % WHOLE_CHECK_EVERY == 0) {
            invariants.check(acd(), clock.instant());
        } else {
            invariants.check(acd(), decision.events(), clock.instant());
        }
        succession.keep(decision.events());
        if (!losesEffects) {
            decision.effects().forEach(effect -> ingress.carryOut(effect, clock.instant()));
        }
    }

    /** Comes, has breaks, goes. */
    private void work(int agent, LocalDate date, Week.Shift shift) {
        at(date, shift.begins(), () -> comes(agent));
        at(date, shift.ends(), () -> goes(agent));
        var time = shift.begins().plus(dice.wait(BETWEEN_BREAKS));
        while (time.isBefore(shift.ends().minus(BREAK)) && time.isAfter(shift.begins())) {
            var back = time.plus(BREAK);
            at(date, time, () -> say(agent, new Intent(false, "break")));
            at(date, back, () -> say(agent, Intent.READY));
            time = back.plus(dice.wait(BETWEEN_BREAKS));
        }
    }

    private void comes(int agent) {
        register(LargeClinic.extension(agent));
        if (LargeClinic.hasDesktop(agent)) {
            say(agent, Intent.READY);
        }
    }

    private void goes(int agent) {
        say(agent, new Intent(false, "gone"));
        unregister(LargeClinic.extension(agent));
    }

    private void say(int agent, Intent intent) {
        send(new AcdCommand.SetAgentState(LargeClinic.extension(agent), intent));
    }

    private void register(Extension extension) {
        leases.put(extension, clock.instant().plus(LEASE));
        ingress.phone(extension, true);
        send(new AcdCommand.RenewRegistrations(Map.of(extension, LEASE), false));
    }

    private void unregister(Extension extension) {
        leases.remove(extension);
        ingress.phone(extension, false);
        send(new AcdCommand.RenewRegistrations(Map.of(extension, Duration.ZERO), false));
    }

    /** Calls come by chance, as many as the hour asks for. */
    private void nextCall() {
        var day = clock.instant().atZone(ZoneOffset.UTC).getDayOfWeek();
        if (!time().isBefore(Week.CLOSES)) {
            return;
        }
        if (dice.chance(Week.callsAnHour(day, time()) / Week.CALLS_AN_HOUR_MAX)) {
            call();
        }
        var seconds = Duration.ofHours(1).toSeconds() / Week.CALLS_AN_HOUR_MAX;
        agenda.in(dice.wait(Duration.ofMillis((long) (seconds * 1_000))), this::nextCall);
    }

    private void call() {
        var call = new CallId("call_" + figures.nextCall());
        if (dice.chance(0.03)) {
            var number = new PartyNumber("+79160000002");
            send(new AcdCommand.PlaceCall(call, someone(), number, LargeClinic.INGRESS, ""));
        } else if (dice.chance(0.05)) {
            var fallback = Optional.of(dice.chance(0.8)).filter(has -> has).map(has -> queue());
            enqueue(call, new AcdCommand.Destination.Person(someone(), fallback));
        } else {
            enqueue(call, new AcdCommand.Destination.Queue(queue()));
        }
    }

    private QueueId queue() {
        return LargeClinic.anyQueue(dice);
    }

    private Extension someone() {
        return LargeClinic.extension(dice.below(LargeClinic.AGENTS));
    }

    private void enqueue(CallId call, AcdCommand.Destination destination) {
        var leg = "leg_of_" + call.value();
        var caller = LargeClinic.caller(leg, dice.chance(0.9), dice);
        ingress.arrive(call, caller);
        send(new AcdCommand.EnqueueCall(call, caller, destination, ""));
        if (acd().call(call).isEmpty()) {
            ingress.forget(call);
            figures.refused();
        }
    }

    /** Every minute the edge lists its phones and sip-ingress its calls; phones register. */
    private void sweep() {
        var whole = new TreeMap<Extension, Duration>();
        for (var extension : leases.keySet()) {
            var left = Duration.between(clock.instant(), leases.get(extension));
            if (left.compareTo(LEASE.dividedBy(2)) < 0) {
                left = LEASE;
                leases.put(extension, clock.instant().plus(LEASE));
            }
            whole.put(extension, left);
        }
        send(new AcdCommand.RenewRegistrations(whole, true));
        var holding = ingress.holdingFor(clock.instant());
        send(new AcdCommand.ReconcileCalls(LargeClinic.INGRESS, holding, ingress.list()));
        if (time().isBefore(SLEEPS)) {
            agenda.in(READ_EVERY, this::sweep);
        }
    }

    /** What goes wrong on a day. */
    private void mishaps(LocalDate date) {
        for (int i = dice.between(0, RESTARTS_A_DAY_MAX); i > 0; i--) {
            at(date, sometime(), this::restart);
        }
        for (int i = dice.between(0, SILENT_PHONES_A_DAY_MAX); i > 0; i--) {
            // A phone loses its power and comes back after a while; nobody tells.
            var extension = someone();
            var silent = sometime();
            at(date, silent, () -> ingress.phone(extension, false));
            at(date, silent.plusMinutes(3), () -> ingress.phone(extension, comesBack(extension)));
        }
        if (dice.chance(0.3)) {
            at(date, sometime(), this::sipIngressDies);
        }
        if (dice.chance(0.3)) {
            at(date, sometime(), this::sipIngressIsInherited);
        }
        for (int i = dice.between(0, CLOSURES_A_DAY_MAX); i > 0; i--) {
            var closed = sometime();
            at(date, closed, () -> configure(true));
            at(date, closed.plusMinutes(30), () -> configure(false));
        }
    }

    private boolean comesBack(Extension extension) {
        return leases.containsKey(extension);
    }

    private LocalTime sometime() {
        var open = Duration.between(Week.OPENS, Week.CLOSES).toSeconds();
        return Week.OPENS.plusSeconds(dice.below((int) open));
    }

    /** The leader dies, perhaps with what it had ordered; so may the next one. */
    private void restart() {
        succession.restart();
        losesEffects = dice.chance(0.2);
        take(acd().tick(clock.instant()));
        if (losesEffects) {
            agenda.in(Duration.ofSeconds(2), this::restart);
        }
    }

    private void sipIngressDies() {
        figures.died();
        ingress.crash(clock.instant());
        var lost = new AcdCommand.LoseSipIngress(LargeClinic.INGRESS);
        agenda.in(Duration.ofSeconds(10), () -> send(lost));
    }

    private void sipIngressIsInherited() {
        ingress.list()
                .forEach(
                        call ->
                                send(
                                        new AcdCommand.HearCallAdopted(
                                                call.call(), LargeClinic.INGRESS)));
    }

    private void configure(boolean closed) {
        var plan = closed ? LargeClinic.withoutPaid() : LargeClinic.plan();
        succession.plan(plan);
        send(new AcdCommand.ConfigureTenant(plan));
        invariants.check(acd(), clock.instant());
    }
}
