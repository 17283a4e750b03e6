// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.engine.Decision;
import org.panacall.ivr.core.IvrCommand.NoteCallFound;
import org.panacall.ivr.core.IvrCommand.NoteKeyPressed;
import org.panacall.ivr.core.IvrCommand.NotePlayEnded;
import org.panacall.ivr.core.IvrCommand.Seen;
import org.panacall.ivr.core.IvrCommand.StartRun;
import org.panacall.ivr.core.IvrEvent.FlowFinished;
import org.panacall.ivr.core.flow.Destination;
import org.panacall.ivr.core.flow.DialPlan;
import org.panacall.ivr.core.flow.Flow;
import org.panacall.ivr.core.flow.NameBook;
import org.panacall.ivr.core.flow.Prompt;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.id.CallId;
import org.panacall.ivr.core.id.Extension;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.LegId;
import org.panacall.ivr.core.id.QueueId;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.id.TenantId;
import org.panacall.ivr.core.run.Run;
import org.panacall.ivr.core.run.Traces;
import org.panacall.simkit.VirtualClock;

/** A core on virtual time, a demo flow, and words in which cases are told. */
final class Stage {

    static final Limits LIMITS =
            new Limits(
                    3,
                    500,
                    Duration.ofHours(1),
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(3),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(10));

    static final Caller CALLER = caller("call_1");

    final VirtualClock clock = new VirtualClock();
    Ivr ivr;
    final List<IvrEvent> events = new ArrayList<>();
    final List<IvrEffect> effects = new ArrayList<>();

    Stage() {
        this(LIMITS);
    }

    Stage(Limits limits) {
        ivr = new Ivr(limits);
    }

    static Caller caller(String call) {
        return new Caller(
                new CallId(call),
                new LegId("leg_of_" + call),
                new TenantId("demo"),
                new Caller.Numbers("+79160000001", "+74950000100"),
                new Caller.Origin("run_of_" + call, "127.0.0.1:9010", ""));
    }

    /** Greeting with barge-in, then a menu of 1, 2, 3, 9 and extensions, as in the demo clinic. */
    static Flow demo() {
        return flow(
                step("greeting", new Step.Play(prompts("greeting"), true), "done", "menu"),
                step(
                        "menu",
                        menu(true, "1", "2", "3", "9"),
                        "1",
                        "registry",
                        "2",
                        "paid",
                        "3",
                        "hours",
                        "9",
                        "bye",
                        "no-input",
                        "registry",
                        "invalid",
                        "registry"),
                step("registry", new Step.Enqueue(new QueueId("registry"), Map.of("menu", "1"))),
                step("paid", new Step.Enqueue(new QueueId("paid"), Map.of())),
                step("hours", new Step.Play(prompts("hours"), false), "done", "menu"),
                step("bye", new Step.HangUp()));
    }

    static Flow flow(Step... steps) {
        var map = new java.util.LinkedHashMap<StepId, Step>();
        for (var step : steps) {
            map.put(step.id(), step);
        }
        return new Flow(
                new FlowId("main"), 1, steps[0].id(), map, Optional.of(new QueueId("fallback")));
    }

    static Step step(String id, Step.Kind kind, String... exits) {
        var map = new TreeMap<String, StepId>();
        for (int index = 0; index < exits.length; index += 2) {
            map.put(exits[index], new StepId(exits[index + 1]));
        }
        return new Step(new StepId(id), kind, map);
    }

    static Step.Menu menu(boolean dialling, String... keys) {
        return new Step.Menu(
                prompts("menu"),
                prompts("invalid"),
                new Step.Keys(List.of(keys), dialling),
                new Step.Patience(Duration.ofSeconds(5), Duration.ofMillis(1_500), 3));
    }

    static List<Prompt> prompts(String id) {
        return List.of(new Prompt.Stored(id, "ru", ""));
    }

    /** 101–110 and 201, queues 601 and 602, echo 999. */
    static DialPlan dialPlan() {
        var entries = new TreeMap<String, DialPlan.Entry>();
        for (var person : List.of("101", "103", "104", "110", "201")) {
            var to = new Destination.ToExtension(new Extension(person), Optional.empty());
            entries.put(person, new DialPlan.Reach(to));
        }
        entries.put("601", queue("registry"));
        entries.put("602", queue("paid"));
        entries.put("999", new DialPlan.Echo());
        var names =
                List.of(
                        NameBook.Entry.of("Анна Смирнова", "101"),
                        NameBook.Entry.of("Мария Попова", "103"),
                        NameBook.Entry.of("John Smith", "104"));
        return new DialPlan(entries, new NameBook(names));
    }

    private static DialPlan.Entry queue(String queue) {
        return new DialPlan.Reach(new Destination.ToQueue(new QueueId(queue), Map.of()));
    }

    /** Starts an answered call in the demo flow, and lets it hear the greeting out. */
    Stage atMenu() {
        tell(new StartRun(CALLER, demo(), dialPlan(), true));
        return playEnds();
    }

    Stage tell(IvrCommand command) {
        note(ivr.handle(command, clock.instant()));
        return this;
    }

    Stage press(String... keys) {
        for (var key : keys) {
            tell(new NoteKeyPressed(CALLER.call(), CALLER.leg(), key));
        }
        return this;
    }

    /** The process dies; an heir goes on from what was journaled, and hears of the call. */
    Stage die(boolean ours, boolean answered) {
        var traces = new Traces(Duration.ofHours(2));
        events.forEach(event -> traces.apply(Traces.Note.of(event, 1)));
        effects.clear();
        ivr = new Ivr(LIMITS);
        var drawing = new Run.Drawing(demo(), dialPlan());
        traces.live().forEach(trace -> ivr.inherit(trace, drawing, clock.instant()));
        return tell(found(ours, answered));
    }

    static NoteCallFound found(boolean ours, boolean answered) {
        return new NoteCallFound(CALLER.call(), "127.0.0.1:9010", new Seen(ours, answered));
    }

    /** The newest play comes to its end. */
    Stage playEnds() {
        return tell(new NotePlayEnded(CALLER.call(), lastPlay().number()));
    }

    /** Time goes by; deadlines take effect when they are due. */
    Stage after(Duration elapsed) {
        var until = clock.instant().plus(elapsed);
        while (ivr.nextDeadline().filter(due -> !due.isAfter(until)).isPresent()) {
            clock.advanceTo(ivr.nextDeadline().orElseThrow());
            note(ivr.tick(clock.instant()));
        }
        clock.advanceTo(until);
        return this;
    }

    IvrEffect.Play lastPlay() {
        return effects.stream()
                .filter(IvrEffect.Play.class::isInstance)
                .map(IvrEffect.Play.class::cast)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    IvrEffect lastEffect() {
        return effects.getLast();
    }

    /** Where the call was sent to last: "queue …", "extension …" or "". */
    String handedTo() {
        return lastEffect() instanceof IvrEffect.HandOver(_, _, var to, _)
                ? (to instanceof Destination.ToQueue ? "queue " : "extension ") + to.target()
                : "";
    }

    Optional<FlowFinished> ending() {
        return events.stream()
                .map(IvrEvent::fact)
                .filter(FlowFinished.class::isInstance)
                .map(FlowFinished.class::cast)
                .reduce(
                        (one, two) -> {
                            throw new AssertionError("two ends: " + one + ", " + two);
                        });
    }

    private void note(Decision<IvrEvent, IvrEffect, Refusal> decision) {
        events.addAll(decision.events());
        effects.addAll(decision.effects());
    }
}
