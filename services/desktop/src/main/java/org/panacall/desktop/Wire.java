// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.panacall.defaults.ProtoTimes;
import org.panacall.proto.call.v1.ControllerKind;
import org.panacall.proto.call.v1.Direction;
import org.panacall.proto.call.v1.EndReason;
import org.panacall.proto.call.v1.Fault;
import org.panacall.proto.call.v1.LegRole;

/** How the contracts' words and times look in JSON: kebab-case, ISO 8601, absent when unknown. */
public final class Wire {

    /** Why something ended. */
    public record End(String fault, String reason) {}

    private Wire() {}

    public static String word(Direction direction) {
        return word(direction.name(), "DIRECTION_");
    }

    public static String word(LegRole role) {
        return word(role.name(), "LEG_ROLE_");
    }

    public static String word(ControllerKind kind) {
        return word(kind.name(), "CONTROLLER_KIND_");
    }

    public static End end(EndReason end) {
        var fault = word(end.getFault().name(), "FAULT_");
        return new End(fault == null ? "unknown" : fault, end.getReason());
    }

    /** The fault of a word; UNRECOGNIZED when there is no such word. */
    public static Fault fault(String word) {
        for (var fault : Fault.values()) {
            if (fault != Fault.FAULT_UNSPECIFIED && word.equals(word(fault.name(), "FAULT_"))) {
                return fault;
            }
        }
        return Fault.UNRECOGNIZED;
    }

    /** "AGENT_STATE_ON_CALL" without its prefix is "on-call"; null when unspecified. */
    public static String word(String name, String prefix) {
        if (!name.startsWith(prefix) || name.equals(prefix + "UNSPECIFIED")) {
            return null;
        }
        return name.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Null when the message has no such time. */
    public static Instant time(boolean present, Timestamp at) {
        return present ? ProtoTimes.instant(at) : null;
    }

    public static Timestamp timestamp(Instant at) {
        return ProtoTimes.timestamp(at);
    }

    /** Null when the message has no such duration. */
    public static Duration duration(boolean present, com.google.protobuf.Duration length) {
        return present ? ProtoTimes.duration(length) : null;
    }

    /** Null instead of an empty text, so that it is left out. */
    public static String text(String text) {
        return text.isEmpty() ? null : text;
    }
}
