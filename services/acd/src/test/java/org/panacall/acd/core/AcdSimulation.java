// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.AcdCommand.HearCallAdopted;
import org.panacall.acd.core.agent.Intent;
import org.panacall.acd.core.call.Target;
import org.panacall.acd.core.fairness.Happening;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.CallbackId;
import org.panacall.acd.core.id.CountedIds;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.plan.Limits;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.core.plan.WaitingRoom;
import org.panacall.acd.core.waiting.Callback;
import org.panacall.acd.core.waiting.SwarmRoom;
import org.panacall.acd.nats.AcdCodec;
import org.panacall.acd.nats.KeptForm;
import org.panacall.engine.Decision;
import org.panacall.simkit.Agenda;
import org.panacall.simkit.Dice;
import org.panacall.simkit.Seeds;
import org.panacall.simkit.VirtualClock;

/** Days of a clinic's traffic, with everything that goes wrong in one, by seed. */
class AcdSimulation {

    private static final List<String> EXITS = List.of("no-answer", "busy", "unavailable", "failed");

    private static final Duration DAY = Duration.ofHours(6);
    private static final Duration LONG = Duration.ofHours(3);
    private static final int KINDS = 14;
    private static final long[] FOUND_DEFECTS = {40, 170, 322, 569};
    private static final int TAKE_OVERS_MAX = 15;

    @Test
    void nobodyIsForgottenOvertakenOrRungTwiceWhateverHappens() {
        var met = new TreeSet<String>();
        Seeds.run(
                seed -> {
                    var history = new Day(seed, Succession.BY_REPLAY).live();
                    assertEquals(
                            history,
                            new Day(seed, Succession.BY_SNAPSHOT).live(),
                            "the same seed, another history");
                    history.forEach(event -> met.add(Happening.of(event)));
                },
                FOUND_DEFECTS);
        if (Long.getLong("sim.seed") == null) {
            assertEquals(Happening.all(), met, "days in which too little happens prove too little");
        }
    }

    /** What a new leader begins with. Whichever it is, he decides the same from then on. */
    private enum Succession {
        BY_REPLAY,
        BY_SNAPSHOT
    }

    /** One day of one seed. */
    private static final class Day {
        private final VirtualClock clock = new VirtualClock();
        private final Agenda agenda = new Agenda(clock);
        private final Dice dice;
        private final double[] swarm;
        private final Duration pace;
        private final SimulatedIngress ingress;
        private final Invariants invariants = new Invariants();
        private final Succession succession;
        private final List<AcdEvent> history = new ArrayList<>();

        /** As a journal gives it back. */
        private final List<AcdEvent> journal = new ArrayList<>();

        private final CountedIds ids = new CountedIds();
        private final Map<Extension, Instant> leases = new TreeMap<>();
        private final SwarmClinic clinic;
        private final WaitingRoom room;
        private TenantPlan plan;
        private Acd acd;
        private long epoch = 1;
        private int calls;
        private int takeOvers;
        private boolean losesEffects;

        private Day(long seed, Succession succession) {
            this.succession = succession;
            dice = new Dice(seed);
            clinic = new SwarmClinic(dice);
            room = dice.chance(0.7) ? SwarmRoom.room(dice) : WaitingRoom.MUSIC_ONLY;
            plan = Clinic.furnished(clinic.plan(), room);
            swarm = dice.swarm(KINDS);
            pace = Duration.ofMillis(dice.between(1_000, 20_000));
            ingress = new SimulatedIngress(agenda, dice, habits(), this::send);
            acd = leader();
        }

        private SimulatedIngress.Habits habits() {
            var answers = dice.chance(0.1) ? 0 : dice.between(20, 95) / 100.0;
            return new SimulatedIngress.Habits(
                    answers,
                    (1 - answers) * dice.between(0, 100) / 100.0,
                    dice.chance(0.3) ? 0.02 : 0,
                    dice.chance(0.3) ? 0.02 : 0,
                    Duration.ofSeconds(dice.between(5, 600)),
                    Duration.ofSeconds(dice.between(5, 300)));
        }

        private Acd leader() {
            return new Acd(plan, Limits.usual(), ids, new Acd.Leadership(epoch, "acd-" + epoch));
        }

        private List<AcdEvent> live() {
            agenda.in(Duration.ZERO, this::sweep);
            agenda.in(Duration.ZERO, this::happen);
            runUntil(clock.instant().plus(DAY));
            agenda.in(Duration.ZERO, this::goHome);
            runUntil(clock.instant().plus(LONG));
            invariants.checkEnd(acd);
            assertEquals(0, ingress.busyPhones(), () -> "left ringing: " + ingress.list());
            return history;
        }

