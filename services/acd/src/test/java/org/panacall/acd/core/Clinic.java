// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.panacall.acd.core.agent.Notes;
import org.panacall.acd.core.call.Caller;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.acd.core.match.LongestIdle;
import org.panacall.acd.core.match.Strategy;
import org.panacall.acd.core.plan.BreakReason;
import org.panacall.acd.core.plan.Devices;
import org.panacall.acd.core.plan.Devices.Device;
import org.panacall.acd.core.plan.PersonPlan;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.plan.QueueRules;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.core.plan.TenantRules;
import org.panacall.acd.core.rules.Action;
import org.panacall.acd.core.rules.Calendar;
import org.panacall.acd.core.rules.Calendar.Hours;
import org.panacall.acd.core.rules.Calendar.Span;
import org.panacall.acd.core.rules.OverflowRule;
import org.panacall.acd.core.rules.Why;

/** The demo clinic as acd sees it, and callers for it. */
public final class Clinic {

    public static final QueueId REGISTRY = new QueueId("registry");
    public static final QueueId PAID = new QueueId("paid");
    public static final SipIngress INGRESS = new SipIngress("127.0.0.1:9010");

    private Clinic() {}

    /** 101 and 102 have desktops and ten seconds of wrap-up, the others are phone-only. */
    public static TenantPlan plan() {
        return plan(new LongestIdle());
    }

    /** The same, with another strategy. */
    public static TenantPlan plan(Strategy strategy) {
        return new TenantPlan(
                new PartyNumber("+74950000100"),
                List.of(
                        queue(REGISTRY, "601", 101, 106, strategy),
                        queue(PAID, "602", 105, 110, strategy)),
                IntStream.rangeClosed(101, 110).mapToObj(Clinic::person).toList());
    }

    /** The same, with these rules for the registry and for everybody. */
    public static TenantPlan ruled(QueueRules registry, TenantRules all) {
        return ruled(registry, all, IntStream.rangeClosed(101, 110).mapToObj(Clinic::person));
    }

    /** The same, with other people. */
    public static TenantPlan ruled(QueueRules registry, TenantRules all, Stream<PersonPlan> people) {
        return new TenantPlan(
                new PartyNumber("+74950000100"),
                all,
                List.of(
                        queue(REGISTRY, "601", 101, 106, new LongestIdle()).with(registry),
                        queue(PAID, "602", 105, 110, new LongestIdle())),
                people.toList());
    }

    /** The same clinic after it closed a queue and let two people go. */
    public static TenantPlan withoutPaid() {
        return new TenantPlan(
                new PartyNumber("+74950000100"),
                List.of(queue(REGISTRY, "601", 101, 108, new LongestIdle())),
                IntStream.rangeClosed(101, 108).mapToObj(Clinic::person).toList());
    }

    /**
     * The same with rules of every kind: an hour's break of the whole clinic, queues that give
     * calls to each other, to people, outside and to a flow; notes, breaks and devices.
     */
    public static TenantPlan strict(Strategy strategy) {
        var registry =
                new QueueRules(
                        Optional.of(withPause()),
                        List.of(
                                new OverflowRule(Why.CLOSED, TO_PAID, new Action.Announce("shut")),
                                new OverflowRule(Why.FULL, TO_PAID, OUTSIDE),
                                new OverflowRule(Why.LINE_TOO_LONG, Duration.ZERO, 6, BOTH)),
                        List.of(
                                new OverflowRule(Why.CLOSED, TO_PAID, new Action.TakeMessage()),
                                new OverflowRule(
                                        Why.WAITED_TOO_LONG,
                                        Duration.ofSeconds(90),
                                        new Action.ToPerson(extension(109)),
                                        OUTSIDE,
                                        new Action.ToFlow("night"))),
                        Optional.of(
                                new Notes(
                                        Notes.Mode.EXTENDABLE,
                                        Duration.ofSeconds(20),
                                        Duration.ofSeconds(30))),
                        OptionalInt.of(3));
        var paid =
                new QueueRules(
                        Optional.empty(),
                        List.of(
                                new OverflowRule(
                                        Why.NOBODY_SIGNED_IN,
                                        Duration.ofSeconds(10),
                                        new Action.ToQueue(REGISTRY),
                                        new Action.ToFlow("night"),
                                        new Action.TakeMessage())),
                        List.of(
                                new OverflowRule(
                                        Why.NOBODY_READY,
                                        Duration.ofSeconds(30),
                                        new Action.ToQueue(REGISTRY),
                                        OUTSIDE),
                                new OverflowRule(
                                        Why.WAITED_TOO_LONG,
                                        Duration.ofMinutes(5),
                                        new Action.ToQueue(REGISTRY),
                                        new Action.KeepWaiting())),
                        Optional.of(
                                new Notes(
                                        Notes.Mode.MANDATORY,
                                        Duration.ofSeconds(15),
                                        Duration.ZERO)),
                        OptionalInt.empty());
        return new TenantPlan(
                new PartyNumber("+74950000100"),
                new TenantRules(List.of(LUNCH), 5, Duration.ofHours(1), "ru"),
                List.of(
                        queue(REGISTRY, "601", 101, 106, strategy).with(registry),
                        queue(PAID, "602", 105, 110, strategy).with(paid)),
                IntStream.rangeClosed(101, 110).mapToObj(Clinic::equipped).toList());
    }

