// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.panacall.engine.Decision;
import org.panacall.ivr.core.IvrCommand.NoteCallEnded;
import org.panacall.ivr.core.IvrCommand.NoteEffectDone;
import org.panacall.ivr.core.IvrCommand.NoteEffectFailed;
import org.panacall.ivr.core.IvrCommand.NoteKeyPressed;
import org.panacall.ivr.core.IvrCommand.NoteLegAnswered;
import org.panacall.ivr.core.IvrCommand.NotePlayEnded;
import org.panacall.ivr.core.IvrCommand.StartRun;
import org.panacall.ivr.core.IvrEvent.Ending;
import org.panacall.ivr.core.IvrEvent.FlowFinished;
import org.panacall.ivr.core.IvrEvent.StepEntered;
import org.panacall.ivr.core.flow.Flow;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.id.Extension;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.QueueId;
import org.panacall.ivr.core.id.StepId;
import org.panacall.simkit.Agenda;
import org.panacall.simkit.Dice;
import org.panacall.simkit.Seeds;
import org.panacall.simkit.VirtualClock;

/**
 * Callers go through random drawings, press what they like, hang up when they like, while
 * sip-ingress loses notices and refuses commands.
 *
 * <p>After every turn: each live run has a deadline, and its steps are within bounds. At the end:
 * every run has exactly one end, and every call was handed over, hung up, or gone.
 */
class IvrSimulation {

    private static final int CALLS = 150;
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
                        Duration.ofSeconds(15));

        private final Dice dice;
        private final VirtualClock clock = new VirtualClock();
        private final Agenda agenda = new Agenda(clock);
        private final Ivr ivr = new Ivr(LIMITS);
        private final List<IvrEvent> history = new ArrayList<>();
        private final Map<String, Integer> steps = new HashMap<>();
        private final Map<String, Integer> ends = new HashMap<>();
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
            while (step()) {
                checkBounds();
            }
            assertEquals(0, ivr.runs(), "runs that never end");
            steps.keySet().forEach(call -> assertEquals(1, ends.get(call), "ends of " + call));
            return history;
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
            steps.forEach((call, count) -> assertTrue(count <= LIMITS.steps(), "steps of " + call));
        }

        private void ring(String call) {
            var caller = Stage.caller(call);
            tell(new StartRun(caller, drawing(), Stage.dialPlan(), dice.chance(0.3)));
            switch (dice.weighted(callers)) {
                case 0 -> pressAtRandom(caller, 12);
                case 1 -> agenda.in(dice.wait(Duration.ofSeconds(20)), () -> hangUp(caller));
                default -> {
                    // Says and presses nothing.
                }
            }
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
            var reason = new EndReason(EndReason.Fault.NONE, "caller-hung-up");
            tell(new NoteCallEnded(caller.call(), reason));
        }

        private void tell(IvrCommand command) {
            note(ivr.handle(command, clock.instant()));
        }

        private void note(Decision<IvrEvent, IvrEffect, Refusal> decision) {
            for (var event : decision.events()) {
                history.add(event);
                var call = event.caller().call().value();
                assertEquals(0, ends.getOrDefault(call, 0), "something happened after the end");
                steps.putIfAbsent(call, 0);
                if (event.fact() instanceof StepEntered) {
                    steps.merge(call, 1, Integer::sum);
                } else if (event.fact() instanceof FlowFinished) {
                    ends.merge(call, 1, Integer::sum);
                }
            }
            decision.effects().forEach(this::carryOut);
        }

        private void carryOut(IvrEffect effect) {
            var call = effect.caller().call();
            if (dice.chance(refused)) {
                var gone = dice.chance(0.05);
                later(40, new NoteEffectFailed(call, effect.number(), gone));
                return;
            }
            later(20, new NoteEffectDone(call, effect.number()));
            switch (effect) {
                case IvrEffect.AnswerLeg answer ->
                        later(50, new NoteLegAnswered(call, answer.caller().leg()));
                case IvrEffect.Play play -> later(4_000, new NotePlayEnded(call, play.number()));
                case IvrEffect.StopPlay stop -> later(20, new NotePlayEnded(call, stop.play()));
                case IvrEffect.EchoLeg _, IvrEffect.HandOver _, IvrEffect.HangUpCall _ -> {}
            }
        }

        private void later(int meanMs, IvrCommand notice) {
            if (!dice.chance(lost)) {
                agenda.in(dice.wait(Duration.ofMillis(meanMs)), () -> tell(notice));
            }
        }

        /** Some steps, some exits, many of them wrong. */
        private Flow drawing() {
            var count = dice.between(1, 8);
            var steps = new LinkedHashMap<StepId, Step>();
            for (int number = 0; number < count; number++) {
                var id = new StepId("step" + number);
                steps.put(id, new Step(id, kind(), exits(count)));
            }
            var fallback =
                    dice.chance(0.9)
                            ? Optional.of(new QueueId("fallback"))
                            : Optional.<QueueId>empty();
            return new Flow(new FlowId("random"), 1, new StepId("step0"), steps, fallback);
        }

        private Step.Kind kind() {
            return switch (dice.below(8)) {
                case 0, 1 -> new Step.Play(Stage.prompts("greeting"), dice.chance(0.5));
                case 2 -> new Step.Play(List.of(), true);
                case 3, 4 -> Stage.menu(dice.chance(0.5), "1", "2", "*");
                case 5 -> new Step.Enqueue(new QueueId("registry"), Map.of());
                case 6 -> new Step.Transfer(new Extension("103"));
                default -> dice.chance(0.5) ? new Step.Echo() : new Step.HangUp();
            };
        }

        private TreeMap<String, StepId> exits(int count) {
            var exits = new TreeMap<String, StepId>();
            for (var exit : List.of("done", "1", "2", "*", "no-input", "invalid")) {
                if (dice.chance(0.8)) {
                    exits.put(exit, new StepId("step" + dice.below(count + 1)));
                }
            }
            return exits;
        }
    }
}
