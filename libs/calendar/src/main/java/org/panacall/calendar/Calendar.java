// SPDX-License-Identifier: Apache-2.0
package org.panacall.calendar;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * When a branch is open: hours of the week without their breaks, and days that are different, all
 * by the branch's own clocks. Of hours that come twice in a night the whole belongs to it, and of
 * those that do not come at all the next moment that does.
 *
 * @param breaks of ordinary days; a special day has the hours that are said for it, and no others
 */
public record Calendar(
        ZoneId zone, List<Hours> week, List<Hours> breaks, List<SpecialDays> special) {

    /** How far ahead we look for a change. */
    private static final int AHEAD_DAYS = 400;

    private static final int SPANS_MAX = 1_000;

    /**
     * A part of a day.
     *
     * @param until not after {@code from}: the next day; midnight is the end of the day
     */
    public record Span(LocalTime from, LocalTime until) {

        private LocalDateTime end(LocalDate day) {
            return until.isAfter(from) ? day.atTime(until) : day.plusDays(1).atTime(until);
        }
    }

    /** A part of one day of each week. */
    public record Hours(DayOfWeek day, Span span) {}

    /**
     * Days that are not like others of their name: a holiday, or a Saturday on which one works.
     *
     * @param last the last of them
     * @param open the hours of each of them; none: closed
     */
    public record SpecialDays(LocalDate first, LocalDate last, List<Span> open) {

        public SpecialDays {
            open = List.copyOf(open);
            if (last.isBefore(first)) {
                throw new IllegalArgumentException("days must end after they begin");
            }
        }

        private boolean covers(LocalDate day) {
            return !day.isBefore(first) && !day.isAfter(last);
        }
    }

    /** From one moment to before another. */
    private record Stretch(Instant from, Instant until) {

        private boolean covers(Instant at) {
            return !at.isBefore(from) && at.isBefore(until);
        }
    }

    public Calendar {
        week = List.copyOf(week);
        breaks = List.copyOf(breaks);
        special = List.copyOf(special);
        if (week.size() + breaks.size() + special.size() > SPANS_MAX) {
            throw new IllegalArgumentException("a calendar may have at most 1000 lines");
        }
    }

    public boolean open(Instant at) {
        var day = at.atZone(zone).toLocalDate();
        return around(day).anyMatch(at);
    }

    /** The next moment at which it opens or closes, if there is one within a year. */
    public Optional<Instant> changesAfter(Instant at) {
        var day = at.atZone(zone).toLocalDate();
        var now = open(at);
        for (int ahead = 0; ahead <= AHEAD_DAYS; ahead++) {
            var hours = around(day.plusDays(ahead));
            var change =
                    hours.bounds().stream()
                            .filter(bound -> bound.isAfter(at))
                            .filter(bound -> hours.anyMatch(bound) != now)
                            .findFirst();
            if (change.isPresent()) {
                return change;
            }
        }
        return Optional.empty();
    }

    /** What could matter on a day: hours of the evening before last into the morning. */
    private Around around(LocalDate day) {
        var open = new ArrayList<Stretch>();
        var shut = new ArrayList<Stretch>();
        for (var near = day.minusDays(1); !near.isAfter(day); near = near.plusDays(1)) {
            spans(near, open, shut);
        }
        return new Around(open, shut, startOf(day.plusDays(1).atStartOfDay()));
    }

    private void spans(LocalDate day, List<Stretch> open, List<Stretch> shut) {
        var different = special.stream().filter(days -> days.covers(day)).findFirst();
        if (different.isPresent()) {
            different.get().open().forEach(span -> open.add(stretch(day, span)));
            return;
        }
        var name = day.getDayOfWeek();
        week.stream()
                .filter(hours -> hours.day() == name)
                .forEach(hours -> open.add(stretch(day, hours.span())));
        breaks.stream()
                .filter(hours -> hours.day() == name)
                .forEach(hours -> shut.add(stretch(day, hours.span())));
    }

    private Stretch stretch(LocalDate day, Span span) {
        return new Stretch(startOf(day.atTime(span.from())), endOf(span.end(day)));
    }

    private Instant startOf(LocalDateTime local) {
        var change = zone.getRules().getTransition(local);
        return change != null && change.isGap()
                ? change.getInstant()
                : local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }

    private Instant endOf(LocalDateTime local) {
        var change = zone.getRules().getTransition(local);
        return change != null && change.isGap()
                ? change.getInstant()
                : local.atZone(zone).withLaterOffsetAtOverlap().toInstant();
    }

    /** One day's hours as moments; those after it are another day's. */
    private record Around(List<Stretch> open, List<Stretch> shut, Instant end) {

        private boolean anyMatch(Instant at) {
            return open.stream().anyMatch(stretch -> stretch.covers(at))
                    && shut.stream().noneMatch(stretch -> stretch.covers(at));
        }

        private TreeSet<Instant> bounds() {
            var bounds = new TreeSet<Instant>();
            for (var stretches : List.of(open, shut)) {
                for (var stretch : stretches) {
                    bounds.add(stretch.from());
                    bounds.add(stretch.until());
                }
            }
            return new TreeSet<>(bounds.headSet(end, false));
        }
    }
}
