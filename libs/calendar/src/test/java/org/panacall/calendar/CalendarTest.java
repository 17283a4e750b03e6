// SPDX-License-Identifier: Apache-2.0
package org.panacall.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.calendar.Calendar.Hours;
import org.panacall.calendar.Calendar.Span;
import org.panacall.calendar.Calendar.SpecialDays;

class CalendarTest {

    private static final ZoneId KYIV = ZoneId.of("Europe/Kyiv");

    private static Span span(String from, String until) {
        return new Span(LocalTime.parse(from), LocalTime.parse(until));
    }

    private static List<Hours> daily(Span span) {
        return Stream.of(DayOfWeek.values()).map(day -> new Hours(day, span)).toList();
    }

    private static Calendar calendar(String zone, Span span, SpecialDays... days) {
        return new Calendar(ZoneId.of(zone), daily(span), List.of(), List.of(days));
    }

    /** Mondays to Fridays from 8 to 20 with an hour of lunch, and May Day off. */
    private static Calendar clinic(String zone) {
        var workdays = daily(span("08:00", "20:00")).subList(0, 5);
        var lunch = daily(span("13:00", "14:00"));
        var mayDay = LocalDate.of(2026, 5, 1);
        return new Calendar(
                ZoneId.of(zone),
                workdays,
                lunch,
                List.of(new SpecialDays(mayDay, mayDay, List.of())));
    }

