// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.month;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;

/** When the clinic is open, who works, and how many ring it. */
final class Week {

    static final LocalTime OPENS = LocalTime.of(8, 0);
    static final LocalTime CLOSES = LocalTime.of(20, 0);

    /** The busiest hour of all. */
    static final double CALLS_AN_HOUR_MAX = 330;

    private static final LocalTime LATE_SHIFT = LocalTime.of(11, 0);
    private static final LocalTime EARLY_SHIFT_OVER = LocalTime.of(17, 0);

    /** A third of the staff works on Saturdays, an eighth on Sundays. */
    private static final int SATURDAY = 3;

    private static final int SUNDAY = 8;

    /** Of an agent. */
    record Shift(LocalTime begins, LocalTime ends) {

        Duration length() {
            return Duration.between(begins, ends);
        }
    }

    private Week() {}

    /** Whether and when an agent works; half of the staff comes early, half stays late. */
    static Optional<Shift> shift(int agent, DayOfWeek day) {
        var early = new Shift(OPENS.minusMinutes(15).plusSeconds(agent), EARLY_SHIFT_OVER);
        var late = new Shift(LATE_SHIFT.plusSeconds(agent), CLOSES.minusSeconds(agent));
        var whole = new Shift(early.begins(), CLOSES);
        return switch (day) {
            case SATURDAY -> Optional.of(whole).filter(shift -> agent % SATURDAY == 0);
            case SUNDAY -> Optional.of(whole).filter(shift -> agent % SUNDAY == 0);
            default -> Optional.of(agent % 2 == 0 ? early : late);
        };
    }

    /** Mondays begin with more than the early shift can serve. */
    static double callsAnHour(DayOfWeek day, LocalTime time) {
        if (time.isBefore(OPENS) || !time.isBefore(CLOSES)) {
            return 0;
        }
        var weekday = time.isBefore(LATE_SHIFT) ? 210 : time.isBefore(EARLY_SHIFT_OVER) ? 285 : 185;
        return switch (day) {
            case MONDAY -> time.isBefore(LATE_SHIFT) ? CALLS_AN_HOUR_MAX : weekday * 1.15;
            case SATURDAY -> weekday * 0.5;
            case SUNDAY -> weekday * 0.15;
            default -> weekday;
        };
    }
}
