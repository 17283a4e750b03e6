// SPDX-License-Identifier: Apache-2.0
package org.panacall.reporting.calls;

import java.util.Locale;
import org.panacall.proto.acd.v1.DequeueCause;
import org.panacall.proto.call.v1.Direction;
import org.panacall.proto.call.v1.Fault;
import org.panacall.proto.call.v1.LegRole;
import org.panacall.proto.call.v1.TalkRecordingOutcome;

/** Enumerations of the contracts as words in the database, empty for unspecified, and back. */
final class Words {

    private static final String UNSPECIFIED = "UNSPECIFIED";

    private Words() {}

    static String of(Direction direction) {
        return word(direction.name(), "DIRECTION_");
    }

    static String of(Fault fault) {
        return word(fault.name(), "FAULT_");
    }

    static String of(LegRole role) {
        return word(role.name(), "LEG_ROLE_");
    }

    static String of(DequeueCause cause) {
        return word(cause.name(), "DEQUEUE_CAUSE_").replace('_', '-');
    }

    static String of(TalkRecordingOutcome outcome) {
        return word(outcome.name(), "TALK_RECORDING_OUTCOME_").replace('_', '-');
    }

    static TalkRecordingOutcome talkRecording(String word) {
        return TalkRecordingOutcome.valueOf(
                "TALK_RECORDING_OUTCOME_" + name(word.replace('-', '_')));
    }

    static Direction direction(String word) {
        return Direction.valueOf("DIRECTION_" + name(word));
    }

    static Fault fault(String word) {
        return Fault.valueOf("FAULT_" + name(word));
    }

    static LegRole role(String word) {
        return LegRole.valueOf("LEG_ROLE_" + name(word));
    }

    private static String word(String name, String prefix) {
        // UNRECOGNIZED comes from a newer sender and has no prefix.
        if (!name.startsWith(prefix) || name.endsWith(UNSPECIFIED)) {
            return "";
        }
        return name.substring(prefix.length()).toLowerCase(Locale.ROOT);
    }

    private static String name(String word) {
        return word.isEmpty() ? UNSPECIFIED : word.toUpperCase(Locale.ROOT);
    }
}
