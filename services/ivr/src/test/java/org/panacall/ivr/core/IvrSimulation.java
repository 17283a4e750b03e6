// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.panacall.engine.Decision;
import org.panacall.engine.Turn;
import org.panacall.ivr.Bookmarks;
import org.panacall.ivr.core.IvrCommand.Back;
import org.panacall.ivr.core.IvrCommand.NoteCallEnded;
import org.panacall.ivr.core.IvrCommand.NoteCallFound;
import org.panacall.ivr.core.IvrCommand.NoteCallMissing;
import org.panacall.ivr.core.IvrCommand.NoteEffectDone;
import org.panacall.ivr.core.IvrCommand.NoteEffectFailed;
import org.panacall.ivr.core.IvrCommand.NoteKeyPressed;
import org.panacall.ivr.core.IvrCommand.NoteLegAnswered;
import org.panacall.ivr.core.IvrCommand.NoteOutcome;
import org.panacall.ivr.core.IvrCommand.NotePlayEnded;
import org.panacall.ivr.core.IvrCommand.NoteRoomEnded;
import org.panacall.ivr.core.IvrCommand.PlayEnd;
import org.panacall.ivr.core.IvrCommand.Recorded;
import org.panacall.ivr.core.IvrCommand.Seen;
import org.panacall.ivr.core.IvrCommand.StartRun;
import org.panacall.ivr.core.IvrEvent.Ending;
import org.panacall.ivr.core.IvrEvent.FlowFinished;
import org.panacall.ivr.core.IvrEvent.FlowStarted;
import org.panacall.ivr.core.IvrEvent.StepEntered;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.id.CallId;
import org.panacall.ivr.core.outside.Outcome;
import org.panacall.ivr.core.rehearsal.Rehearsal;
import org.panacall.ivr.core.run.Run;
import org.panacall.ivr.core.run.Trace;
import org.panacall.ivr.core.run.Traces;
import org.panacall.ivr.nats.IvrCodec;
import org.panacall.ivr.nats.TraceCodec;
import org.panacall.simkit.Agenda;
import org.panacall.simkit.Dice;
import org.panacall.simkit.Seeds;
import org.panacall.simkit.VirtualClock;

/**
 * Callers go through random drawings, press what they like, hang up when they like, while
 * sip-ingress loses notices and refuses commands, and the process dies now and then, with its last
 * turns not journaled yet.
 *
 * <p>After every turn: each live run has a deadline, and its steps are within bounds. At the end:
 * every run has exactly one end, and every call was handed over, hung up, or gone.
 */
class IvrSimulation {