    private static Instant at(String local, ZoneId zone) {
        return java.time.LocalDateTime.parse(local).atZone(zone).toInstant();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T07:59:59, false, 2026-03-02T08:00",
        "2026-03-02T08:00:00, true,  2026-03-02T13:00",
        "2026-03-02T13:00:00, false, 2026-03-02T14:00",
        "2026-03-02T14:00:00, true,  2026-03-02T20:00",
        "2026-03-02T20:00:00, false, 2026-03-03T08:00",
        "2026-03-06T20:00:00, false, 2026-03-09T08:00",
        "2026-04-30T20:00:00, false, 2026-05-04T08:00",
        "2026-05-01T10:00:00, false, 2026-05-04T08:00",
    })
    void hoursBreaksWeekendsAndHolidaysOpenAndClose(String local, boolean open, String change) {
        // Given
        var clinic = clinic("Europe/Kyiv");
        var at = at(local, KYIV);

        // When
        var isOpen = clinic.open(at);

        // Then
        assertEquals(open, isOpen);
        assertEquals(Optional.of(at(change, KYIV)), clinic.changesAfter(at));
    }

    @Test
    void eachBranchOpensByItsOwnClocks() {
        // Given
        var vladivostok = clinic("Asia/Vladivostok");
        var moscow = clinic("Europe/Moscow");
        var morningInVladivostok = Instant.parse("2026-03-02T00:30:00Z");

        // When
        var open = vladivostok.open(morningInVladivostok);

        // Then
        assertTrue(open);
        assertFalse(moscow.open(morningInVladivostok));
    }

    @Test
    void aWorkingSaturdayHasTheHoursThatAreSaidForItAndNoLunch() {
        // Given
        var saturday = LocalDate.of(2026, 3, 7);
        var special = new SpecialDays(saturday, saturday, List.of(span("09:00", "15:00")));
        var ordinary = clinic("Europe/Kyiv");
        var calendar = new Calendar(KYIV, ordinary.week(), ordinary.breaks(), List.of(special));

        // When
        var closes = calendar.changesAfter(at("2026-03-07T09:00", KYIV));

        // Then
        assertTrue(calendar.open(at("2026-03-07T13:30", KYIV)));
        assertEquals(Optional.of(at("2026-03-07T15:00", KYIV)), closes);
    }

    @Test
    void holidaysOfSeveralDaysCoverEachOfThem() {
        // Given
        var newYear =
                new SpecialDays(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 8), List.of());
        var calendar = calendar("Europe/Moscow", span("08:00", "20:00"), newYear);
        var moscow = ZoneId.of("Europe/Moscow");

        // When
        var opens = calendar.changesAfter(at("2025-12-31T20:00", moscow));

        // Then
        assertEquals(Optional.of(at("2026-01-09T08:00", moscow)), opens);
    }

    @Test
    void hoursPastMidnightBelongToTheDayTheyBegan() {
        // Given
        var friday = new Hours(DayOfWeek.FRIDAY, span("22:00", "06:00"));
        var calendar = new Calendar(KYIV, List.of(friday), List.of(), List.of());

        // When
        var night = calendar.open(at("2026-03-07T05:59", KYIV));

        // Then
        assertTrue(night);
        assertFalse(calendar.open(at("2026-03-07T06:00", KYIV)));
        assertFalse(calendar.open(at("2026-03-06T05:00", KYIV)));
        assertEquals(
                Optional.of(at("2026-03-07T06:00", KYIV)),
                calendar.changesAfter(at("2026-03-06T23:00", KYIV)));
    }

    @Test
    void aroundTheClockNeverChanges() {
        // Given
        var calendar = calendar("Europe/Kyiv", span("00:00", "00:00"));
        var at = at("2026-03-28T23:59:59", KYIV);

        // When
        var change = calendar.changesAfter(at);

        // Then
        assertTrue(calendar.open(at));
        assertEquals(Optional.empty(), change);
    }

    @Test
    void noHoursAtAllAreClosedForGood() {
        // Given
        var calendar = new Calendar(KYIV, List.of(), List.of(), List.of());

        // When
        var open = calendar.open(Instant.EPOCH);

        // Then
        assertFalse(open);
        assertEquals(Optional.empty(), calendar.changesAfter(Instant.EPOCH));
    }

    /** In Kyiv, 3:00 is followed by 4:00 in the night of 2026-03-29, and 4:00 by 3:00 in autumn. */
    @ParameterizedTest
    @CsvSource({
        // Opens at a time that does not come: at the moment that follows.
        "03:30, 12:00, 2026-03-29T00:00:00Z, 2026-03-29T01:00:00Z",
        // Closes at a time that does not come.
        "01:00, 03:30, 2026-03-29T00:30:00Z, 2026-03-29T01:00:00Z",
        // Opens at a time that comes twice: at the first.
        "03:30, 12:00, 2026-10-25T00:00:00Z, 2026-10-25T00:30:00Z",
        // Closes at a time that comes twice: at the second.
        "01:00, 03:30, 2026-10-25T00:31:00Z, 2026-10-25T01:30:00Z",
        // Eight in the morning is eight in the morning on either side.
        "08:00, 20:00, 2026-03-28T18:00:00Z, 2026-03-29T05:00:00Z",
        "08:00, 20:00, 2026-10-24T17:00:00Z, 2026-10-25T06:00:00Z",
    })
    void nightsInWhichClocksAreChanged(String from, String until, Instant at, Instant change) {
        // Given
        var calendar = calendar("Europe/Kyiv", span(from, until));

        // When
        var next = calendar.changesAfter(at);

        // Then
        assertEquals(Optional.of(change), next);
    }

    @Test
    void whatItSaysOfEachMinuteOfAYearAgreesWithItsChanges() {
        // Given
        var clinic = clinic("Europe/Kyiv");
        var end = Instant.parse("2027-01-01T00:00:00Z");
        var change = Instant.parse("2026-01-01T00:00:00Z");
        var wrong = 0;

        // When
        for (var at = change; at.isBefore(end); at = at.plusSeconds(60 * 7)) {
            var next = clinic.changesAfter(at).orElseThrow();
            var justBefore = clinic.open(next.minusMillis(1));
            wrong += clinic.open(at) == justBefore && clinic.open(next) != justBefore ? 0 : 1;
        }

        // Then
        assertEquals(0, wrong);
    }
}
