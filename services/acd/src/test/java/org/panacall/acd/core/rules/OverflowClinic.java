// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.rules;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.Clinic;
import org.panacall.acd.core.Scene;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.call.Sound;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.match.LongestIdle;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.plan.QueueRules;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.core.plan.TenantRules;
import org.panacall.calendar.Calendar;
import org.panacall.calendar.Calendar.Hours;
import org.panacall.calendar.Calendar.Span;

/** A registry with room for two, and short words for where its calls went. */
final class OverflowClinic {

    private OverflowClinic() {}

    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Action PAID = new Action.ToQueue(Clinic.PAID);
    static final Action OUTSIDE =
            new Action.ToNumber(
                    new PartyNumber("+74951112233"), "night centre", Duration.ofSeconds(20));
    static final Action PERSON = new Action.ToPerson(Clinic.extension(110));
    static final Action FLOW = new Action.ToFlow("night");
    static final Action SAY = new Action.Announce("sorry");
    static final Action MESSAGE = new Action.TakeMessage("");
    static final Action KEEP = new Action.KeepWaiting();

    /** Open until eight in the evening of Moscow; the scene begins at three at night. */
    static Optional<Calendar> hours(String from, String until) {
        var span = new Span(LocalTime.parse(from), LocalTime.parse(until));
        var week = Stream.of(DayOfWeek.values()).map(day -> new Hours(day, span)).toList();
        return Optional.of(new Calendar(ZoneId.of("Europe/Moscow"), week, List.of(), List.of()));
    }

    static final Optional<Calendar> CLOSED = hours("08:00", "20:00");
    static final Optional<Calendar> CLOSES_SOON = hours("00:00", "03:02");

    /** The tenant has a flow for messages. */
    static TenantPlan withVoicemail(QueueRules registry) {
        var plan = plan(registry);
        var rules =
                new TenantRules(
                        List.of(),
                        0,
                        Duration.ofHours(4),
                        "ru",
                        List.of(),
                        Optional.of("voicemail"));
        return new TenantPlan(plan.callerNumber(), rules, plan.queues(), plan.people());
    }

    static QueueRules rules(
            Optional<Calendar> hours, List<OverflowRule> atEntry, List<OverflowRule> waiting) {
        return new QueueRules(hours, atEntry, waiting, Optional.empty(), OptionalInt.empty());
    }

    static QueueRules atEntry(OverflowRule... rules) {
        return rules(Optional.empty(), List.of(rules), List.of());
    }

    static QueueRules waiting(OverflowRule... rules) {
        return rules(Optional.empty(), List.of(), List.of(rules));
    }

    static TenantPlan plan(QueueRules registry) {
        return plan(registry, UnaryOperator.identity());
    }

    static TenantPlan plan(QueueRules registry, UnaryOperator<QueuePlan> paid) {
        return new TenantPlan(
                new PartyNumber("+74950000100"),
                TenantRules.USUAL,
                List.of(
                        small(registry),
                        paid.apply(Clinic.queue(Clinic.PAID, "602", 107, 110, new LongestIdle()))),
                IntStream.rangeClosed(101, 110).mapToObj(Clinic::person).toList());
    }

    /** The registry with room for two. */
    static QueuePlan small(QueueRules rules) {
        var queue = Clinic.queue(Clinic.REGISTRY, "601", 101, 106, new LongestIdle());
        return new QueuePlan(
                        queue.id(),
                        queue.name(),
                        queue.extension(),
                        queue.rules(),
                        2,
                        queue.musicPrompt(),
                        queue.members())
                .with(rules);
    }

    static Scene scene(QueueRules registry) {
        return new Scene(plan(registry));
    }

    static QueuedCall call(Scene scene, String name) {
        return (QueuedCall) scene.acd.call(Scene.call(name)).orElseThrow();
    }

    static List<Why> why(Scene scene) {
        return scene.happened(AcdEvent.CallOverflowed.class).stream()
                .map(event -> event.followed().why())
                .toList();
    }

    static List<Action> actions(Scene scene) {
        return scene.happened(AcdEvent.CallOverflowed.class).stream()
                .map(AcdEvent.CallOverflowed::action)
                .toList();
    }

    static Sound.Spoken spoken(Scene scene) {
        var plays = scene.effects(AcdEffect.Play.class);
        return assertInstanceOf(Sound.Spoken.class, plays.getLast().sound());
    }

    static void said(Scene scene, String name) {
        var told = (QueuedCall.State.Told) call(scene, name).state();
        scene.send(
                new AcdCommand.HearPlayEnded(
                        Scene.call(name), new LegId("leg_" + name), told.reason().play()));
    }
}
