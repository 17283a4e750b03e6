// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.rules;

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
import java.util.stream.Stream;
import org.panacall.acd.core.Clinic;
import org.panacall.acd.core.agent.Notes;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.plan.BreakReason;
import org.panacall.acd.core.plan.Devices;
import org.panacall.acd.core.plan.Devices.Device;
import org.panacall.acd.core.plan.PersonPlan;
import org.panacall.acd.core.plan.QueueRules;
import org.panacall.acd.core.plan.RecordingRule;
import org.panacall.acd.core.plan.TenantRules;
import org.panacall.calendar.Calendar;
import org.panacall.calendar.Calendar.Hours;
import org.panacall.calendar.Calendar.Span;

/**
 * The demo clinic with rules of every kind: an hour's break of the whole clinic, queues that give
 * calls to each other, to people, outside and to a flow; notes, breaks and devices.
 */
public final class StrictClinic {

    private static final QueueId REGISTRY = Clinic.REGISTRY;
    private static final QueueId PAID = Clinic.PAID;
    private static final Action TO_PAID = new Action.ToQueue(PAID);
    private static final Action OUTSIDE =
            new Action.ToNumber(
                    new PartyNumber("+74951112233"), "night centre", Duration.ofSeconds(20));
    private static final List<Action> BOTH = List.of(TO_PAID, OUTSIDE);

    /** Ten minutes, half an hour in a shift; then he is ready. */
    private static final BreakReason LUNCH =
            new BreakReason(
                    "lunch",
                    new TreeMap<>(Map.of("en", "Lunch")),
                    false,
                    new BreakReason.Limits(
                            Optional.of(Duration.ofMinutes(10)),
                            Optional.of(Duration.ofMinutes(30)),
                            true));

    /** What holds for all. */
    public static final TenantRules ALL =
            new TenantRules(
                    List.of(LUNCH),
                    5,
                    Duration.ofHours(1),
                    "ru",
                    List.of("+7495"),
                    Optional.of("voicemail"));

    private StrictClinic() {}

    public static QueueRules registry() {
        return new QueueRules(
                Optional.of(withPause()),
                List.of(
                        new OverflowRule(Why.CLOSED, TO_PAID, new Action.Announce("shut")),
                        new OverflowRule(Why.FULL, TO_PAID, OUTSIDE),
                        new OverflowRule(Why.LINE_TOO_LONG, Duration.ZERO, 6, BOTH)),
                List.of(
                        new OverflowRule(Why.CLOSED, TO_PAID, new Action.TakeMessage("message")),
                        new OverflowRule(
                                Why.WAITED_TOO_LONG,
                                Duration.ofSeconds(90),
                                new Action.ToPerson(Clinic.extension(109)),
                                OUTSIDE,
                                new Action.ToFlow("night"))),
                Optional.of(
                        new Notes(
                                Notes.Mode.EXTENDABLE,
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(30))),
                OptionalInt.of(3),
                Optional.of("rating"),
                new RecordingRule(true, true));
    }

    public static QueueRules paid() {
        return new QueueRules(
                Optional.empty(),
                List.of(
                        new OverflowRule(
                                Why.NOBODY_SIGNED_IN,
                                Duration.ofSeconds(10),
                                new Action.ToQueue(REGISTRY),
                                new Action.ToFlow("night"),
                                new Action.TakeMessage(""))),
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
                Optional.of(new Notes(Notes.Mode.MANDATORY, Duration.ofSeconds(15), Duration.ZERO)),
                OptionalInt.empty());
    }

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
        var plain = Clinic.person(number);
        var devices = new ArrayList<>(plain.devices().all());
        if (number == 102 || number == 105) {
            devices.add(new Device(Devices.Kind.BROWSER, new PartyNumber(number + "w")));
        }
        if (number == 102 || number == 106) {
            var mobile = new PartyNumber("+7916000" + number);
            devices.add(new Device(Devices.Kind.MOBILE, mobile));
        }
        return plain.equipped(new Devices(devices, number != 105, Duration.ofSeconds(5)));
    }
}