    private static final Action TO_PAID = new Action.ToQueue(PAID);
    private static final Action OUTSIDE =
            new Action.ToNumber(
                    new PartyNumber("+74951112233"), "night centre", Duration.ofSeconds(20));
    private static final List<Action> BOTH = List.of(TO_PAID, OUTSIDE);

    /** Ten minutes, half an hour in a shift; then he is ready. */
    public static final BreakReason LUNCH =
            new BreakReason(
                    "lunch",
                    new TreeMap<>(Map.of("en", "Lunch")),
                    false,
                    new BreakReason.Limits(
                            Optional.of(Duration.ofMinutes(10)),
                            Optional.of(Duration.ofMinutes(30)),
                            true));

    private static Calendar withPause() {
        var all =
                Stream.of(DayOfWeek.values())
                        .map(day -> new Hours(day, new Span(LocalTime.MIN, LocalTime.MIN)))
                        .toList();
        var pause =
                Stream.of(DayOfWeek.values())
                        .map(
                                day ->
                                        new Hours(
                                                day,
                                                new Span(LocalTime.of(5, 0), LocalTime.of(6, 0))))
                        .toList();
        return new Calendar(ZoneId.of("Europe/Moscow"), all, pause, List.of());
    }

    /** 102 and 105 have a browser beside the phone, 102 and 106 a mobile, which follows. */
    public static PersonPlan equipped(int number) {
        var plain = person(number);
        var devices = new ArrayList<>(plain.devices().all());
        if (number == 102 || number == 105) {
            devices.add(new Device(Devices.Kind.BROWSER, new PartyNumber(number + "w")));
        }
        if (number == 102 || number == 106) {
            var mobile = new PartyNumber("+7916000" + number);
            devices.add(new Device(Devices.Kind.MOBILE, mobile));
        }
        return new PersonPlan(
                plain.id(),
                plain.extension(),
                plain.name(),
                plain.phoneOnly(),
                plain.wrapUp(),
                new Devices(devices, number != 105, Duration.ofSeconds(5)));
    }

    public static QueuePlan queue(QueueId id, String extension, int first, int last, Strategy strategy) {
        return new QueuePlan(
                id,
                "Queue " + extension,
                extension,
                new QueuePlan.Rules(strategy, Duration.ofSeconds(15), Duration.ofSeconds(30)),
                50,
                "music/waiting",
                IntStream.rangeClosed(first, last).mapToObj(Clinic::extension).toList());
    }

    public static PersonPlan person(int number) {
        var desktop = number <= 102;
        return new PersonPlan(
                agent(number),
                extension(number),
                "Agent " + number,
                !desktop,
                desktop ? Duration.ofSeconds(10) : Duration.ZERO);
    }

    public static AgentId agent(int number) {
        return new AgentId("agent_" + number);
    }

    public static Extension extension(int number) {
        return new Extension(Integer.toString(number));
    }

    /** Somebody who calls from a phone of ours. */
    public static Caller colleague(String leg, int number) {
        return new Caller(
                new LegId(leg),
                new PartyNumber(Integer.toString(number)),
                new PartyNumber("104"),
                false,
                INGRESS,
                Map.of());
    }

    public static Caller caller(String leg, boolean answered) {
        return new Caller(
                new LegId(leg),
                new PartyNumber("+79160000001"),
                new PartyNumber("+74950000100"),
                answered,
                INGRESS,
                Map.of());
    }
}
