// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.panacall.ivr.core.IvrCommand.NoteOutcome;
import org.panacall.ivr.core.IvrCommand.StartRun;
import org.panacall.ivr.core.flow.Around;
import org.panacall.ivr.core.flow.Destination;
import org.panacall.ivr.core.flow.Expression;
import org.panacall.ivr.core.flow.Flow;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.QueueId;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.lookup.ContactLookup;
import org.panacall.ivr.core.outside.Outcome;
import org.panacall.ivr.core.run.Run;
import org.panacall.ivr.core.run.Traces;

/** What is known of a caller's contact is known in all flows of his call, and to heirs. */
class ContactFactsTest {

    private static final QueueId REGISTRY = new QueueId("registry");

    private final Stage stage = new Stage();

    private static Flow flow(String id, Step... steps) {
        var map = new LinkedHashMap<StepId, Step>();
        for (var step : steps) {
            map.put(step.id(), step);
        }
        return new Flow(
                new FlowId(id), 1, steps[0].id(), map, Optional.of(new QueueId("fallback")));
    }

    private static Step.Kind look() {
        return new Step.Outside(
                new ContactLookup(new TreeMap<>(), false),
                new TreeMap<>(),
                Duration.ofSeconds(2),
                false);
    }

    private static Step.Kind branch() {
        Expression isVip =
                names ->
                        names.apply("contact.found")
                                .filter(Boolean.TRUE::equals)
                                .flatMap(_ -> names.apply("contact.category"))
                                .map("vip"::equals);
        return new Step.Branch(List.of(new Step.Case("vip", isVip)));
    }

    /** Looks in a sub-flow, then goes on in another flow, and asks there. */
    private static Run.Drawing drawing() {
        var sub =
                flow(
                        "look-up",
                        Stage.step("look", look(), "found", "back", "not-found", "back"),
                        Stage.step("back", new Step.Finish("looked")));
        var main =
                flow(
                        "main",
                        Stage.step(
                                "sub",
                                new Step.SubFlow(
                                        new FlowId("look-up"), new TreeMap<>(), new TreeMap<>()),
                                "looked",
                                "other"),
                        Stage.step("other", new Step.GoTo(new FlowId("other"))));
        var other =
                flow(
                        "other",
                        Stage.step(
                                "greeting",
                                new Step.Play(Stage.prompts("hello"), false),
                                "done",
                                "who"),
                        Stage.step("who", branch(), "vip", "registry", "else", "all"),
                        Stage.step("registry", new Step.Enqueue(REGISTRY, Map.of())),
                        Stage.step("all", new Step.Enqueue(new QueueId("all"), Map.of())));
        return new Run.Drawing(
                main, Stage.dialPlan(), Around.NOTHING.with(sub).with(other).with(main));
    }

    private void look(Outcome outcome) {
        stage.tell(new StartRun(Stage.CALLER, drawing(), true));
        var asked = assertInstanceOf(IvrEffect.Ask.class, stage.lastEffect());
        stage.tell(new NoteOutcome(Stage.CALLER.call(), asked.number(), outcome));
    }

    private static Outcome vip() {
        return new Outcome(
                "found", new TreeMap<>(Map.of("contact.found", "true", "contact.category", "vip")));
    }

    @Test
    void whatASubFlowFoundIsKnownInOtherFlowsAndGoesAlongToTheQueue() {
        // When
        look(vip());
        stage.playEnds();

        // Then
        var over = assertInstanceOf(IvrEffect.HandOver.class, stage.lastEffect());
        assertEquals(new Destination.ToQueue(REGISTRY, Map.of("category", "vip")), over.to());
    }

    @Test
    void ofWhomNothingIsKnownIsNobody() {
        look(Outcome.of("not-found"));
        stage.playEnds();
        assertEquals("queue all", stage.handedTo());
    }

    @Test
    void anHeirKnowsItToo() {
        // Given
        look(vip());
        var traces = new Traces(Duration.ofHours(2));
        stage.events.forEach(event -> traces.apply(Traces.Note.of(event, 1)));
        stage.ivr = new Ivr(Stage.LIMITS);

        // When
        traces.live().forEach(one -> stage.ivr.inherit(one, drawing(), stage.clock.instant()));
        stage.tell(Stage.found(true, true));
        stage.playEnds();

        // Then
        assertEquals("queue registry", stage.handedTo());
    }
}
