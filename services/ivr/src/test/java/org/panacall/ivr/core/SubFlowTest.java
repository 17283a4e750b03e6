// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.panacall.engine.Turn;
import org.panacall.ivr.core.IvrCommand.NoteLegAnswered;
import org.panacall.ivr.core.IvrCommand.StartRun;
import org.panacall.ivr.core.IvrEvent.StepEntered;
import org.panacall.ivr.core.flow.Around;
import org.panacall.ivr.core.flow.Destination.ToQueue;
import org.panacall.ivr.core.flow.Expression;
import org.panacall.ivr.core.flow.Flow;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.flow.Variable;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.QueueId;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.run.Run;
import org.panacall.ivr.core.run.Trace;
import org.panacall.ivr.core.run.Traces;
import org.panacall.ivr.nats.IvrCodec;
import org.panacall.ivr.nats.TraceCodec;
import org.panacall.ivr.nats.TraceForm;

/** Flows within flows, and what of them survives. */
class SubFlowTest {

    private static final Duration LONG = Duration.ofHours(2);

    private final Stage stage = new Stage();

    /** Sets a variable, goes through a sub-flow that asks for two digits, then to a queue. */
    private static Run.Drawing drawing() {
        var main =
                new Flow(
                        new FlowId("main"),
                        7,
                        new StepId("mark"),
                        steps(
                                Stage.step(
                                        "mark",
                                        new Step.Assign(
                                                List.of(
                                                        new Step.Assignment(
                                                                "mark", names -> Optional.of(5L)))),
                                        "done",
                                        "language"),
                                Stage.step("language", new Step.Choose("uk"), "done", "sub"),
                                Stage.step(
                                        "sub",
                                        new Step.SubFlow(
                                                new FlowId("ask"),
                                                new TreeMap<>(Map.of("given", name("mark"))),
                                                new TreeMap<>(Map.of("digits", "typed"))),
                                        "got",
                                        "queue"),
                                Stage.step(
                                        "queue",
                                        new Step.Enqueue(
                                                new QueueId("registry"),
                                                Map.of(),
                                                Map.of(
                                                        "digits",
                                                        name("digits"),
                                                        "mark",
                                                        name("mark"))))),
                        Optional.of(new QueueId("fallback")),
                        variables(
                                new Variable("mark", Variable.Kind.NUMBER, "0"),
                                new Variable("digits", Variable.Kind.TEXT, "")));
        var ask =
                new Flow(
                        new FlowId("ask"),
                        3,
                        new StepId("ask"),
                        steps(
                                Stage.step("ask", collect(), "done", "end"),
                                Stage.step("end", new Step.Finish("got"))),
                        Optional.empty(),
                        variables(
                                new Variable("given", Variable.Kind.NUMBER, "0"),
                                new Variable("typed", Variable.Kind.TEXT, "")));
        var around =
                new Around(
                        Around.NOTHING.place(),
                        Map.of(ask.id(), ask),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        Map.of(),
                        Around.NOTHING.numbers());
        return new Run.Drawing(main, Stage.dialPlan(), around);
    }

    private static Expression name(String name) {
        return names -> names.apply(name);
    }

    private static Step.Collect collect() {
        return new Step.Collect(
                Stage.prompts("digits"),
                List.of(),
                new Step.Digits(2, 2, "", "typed", Optional.of(SubFlowTest::isGiven)),
                new Step.Patience(Duration.ofSeconds(5), Duration.ofSeconds(2), 3));
    }

    private static Optional<Object> isGiven(
            java.util.function.Function<String, Optional<Object>> names) {
        return Optional.of(names.apply("given").equals(Optional.of(5L)));
    }

    private static Map<StepId, Step> steps(Step... steps) {
        var map = new java.util.LinkedHashMap<StepId, Step>();
        List.of(steps).forEach(step -> map.put(step.id(), step));
        return map;
    }

    private static Map<String, Variable> variables(Variable... variables) {
        var map = new TreeMap<String, Variable>();
        List.of(variables).forEach(variable -> map.put(variable.name(), variable));
        return map;
    }

    private Map<String, String> attributes() {
        return stage.lastEffect() instanceof IvrEffect.HandOver(_, _, ToQueue queue, _)
                ? queue.attributes()
                : Map.of();
    }

    @Test
    void whoStartsAFlowMayGiveItsVariables() {
        // Given
        var flow =
                new Flow(
                        new FlowId("main"),
                        7,
                        new StepId("queue"),
                        steps(
                                Stage.step(
                                        "queue",
                                        new Step.Enqueue(
                                                new QueueId("registry"),
                                                Map.of(),
                                                Map.of("digits", name("digits"))))),
                        Optional.of(new QueueId("fallback")),
                        variables(new Variable("digits", Variable.Kind.TEXT, "none")));
        var drawing = new Run.Drawing(flow, Stage.dialPlan());
        var given = new TreeMap<>(Map.of("digits", "42", "unknown", "?"));
        // When
        stage.tell(new StartRun(Stage.CALLER, drawing, true, Optional.empty(), given));
        // Then
        var handed = (IvrEffect.HandOver) stage.effects.getLast();
        assertEquals(new ToQueue(new QueueId("registry"), Map.of("digits", "42")), handed.to());
        assertTrue(
                stage.events.stream()
                        .noneMatch(
                                event ->
                                        event.fact() instanceof IvrEvent.VariableSet set
                                                && set.name().equals("unknown")));
    }

