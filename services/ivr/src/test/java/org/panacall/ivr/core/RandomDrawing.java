// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.ivr.core.flow.Around;
import org.panacall.ivr.core.flow.Destination.RingGroup;
import org.panacall.ivr.core.flow.Expression;
import org.panacall.ivr.core.flow.Flow;
import org.panacall.ivr.core.flow.NameBook;
import org.panacall.ivr.core.flow.NumberPlan;
import org.panacall.ivr.core.flow.SayPart;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.flow.Variable;
import org.panacall.ivr.core.flow.Words;
import org.panacall.ivr.core.id.Extension;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.QueueId;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.run.Run;
import org.panacall.simkit.Dice;

/** Drawings that nobody would draw: any steps, some exits, many of them wrong, no validation. */
final class RandomDrawing {

    private static final Step.Extent EXTENT =
            new Step.Extent(
                    Duration.ofMinutes(3), Duration.ofSeconds(5), Duration.ofSeconds(1), "#");

    private static final List<String> EXITS =
            List.of(
                    "done",
                    "1",
                    "2",
                    "*",
                    "no-input",
                    "invalid",
                    "again",
                    "over",
                    "yes",
                    "else",
                    "open",
                    "listed",
                    "not-listed",
                    "failed",
                    "got",
                    "started",
                    "timeout",
                    "no-answer",
                    "busy",
                    "unavailable",
                    "not-found",
                    "full",
                    "unknown");

    private static final Map<String, Variable> VARIABLES =
            Map.of(
                    "digits", new Variable("digits", Variable.Kind.TEXT, ""),
                    "count", new Variable("count", Variable.Kind.NUMBER, "0"));

    private final Dice dice;

    RandomDrawing(Dice dice) {
        this.dice = dice;
    }

    /** A flow and what it finds around it. */
    Run.Drawing drawn() {
        var main = flow("random");
        var around =
                new Around(
                        new Around.Place(ZoneOffset.UTC, "ru"),
                        Map.of(new FlowId("sub"), flow("sub"), new FlowId("random"), main),
                        Collections.emptySortedMap(),
                        Collections.emptySortedMap(),
                        Map.of(),
                        NumberPlan.NONE);
        return new Run.Drawing(main, Stage.dialPlan(), around);
    }

    private Flow flow(String id) {
        var count = dice.between(1, 8);
        var steps = new LinkedHashMap<StepId, Step>();
        for (int number = 0; number < count; number++) {
            var step = new StepId("step" + number);
            steps.put(step, new Step(step, kind(), exits(count)));
        }
        var fallback =
                dice.chance(0.9) ? Optional.of(new QueueId("fallback")) : Optional.<QueueId>empty();
        return new Flow(new FlowId(id), 1, new StepId("step0"), steps, fallback, VARIABLES);
    }

    private static Step.Menu spoken() {
        var menu = Stage.menu(false, "1", "2", "*");
        var words =
                List.of(
                        new Words.Entry("1", "ru", List.of("one")),
                        new Words.Entry("2", "ru", List.of("two")));
        var keys =
                new Step.Keys(
                        menu.keys().keys(), false, new Words(words, 60), Optional.of("digits"));
        return new Step.Menu(menu.prompts(), menu.invalidPrompts(), keys, menu.patience());
    }