        private void runUntil(Instant end) {
            while (clock.instant().isBefore(end)) {
                var next = agenda.next().orElse(end);
                var deadline = acd.nextDeadline().orElse(Instant.MAX);
                if (deadline.isBefore(next)) {
                    clock.advanceTo(
                            deadline.isBefore(clock.instant()) ? clock.instant() : deadline);
                    take(acd.tick(clock.instant()));
                } else if (!agenda.step()) {
                    clock.advanceTo(end);
                }
            }
        }

        private void send(AcdCommand command) {
            take(acd.handle(command, clock.instant()));
        }

        private void take(Decision<AcdEvent, AcdEffect, Refusal> decision) {
            history.addAll(decision.events());
            decision.events().forEach(event -> invariants.follow(event, acd.plan()));
            invariants.check(acd, clock.instant());
            if (!losesEffects) {
                decision.effects().forEach(effect -> ingress.carryOut(effect, clock.instant()));
            }
        }

        /** One thing after another, until the day is over. */
        private void happen() {
            if (clock.instant().isBefore(VirtualClock.START.plus(DAY))) {
                switch (dice.weighted(swarm)) {
                    case 0, 1 -> callQueue();
                    case 2 -> callPerson();
                    case 3 -> placeCall();
                    case 4 -> say();
                    case 5 -> register();
                    case 6 -> unregister();
                    case 7 -> fail();
                    case 8 -> reconfigure();
                    case 9 -> dial();
                    case 10 -> force();
                    case 11 -> send(new AcdCommand.ExtendWrapUp(someone()));
                    case 12 -> promise();
                    default -> crash();
                }
                agenda.in(dice.wait(pace), this::happen);
            }
        }

        private Extension someone() {
            return Clinic.extension(dice.between(101, 110));
        }

        private void callQueue() {
            var queue = dice.chance(0.5) ? Clinic.REGISTRY : Clinic.PAID;
            enqueue(new AcdCommand.Destination.Queue(queue));
        }

        private void callPerson() {
            var fallback = dice.chance(0.5) ? Optional.of(Clinic.PAID) : Optional.<QueueId>empty();
            var exits = EXITS.subList(0, dice.between(0, EXITS.size()));
            var terms = new Target.Terms(Optional.empty(), dice.chance(0.2), exits);
            if (dice.chance(0.2)) {
                var number = new PartyNumber(dice.chance(0.9) ? "+74951112233" : "+8835100001");
                enqueue(new AcdCommand.Destination.Number(number, fallback, terms));
            } else {
                enqueue(new AcdCommand.Destination.Person(someone(), fallback, terms));
            }
        }

        private void enqueue(AcdCommand.Destination destination) {
            var call = new CallId("call_" + ++calls);
            var leg = "leg_caller_" + calls;
            var number = dice.chance(0.1) ? "" : "+7903" + dice.between(1000000, 1000060);
            var caller = Clinic.caller(leg, dice.chance(0.5), number, clinic.attributes());
            ingress.arrive(call, caller);
            var command = new AcdCommand.EnqueueCall(call, caller, destination, "");
            send(command);
            if (acd.call(call).isEmpty()) {
                ingress.forget(call);
            }
        }

        private void placeCall() {
            var call = new CallId("call_" + ++calls);
            var number = new PartyNumber(dice.chance(0.8) ? "+79160000002" : "103");
            send(new AcdCommand.PlaceCall(call, someone(), number, Clinic.INGRESS, ""));
        }

        private void say() {
            var intent = dice.chance(0.7) ? Intent.READY : new Intent(false, "lunch");
            send(new AcdCommand.SetAgentState(someone(), intent));
        }

        /** By the clinic's own system, which changes its mind at times. */
        private void promise() {
            var callback = new CallbackId("callback_wish_" + ++calls);
            var number = "+7903" + dice.between(1000000, 1000060);
            var patient = Clinic.caller("leg_wish_" + calls, true, number, clinic.attributes());
            send(new AcdCommand.RequestCallback(callback, Clinic.REGISTRY, patient));
            var some = acd.waits().callbacks().all().stream().map(Callback::id).toList();
            if (!some.isEmpty() && dice.chance(0.3)) {
                send(new AcdCommand.CancelCallback(dice.oneOf(some)));
            }
        }

        /** From his own phone, without us. */
        private void dial() {
            var own = ++calls;
            ingress.dial(new CallId("call_own_" + own), new LegId("leg_own_" + own), someone());
        }

        /** A supervisor makes somebody ready, not ready, or sends him home. */
        private void force() {
            var wish = Intent.Wish.values()[dice.below(Intent.Wish.values().length)];
            var reason = wish == Intent.Wish.NOT_READY ? "lunch" : "";
            var intent = new Intent(wish, reason, new Intent.Author.Supervisor("agent_201"));
            send(new AcdCommand.SetAgentState(someone(), intent));
        }