    @Test
    void argumentsGoInAndResultsComeBack() {
        // Given
        stage.tell(new StartRun(Stage.CALLER, drawing(), true));

        // When
        stage.press("4", "2");

        // Then
        assertEquals("queue registry", stage.handedTo());
        assertEquals(Map.of("digits", "42", "mark", "5", "language", "uk"), attributes());
    }

    @Test
    void anHeirGoesOnInTheSubFlowWithWhatTheRunRemembers() {
        // Given
        stage.tell(new StartRun(Stage.CALLER, drawing(), true));

        // When
        var traces = journaled();
        stage.ivr = new Ivr(Stage.LIMITS);
        traces.forEach(trace -> stage.ivr.inherit(trace, drawing(), stage.clock.instant()));
        stage.tell(Stage.found(true, true)).press("4", "2");

        // Then
        assertEquals(Map.of("digits", "42", "mark", "5", "language", "uk"), attributes());
    }

    @Test
    void aSnapshotHoldsAllThatIsRemembered() {
        // Given
        stage.tell(new StartRun(Stage.CALLER, drawing(), true)).press("4", "7");
        stage.tell(new StartRun(Stage.caller("call_2"), drawing(), true));
        var traces = new Traces(LONG);
        stage.events.forEach(event -> traces.apply(Traces.Note.of(event, 1)));

        // When
        var form = TraceForm.of(LONG);
        var again = form.read().apply(form.hold().apply(traces).get());

        // Then
        assertEquals(traces.live(), again.live());
        var frames = again.live().getLast().situation().frames();
        assertEquals("ask", frames.getLast().flow().value());
        assertEquals("5", frames.getLast().variables().get("given"));
    }

    private List<Trace> journaled() {
        var traces = new Traces(LONG);
        var codec = new IvrCodec("ivr-1", 1);
        for (var event : stage.events) {
            var bytes = codec.encode(new Turn<>(event.at(), List.of(event)));
            new TraceCodec().decode(bytes).events().forEach(traces::apply);
        }
        return traces.live();
    }

    @Test
    void aFlowThatAnswersItselfIsNotAnsweredBefore() {
        // Given
        var flow =
                Stage.flow(
                        Stage.step("tag", new Step.Tag("x", name("dialled")), "done", "answer"),
                        Stage.step("answer", new Step.Answer(), "done", "bye"),
                        Stage.step("bye", new Step.HangUp()));

        // When
        stage.tell(new StartRun(Stage.CALLER, flow, Stage.dialPlan(), false));

        // Then
        assertEquals(1, stage.effects.size());
        assertTrue(stage.lastEffect() instanceof IvrEffect.AnswerLeg);
        stage.tell(new NoteLegAnswered(Stage.CALLER.call(), Stage.CALLER.leg()));
        assertTrue(stage.lastEffect() instanceof IvrEffect.HangUpCall);
    }

    @Test
    void runsThatAreUnderWayFinishOnTheVersionTheyBeganWith() {
        // Given
        stage.ivr = new Ivr(new Limits(600, 500, LONG, LONG, LONG, LONG, LONG));
        for (int call = 0; call < 500; call++) {
            stage.tell(new StartRun(Stage.caller("old_" + call), version(1, "registry"), true));
        }

        // When
        stage.tell(new StartRun(Stage.caller("new"), version(2, "paid"), true));

        // Then
        for (int call = 0; call < 500; call++) {
            var caller = Stage.caller("old_" + call);
            stage.tell(new IvrCommand.NoteKeyPressed(caller.call(), caller.leg(), "1"));
            assertEquals("queue registry", stage.handedTo());
        }
        var caller = Stage.caller("new");
        stage.tell(new IvrCommand.NoteKeyPressed(caller.call(), caller.leg(), "1"));
        assertEquals("queue paid", stage.handedTo());
        assertEquals(
                2,
                stage.events.stream()
                        .filter(event -> event.caller().equals(caller))
                        .filter(event -> event.fact() instanceof StepEntered)
                        .count());
    }

    private static Run.Drawing version(long version, String queue) {
        var menu = Stage.step("menu", Stage.menu(false, "1"), "1", "queue");
        var to = Stage.step("queue", new Step.Enqueue(new QueueId(queue), Map.of()));
        var flow =
                new Flow(new FlowId("main"), version, menu.id(), steps(menu, to), Optional.empty());
        return new Run.Drawing(flow, Stage.dialPlan());
    }
}