    private Step.Kind kind() {
        return switch (dice.below(18)) {
            case 0, 1 -> new Step.Play(Stage.prompts("greeting"), dice.chance(0.5));
            case 2 -> new Step.Play(List.of(), true);
            case 3, 4 -> dice.chance(0.6) ? Stage.menu(dice.chance(0.5), "1", "2", "*") : spoken();
            case 5 -> new Step.Enqueue(new QueueId("registry"), Map.of(), Map.of("n", value()));
            case 6 -> dice.chance(0.7) ? transfer() : group();
            case 7 -> dice.chance(0.5) ? new Step.Echo() : new Step.HangUp();
            case 8 -> dice.chance(0.3) ? spell() : dice.chance(0.7) ? collect() : rate();
            case 9 -> new Step.Branch(List.of(new Step.Case("yes", value())));
            case 10 -> new Step.Assign(List.of(new Step.Assignment("count", value())));
            case 11 ->
                    new Step.Say(
                            List.of(new SayPart.Computed(value(), SayPart.As.MINUTES, "")), true);
            case 12 -> new Step.Loop(dice.between(1, 3));
            case 13 ->
                    dice.chance(0.5)
                            ? new Step.Pause(Duration.ofSeconds(dice.between(1, 5)))
                            : new Step.Answer();
            case 14 ->
                    dice.chance(0.7)
                            ? new Step.SubFlow(
                                    new FlowId(dice.chance(0.9) ? "sub" : "gone"),
                                    new TreeMap<>(Map.of("count", value())),
                                    new TreeMap<>(Map.of("digits", "digits")))
                            : new Step.GoTo(new FlowId("random"));
            case 15 ->
                    new Step.Outside(
                            () -> "errand",
                            new TreeMap<>(Map.of("count", value())),
                            Duration.ofSeconds(dice.between(1, 9)),
                            dice.chance(0.5));
            case 16 -> new Step.Await(new StepId("step" + dice.below(8)));
            default ->
                    dice.oneOf(
                            List.of(
                                    new Step.Finish("got"),
                                    new Step.Choose("en"),
                                    new Step.Hours("main"),
                                    new Step.Screen(List.of("vip")),
                                    new Step.Tag("tag", value()),
                                    new Step.RecordMessage(
                                            Stage.prompts("message"),
                                            dice.chance(0.5) ? "registry" : "",
                                            EXTENT),
                                    new Step.RecordingNotice(Stage.prompts("notice")),
                                    new Step.Listen(Duration.ofSeconds(dice.between(1, 9))),
                                    new Step.Confer(
                                            value(),
                                            new Step.Company(3, List.of(), dice.chance(0.5)),
                                            Duration.ofSeconds(dice.between(1, 60)),
                                            dice.chance(0.5) ? "*" : "")));
        };
    }

    private Step.Transfer transfer() {
        return dice.chance(0.7)
                ? new Step.Transfer(new Extension("103"))
                : new Step.Transfer(
                        new Step.Telephone("+74951112233"), Optional.of(Duration.ofSeconds(20)));
    }

    private Step.Ring group() {
        var group =
                new RingGroup(
                        List.of(
                                new Step.Person(new Extension("103"), false),
                                new Step.Telephone("+74951112233")),
                        dice.oneOf(List.of(RingGroup.Order.values())),
                        new RingGroup.Times(Duration.ofSeconds(20), Optional.empty()),
                        Optional.empty());
        return new Step.Ring(group);
    }

    private static NameBook.Spell spell() {
        var patience = new Step.Patience(Duration.ofSeconds(5), Duration.ofSeconds(2), 2);
        return new NameBook.Spell(Stage.prompts("name"), Stage.prompts("nobody"), "", patience);
    }

    private Step.Rate rate() {
        return new Step.Rate(
                Stage.prompts("rate"),
                List.of(),
                dice.between(2, 9),
                dice.chance(0.5) ? Optional.of("count") : Optional.empty(),
                new Step.Patience(Duration.ofSeconds(5), Duration.ofSeconds(2), 2));
    }

    private Step.Collect collect() {
        return new Step.Collect(
                Stage.prompts("digits"),
                Stage.prompts("invalid"),
                new Step.Digits(
                        dice.between(1, 2),
                        dice.between(2, 4),
                        dice.chance(0.5) ? "#" : "",
                        "digits",
                        dice.chance(0.5) ? Optional.of(value()) : Optional.empty()),
                new Step.Patience(Duration.ofSeconds(5), Duration.ofSeconds(2), 2));
    }

    /** Something of any kind, or nothing, that may depend on what is remembered. */
    private Expression value() {
        int number = dice.below(100);
        return switch (dice.below(5)) {
            case 0 -> names -> names.apply("count").map(count -> (Object) ((Long) count + 1));
            case 1 -> names -> names.apply("digits").map(digits -> (Object) digits.equals("12"));
            case 2 -> names -> Optional.empty();
            case 3 -> names -> Optional.of(number % 2 == 0);
            default -> names -> Optional.of((long) number);
        };
    }

    private TreeMap<String, StepId> exits(int count) {
        var exits = new TreeMap<String, StepId>();
        for (var exit : EXITS) {
            if (dice.chance(0.8)) {
                exits.put(exit, new StepId("step" + dice.below(count + 1)));
            }
        }
        return exits;
    }
}
