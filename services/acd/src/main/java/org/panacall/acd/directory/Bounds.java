// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.directory;

import com.google.protobuf.Duration;
import org.jboss.logging.Logger;
import org.panacall.acd.Wording;

/**
 * Keeps settings of a queue or person within bounds. Directory refuses bad ones when they are
 * written; should one get here all the same, its default is in force and a line in the log says so.
 *
 * @param of whose settings they are: "queue registry"
 */
record Bounds(String of) {

    private static final Logger LOG = Logger.getLogger(Bounds.class);

    /** A number from least to most. */
    int number(String setting, int value, int least, int most, int otherwise) {
        if (value >= least && value <= most) {
            return value;
        }
        return instead(setting, Integer.toUnsignedString(value), otherwise);
    }

    /** A time of more than nothing; the default when it is left out. */
    java.time.Duration time(
            String setting, Duration value, java.time.Duration most, java.time.Duration otherwise) {
        var time = Wording.duration(value);
        if (time.isZero()) {
            return otherwise;
        }
        return time.isNegative() || time.compareTo(most) > 0
                ? instead(setting, time.toString(), otherwise)
                : time;
    }

    /** Time ahead or behind, up to so much. */
    java.time.Duration headStart(String setting, Duration value, java.time.Duration most) {
        var time = Wording.duration(value);
        return time.abs().compareTo(most) > 0
                ? instead(setting, time.toString(), java.time.Duration.ZERO)
                : time;
    }

    private <T> T instead(String setting, String value, T otherwise) {
        LOG.warnf("%s: %s cannot be %s, so it is %s", of, setting, value, otherwise);
        return otherwise;
    }

    /** Tells that a setting is left out, and why. */
    void leaveOut(String setting, String why) {
        LOG.warnf("%s: a %s %s is left out", of, setting, why);
    }

    /** Tells that a setting is from the future, and what is in force instead. */
    void unknown(String setting, String otherwise) {
        LOG.warnf("%s: its %s is from the future, so it is %s", of, setting, otherwise);
    }
}
