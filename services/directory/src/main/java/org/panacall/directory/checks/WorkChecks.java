// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.checks;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.panacall.proto.directory.v1.Calendar;
import org.panacall.proto.directory.v1.DayHours;
import org.panacall.proto.directory.v1.SpecialDays;
import org.panacall.proto.directory.v1.Tenant;
import org.panacall.proto.directory.v1.WeeklyHours;

/** Rules of a tenant's calendars, and of why its agents may be not ready. */
final class WorkChecks {

    private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");

    /** Said by acd itself. */
    private static final Set<String> RESERVED =
            Set.of("unregistered", "signed-out", "missed-offers");

    private static final int REASONS_MAX = 64;
    private static final int CALENDARS_MAX = 100;
    private static final int LINES_MAX = 1_000;

    private WorkChecks() {}

    static void reasons(Tenant tenant, Tenant whole, Faults faults) {
        atMost(faults, "notReadyReasons", tenant.getNotReadyReasonsCount(), REASONS_MAX);
        var seen = new HashSet<String>();
        for (int i = 0; i < tenant.getNotReadyReasonsCount(); i++) {
            var code = tenant.getNotReadyReasons(i).getCode();
            var at = "notReadyReasons[" + i + "].code";
            if (!CODE.matcher(code).matches()) {
                faults.add(at, "must be lower case letters, digits, - and _, at most 40");
            } else if (RESERVED.contains(code)) {
                faults.add(at, "has a meaning of its own; choose another");
            } else if (!seen.add(code)) {
                faults.add(at, Faults.shown(code) + " is there twice; keep one");
            }
        }
        ConductChecks.missed(tenant.getMissedOffersLimit(), faults);
    }

    static void calendars(Tenant tenant, Tenant whole, Faults faults) {
        atMost(faults, "calendars", tenant.getCalendarsCount(), CALENDARS_MAX);
        var seen = new HashSet<String>();
        for (int i = 0; i < tenant.getCalendarsCount(); i++) {
            var calendar = tenant.getCalendars(i);
            var at = "calendars[" + i + "]";
            if (!CODE.matcher(calendar.getCalendarId()).matches()) {
                faults.add(
                        at + ".calendarId",
                        "must be lower case letters, digits, - and _, at most 40");
            } else if (!seen.add(calendar.getCalendarId())) {
                faults.add(at + ".calendarId", "is there twice; keep one");
            }
            calendar(at, calendar, faults);
        }
    }

    private static void calendar(String at, Calendar calendar, Faults faults) {
        if (!calendar.getTimeZone().isEmpty()) {
            parse(
                    faults,
                    at + ".timeZone",
                    "an IANA zone like Europe/Moscow",
                    ZoneId::of,
                    calendar.getTimeZone());
        }
        atMost(faults, at, lines(calendar), LINES_MAX);
        weekly(at + ".open", calendar.getOpenList(), faults);
        weekly(at + ".breaks", calendar.getBreaksList(), faults);
        for (int i = 0; i < calendar.getSpecialDaysCount(); i++) {
            special(at + ".specialDays[" + i + "]", calendar.getSpecialDays(i), faults);
        }
    }

    /** As acd counts them: one for each day of the week. */
    private static int lines(Calendar calendar) {
        return calendar.getSpecialDaysCount()
                + calendar.getOpenList().stream().mapToInt(WeeklyHours::getDaysCount).sum()
                + calendar.getBreaksList().stream().mapToInt(WeeklyHours::getDaysCount).sum();
    }

    private static void weekly(String list, List<WeeklyHours> all, Faults faults) {
        for (int i = 0; i < all.size(); i++) {
            var at = list + "[" + i + "]";
            if (all.get(i).getDaysList().stream().anyMatch(day -> day < 1 || day > 7)) {
                faults.add(at + ".days", "must be 1 for Monday to 7 for Sunday");
            }
            hours(at + ".hours", all.get(i).getHours(), faults);
        }
    }

    private static void special(String at, SpecialDays days, Faults faults) {
        var readable = date(at + ".firstDay", days.getFirstDay(), faults);
        if (!days.getLastDay().isEmpty()) {
            readable &= date(at + ".lastDay", days.getLastDay(), faults);
            // Days of this form are in the order of their letters.
            if (readable && days.getLastDay().compareTo(days.getFirstDay()) < 0) {
                faults.add(at + ".lastDay", "must not be before firstDay");
            }
        }
        for (int i = 0; i < days.getOpenCount(); i++) {
            hours(at + ".open[" + i + "]", days.getOpen(i), faults);
        }
    }

    private static boolean date(String field, String day, Faults faults) {
        return parse(faults, field, "a day like 2026-01-01", LocalDate::parse, day);
    }

    private static void hours(String at, DayHours hours, Faults faults) {
        parse(faults, at + ".from", "a time like 08:00", LocalTime::parse, hours.getFrom());
        parse(faults, at + ".until", "a time like 20:00", LocalTime::parse, hours.getUntil());
    }

    /**
     * @return whether it can be read
     */
    private static boolean parse(
            Faults faults, String field, String like, Consumer<String> parser, String text) {
        try {
            parser.accept(text);
            return true;
        } catch (DateTimeException unknown) {
            faults.add(field, "must be " + like);
            return false;
        }
    }

    private static void atMost(Faults faults, String field, int count, int most) {
        if (count > most) {
            faults.add(field, "must have at most " + most + " entries");
        }
    }
}
