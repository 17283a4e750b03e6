// SPDX-License-Identifier: Apache-2.0
package org.panacall.calendar.reading;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.panacall.calendar.Calendar;
import org.panacall.calendar.Calendar.Hours;
import org.panacall.calendar.Calendar.Span;
import org.panacall.calendar.Calendar.SpecialDays;
import org.panacall.proto.directory.v1.DayHours;
import org.panacall.proto.directory.v1.WeeklyHours;

/** Makes a calendar that can be asked of one that directory keeps. */
public final class CalendarReader {

    private static final String UTC = "UTC";

    private CalendarReader() {}

    /**
     * @param tenantZone for a calendar that names none
     * @throws IllegalArgumentException when it makes no sense
     */
    public static Calendar read(
            org.panacall.proto.directory.v1.Calendar calendar, String tenantZone) {
        try {
            var zone =
                    Stream.of(calendar.getTimeZone(), tenantZone, UTC)
                            .filter(name -> !name.isEmpty())
                            .findFirst()
                            .orElseThrow();
            return new Calendar(
                    ZoneId.of(zone),
                    weekly(calendar.getOpenList()),
                    weekly(calendar.getBreaksList()),
                    calendar.getSpecialDaysList().stream().map(CalendarReader::special).toList());
        } catch (DateTimeException odd) {
            throw new IllegalArgumentException(
                    "calendar " + calendar.getCalendarId() + ": " + odd.getMessage(), odd);
        }
    }

    private static List<Hours> weekly(List<WeeklyHours> hours) {
        return hours.stream()
                .flatMap(
                        part ->
                                part.getDaysList().stream()
                                        .map(
                                                day ->
                                                        new Hours(
                                                                DayOfWeek.of(day),
                                                                span(part.getHours()))))
                .toList();
    }

    private static Span span(DayHours hours) {
        return new Span(LocalTime.parse(hours.getFrom()), LocalTime.parse(hours.getUntil()));
    }

    private static SpecialDays special(org.panacall.proto.directory.v1.SpecialDays days) {
        var first = LocalDate.parse(days.getFirstDay());
        return new SpecialDays(
                first,
                days.getLastDay().isEmpty() ? first : LocalDate.parse(days.getLastDay()),
                days.getOpenList().stream().map(CalendarReader::span).toList());
    }
}