        private Extension something() {
            return dice.chance(0.2) ? new Extension(dice.chance(0.5) ? "102w" : "105w") : someone();
        }

        private void register() {
            var extension = something();
            var lease = Duration.ofSeconds(dice.between(30, 3600));
            leases.put(extension, clock.instant().plus(lease));
            ingress.phone(extension, true);
            send(new AcdCommand.RenewRegistrations(Map.of(extension, lease), false));
        }

        private void unregister() {
            var extension = something();
            leases.remove(extension);
            ingress.phone(extension, false);
            if (dice.chance(0.7)) {
                send(new AcdCommand.RenewRegistrations(Map.of(extension, Duration.ZERO), false));
            }
        }

        /** Replays grow with the day: only some of the failures come true. */
        private void fail() {
            if (takeOvers < TAKE_OVERS_MAX && dice.chance(0.2)) {
                takeOvers++;
                takeOver();
            }
        }

        /** The leader dies, perhaps with orders undelivered; another one knows what he knew. */
        private void takeOver() {
            var before = acd.fingerprint();
            var bytes = KeptForm.write(acd.kept());
            var fromTail = dice.chance(0.5);
            var moment = dice.below(history.size() + 1);
            epoch++;
            acd = leader();
            acd.restore(KeptForm.read(bytes));
            assertEquals(before, acd.fingerprint(), "a snapshot differs from what was lived");
            if (succession == Succession.BY_REPLAY) {
                keep();
                acd = leader();
                journal.forEach(acd::apply);
                assertEquals(before, acd.fingerprint(), "replay differs from what was lived");
                if (fromTail) {
                    acd = goneOnFromSnapshot(moment);
                    assertEquals(before, acd.fingerprint(), "a tail differs from the whole");
                }
            }
            losesEffects = false;
            take(acd.tick(clock.instant()));
            // What this leader orders next may be lost with it.
            losesEffects = dice.chance(0.05);
            if (losesEffects) {
                agenda.in(Duration.ofSeconds(2), this::takeOver);
            }
        }

        /** A leader who reads the snapshot of an earlier moment, and what happened after it. */
        private Acd goneOnFromSnapshot(int moment) {
            var earlier = leader();
            journal.subList(0, moment).forEach(earlier::apply);
            var later = leader();
            later.restore(KeptForm.read(KeptForm.write(earlier.kept())));
            journal.subList(moment, journal.size()).forEach(later::apply);
            return later;
        }

        /** Writes what is not in the journal yet, and reads it again. */
        private void keep() {
            var codec = new AcdCodec("demo", epoch - 1);
            for (var event : List.copyOf(history.subList(journal.size(), history.size()))) {
                var kept = new org.panacall.engine.Turn<>(event.stamp().at(), List.of(event));
                var read = codec.decode(codec.encode(kept));
                assertEquals(kept, read, "an event lost something on its way");
                journal.addAll(read.events());
            }
        }

        /** The clinic does it all in another way, closes a queue, lets people go, hires some. */
        private void reconfigure() {
            if (dice.chance(0.1)) {
                plan = Clinic.furnished(clinic.plan(), room);
                send(new AcdCommand.ConfigureTenant(plan));
            }
        }

        private void crash() {
            if (dice.chance(0.3)) {
                // It is there again, and has taken its calls up.
                var held = ingress.list();
                held.forEach(it -> send(new HearCallAdopted(it.call(), Clinic.INGRESS)));
            } else if (dice.chance(0.1)) {
                ingress.crash(clock.instant());
                agenda.in(Duration.ofSeconds(10), this::lose);
            }
        }

        /** What it took up since then is lost with the rest. */
        private void lose() {
            ingress.crash(clock.instant());
            send(new AcdCommand.LoseSipIngress(Clinic.INGRESS));
        }

        /** Every ten seconds the edge lists its phones and sip-ingress its calls. */
        private void sweep() {
            var now = clock.instant();
            var whole = new TreeMap<Extension, Duration>();
            leases.forEach(
                    (extension, until) -> whole.put(extension, Duration.between(now, until)));
            whole.values().removeIf(lease -> lease.isNegative() || lease.isZero());
            send(new AcdCommand.RenewRegistrations(whole, true));
            var holding = dice.chance(0.5) ? ingress.holdingFor(now) : Duration.ZERO;
            send(new AcdCommand.ReconcileCalls(Clinic.INGRESS, holding, ingress.list()));
            agenda.in(Duration.ofSeconds(10), this::sweep);
        }

        private void goHome() {
            takeOver();
            losesEffects = false;
        }
    }
}
