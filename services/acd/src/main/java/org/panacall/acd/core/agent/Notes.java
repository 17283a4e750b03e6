// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.agent;

import java.time.Duration;

/**
 * Time for notes after a talk, as configured.
 *
 * @param time zero for none
 * @param extension by how much it is prolonged each time
 */
public record Notes(Mode mode, Duration time, Duration extension) {

    /** However it is prolonged. */
    public static final Duration LONGEST = Duration.ofSeconds(900);

    /** There is none. */
    public static final Notes NONE = new Notes(Mode.NONE, Duration.ZERO, Duration.ZERO);

    /** How it ends. */
    public enum Mode {
        NONE,
        /** After its time, whatever the agent says. */
        MANDATORY,
        /** When he says that he is ready; its time is but a limit. */
        OPTIONAL,
        /** After its time, or earlier when he says that he is ready. */
        TIMED,
        /** As timed; and he may prolong it. */
        EXTENDABLE
    }

    public Notes {
        if (time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("wrap-up must last 900 s at most");
        }
        if (extension.isNegative()) {
            throw new IllegalArgumentException("wrap-up is prolonged, not shortened");
        }
    }

    /** For that long, or until he is ready. */
    public static Notes timed(Duration time) {
        return time.isZero() ? NONE : new Notes(Mode.TIMED, time, Duration.ZERO);
    }

    boolean none() {
        return mode == Mode.NONE || time.isZero();
    }

    /** Whether what the agent says ends it. */
    boolean endsEarly() {
        return mode != Mode.MANDATORY;
    }
}