    private static final int CALLS = 150;
    private static final String HOLDER = "127.0.0.1:9010";
    private static final List<String> KEYS =
            List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "#");

    @Test
    void everyRunEndsOnceWhateverCallersPressAndWhateverFails() {
        var endings = EnumSet.noneOf(Ending.class);
        var seeds = new LongSummaryStatistics();
        Seeds.run(
                seed -> {
                    seeds.accept(seed);
                    new World(seed)
                            .run().stream()
                                    .map(IvrEvent::fact)
                                    .filter(FlowFinished.class::isInstance)
                                    .map(fact -> ((FlowFinished) fact).ending())
                                    .forEach(endings::add);
                });
        // One day may lack a kind of ending; many days that lack one prove nothing about it.
        assertTrue(seeds.getCount() < 20 || endings.equals(EnumSet.allOf(Ending.class)));
    }

    @Test
    void aSeedGivesTheSameHistoryTwice() {
        Seeds.run(
                seed -> {
                    var first = new World(seed).run();
                    var second = new World(seed).run();
                    assertEquals(first, second);
                });
    }

    /** One day: the core, callers, and a sip-ingress with its moods. */
    private static final class World {
        private static final Limits LIMITS =
                new Limits(
                        100,
                        40,
                        Duration.ofMinutes(20),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(10));

        private final Dice dice;
        private final VirtualClock clock = new VirtualClock();
        private final Agenda agenda = new Agenda(clock);
        private Ivr ivr = new Ivr(LIMITS);
        private final List<IvrEvent> history = new ArrayList<>();
        private final TreeMap<String, Held> held = new TreeMap<>();
        private long epoch = 1;
        private int backs;
        private final double lost;
        private final double refused;
        private final double[] callers;

        World(long seed) {
            dice = new Dice(seed);
            // Some days all is well, some days hardly anything is.
            lost = dice.chance(0.5) ? 0 : dice.below(50) / 100.0;
            refused = dice.chance(0.5) ? 0 : dice.below(50) / 100.0;
            callers = dice.swarm(3);
        }

        List<IvrEvent> run() {
            for (int number = 0; number < CALLS; number++) {
                var call = "call_" + number;
                agenda.in(Duration.ofSeconds(dice.below(3_600)), () -> ring(call));
            }
            for (int death = dice.below(4); death > 0; death--) {
                agenda.in(Duration.ofSeconds(dice.below(3_600)), this::die);
            }
            while (step()) {
                checkBounds();
            }
            assertEquals(0, ivr.runs(), "runs that never end");
            checkHistory();
            return history;
        }

        /** A call as sip-ingress holds it. */
        private static final class Held {
            private Caller caller;
            private final Run.Drawing drawing;
            private final TreeSet<String> handedOver = new TreeSet<>();
            private boolean answered;
            private boolean over;

            private Held(Caller caller, Run.Drawing drawing, boolean answered) {
                this.caller = caller;
                this.drawing = drawing;
                this.answered = answered;
            }

            private Seen seen() {
                return new Seen(handedOver.isEmpty(), answered);
            }
        }

        /** An heir goes on from the bytes of the journal, which lacks the last moments. */
        private void die() {
            for (int lostTurns = dice.below(3); lostTurns > 0 && !history.isEmpty(); lostTurns--) {
                history.removeLast();
            }
            var traces = new Traces(Duration.ofHours(2));
            history.forEach(event -> journaled(event).events().forEach(traces::apply));
            epoch++;
            ivr = new Ivr(LIMITS);
            traces.live().forEach(this::inherit);
            var known = traces.live().stream().map(trace -> trace.caller().call().value()).toList();
            held.forEach(
                    (call, there) -> {
                        if (!there.over && there.handedOver.isEmpty() && !known.contains(call)) {
                            start(there);
                        }
                    });
        }

        private Turn<Traces.Note> journaled(IvrEvent event) {
            var turn = new Turn<>(event.at(), List.of(event));
            return new TraceCodec().decode(new IvrCodec("ivr-1", epoch).encode(turn));
        }

        private void inherit(Trace trace) {
            var there = held.get(trace.caller().call().value());
            ivr.inherit(trace, there.drawing, clock.instant());
            var call = there.caller.call();
            agenda.in(
                    dice.wait(Duration.ofMillis(300)),
                    () ->
                            tell(
                                    there.over
                                            ? new NoteCallMissing(call)
                                            : new NoteCallFound(call, HOLDER, there.seen())));
        }

        private void checkHistory() {
            var steps = new TreeMap<String, Integer>();
            var ends = new TreeMap<String, Integer>();
            for (var event : history) {
                var call = event.caller().call().value();
                if (event.fact() instanceof FlowStarted) {
                    // What was lost with a process may have begun before.
                    ends.remove(call);
                    steps.put(call, 0);
                }
                assertEquals(0, ends.getOrDefault(call, 0), "something happened after the end");
                if (event.fact() instanceof StepEntered) {
                    steps.merge(call, 1, Integer::sum);
                } else if (event.fact() instanceof FlowFinished) {
                    ends.merge(call, 1, Integer::sum);
                }
            }
            steps.forEach((call, count) -> assertTrue(count <= LIMITS.steps(), "steps of " + call));
            steps.keySet().forEach(call -> assertEquals(1, ends.get(call), "ends of " + call));
        }

        private boolean step() {
            var due = ivr.nextDeadline();
            var next = agenda.next();
            if (due.isPresent() && next.filter(at -> at.isBefore(due.get())).isEmpty()) {
                clock.advanceTo(due.get());
                note(ivr.tick(clock.instant()));
                return true;
            }
            return agenda.step();
        }

        private void checkBounds() {
            assertEquals(ivr.runs() > 0, ivr.nextDeadline().isPresent(), "a wait without end");
            assertTrue(
                    ivr.nextDeadline().filter(clock.instant()::isAfter).isEmpty(),
                    "a deadline that passed took no effect");
        }

        private void ring(String call) {
            var caller = Stage.caller(call);
            var there = new Held(caller, new RandomDrawing(dice).drawn(), dice.chance(0.3));
            held.put(call, there);
            start(there);
            switch (dice.weighted(callers)) {
                case 0 -> pressAtRandom(caller, 12);
                case 1 -> agenda.in(dice.wait(Duration.ofSeconds(20)), () -> hangUp(caller));
                default -> {
                    // Says and presses nothing.
                }
            }
        }

        private void start(Held there) {
            tell(new StartRun(there.caller, there.drawing, there.answered));
        }

        private void pressAtRandom(Caller caller, int left) {
            if (left > 0) {
                agenda.in(
                        dice.wait(Duration.ofMillis(1_500)),
                        () -> {
                            tell(new NoteKeyPressed(caller.call(), caller.leg(), dice.oneOf(KEYS)));
                            pressAtRandom(caller, left - 1);
                        });
            }
        }

        private void hangUp(Caller caller) {
            held.get(caller.call().value()).over = true;
            var reason = new EndReason(EndReason.Fault.NONE, "caller-hung-up");
            tell(new NoteCallEnded(caller.call(), reason));
        }

        private void tell(IvrCommand command) {
            note(ivr.handle(command, clock.instant()));
        }

        private void note(Decision<IvrEvent, IvrEffect, Refusal> decision) {
            history.addAll(decision.events());
            decision.effects().forEach(this::carryOut);
        }

        private void carryOut(IvrEffect effect) {
            var call = effect.caller().call();
            var there = held.get(call.value());
            if (effect instanceof IvrEffect.HandOver over) {
                handOver(over, there);
                return;
            }
            if (effect instanceof IvrEffect.Ask ask) {
                later(2_000, new NoteOutcome(call, ask.number(), outcome()));
                return;
            }
            if (dice.chance(refused)) {
                var gone = dice.chance(0.05);
                later(40, new NoteEffectFailed(call, effect.number(), gone));
                return;
            }
            later(20, new NoteEffectDone(call, effect.number()));
            switch (effect) {
                case IvrEffect.AnswerLeg answer -> {
                    there.answered = true;
                    later(50, new NoteLegAnswered(call, answer.caller().leg()));
                }
                case IvrEffect.Play play -> {
                    later(4_000, new NotePlayEnded(call, play.number()));
                    RandomSpeech.after(play, dice).forEach(speech -> later(6_000, speech));
                }
                case IvrEffect.Record record -> later(9_000, recorded(call, record));
                case IvrEffect.StopPlay stop -> later(20, new NotePlayEnded(call, stop.play()));
                case IvrEffect.HangUpCall _ -> there.over = true;
                case IvrEffect.JoinRoom join -> {
                    if (dice.chance(0.3)) {
                        later(20, new NoteRoomEnded(call, join.room(), dice.chance(0.5)));
                    }
                }
                case IvrEffect.LeaveRoom _ -> {}
                case IvrEffect.EchoLeg _, IvrEffect.HandOver _, IvrEffect.Ask _ -> {}
            }
        }

        private Outcome outcome() {
            return dice.chance(0.3)
                    ? Outcome.of(Step.FAILED)
                    : new Outcome(
                            Step.DONE,
                            new TreeMap<>(Map.of("digits", "12")),
                            Rehearsal.mailbox(dice.below(4), clock.instant()));
        }

        private NotePlayEnded recorded(CallId call, IvrEffect.Record record) {
            var made =
                    dice.chance(0.8)
                            ? Optional.of(
                                    new Recorded(
                                            dice.chance(0.8) ? "recording_1" : "",
                                            Duration.ofSeconds(8)))
                            : Optional.<Recorded>empty();
            return new NotePlayEnded(call, record.number(), new PlayEnd(dice.chance(0.9), made));
        }

        /** A call goes over once; the same hand-over asked for again is answered alike. */
        private void handOver(IvrEffect.HandOver over, Held there) {
            var call = over.caller().call();
            var repeated = there.handedOver.contains(over.mark());
            if (!repeated && (!there.handedOver.isEmpty() || there.over)) {
                later(20, new NoteEffectFailed(call, over.number(), true));
            } else if (!repeated && dice.chance(refused)) {
                later(20, new NoteEffectFailed(call, over.number(), false));
            } else {
                there.handedOver.add(over.mark());
                assertEquals(1, there.handedOver.size(), "handed over twice");
                later(20, new NoteEffectDone(call, over.number()));
                if (!repeated) {
                    comeBack(over, there);
                }
            }
        }

        /** Nobody takes it, perhaps at once, so that the call is back before anybody knows. */
        private void comeBack(IvrEffect.HandOver over, Held there) {
            var terms = over.to().terms().filter(rung -> rung.bookmark().isPresent());
            if (terms.isEmpty() || dice.chance(0.3)) {
                return;
            }
            var bookmark = Bookmarks.message(terms.get().bookmark().get()).toByteString();
            var back = new Back(Bookmarks.read(bookmark), dice.oneOf(terms.get().exits()));
            agenda.in(
                    dice.wait(Duration.ofMillis(dice.chance(0.5) ? 10 : 15_000)),
                    () -> {
                        if (!there.over && there.handedOver.contains(over.mark())) {
                            there.handedOver.clear();
                            there.caller = there.caller.in("run_" + ++backs);
                            var start =
                                    new StartRun(
                                            there.caller,
                                            there.drawing,
                                            there.answered,
                                            Optional.of(back));
                            tell(start);
                            if (dice.chance(0.2)) {
                                tell(start);
                            }
                        }
                    });
        }

        private void later(int meanMs, IvrCommand notice) {
            if (!dice.chance(lost)) {
                agenda.in(dice.wait(Duration.ofMillis(meanMs)), () -> tell(notice));
            }
        }
    }
}
