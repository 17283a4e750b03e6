// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.leg;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Why a leg or a call ended: exactly one each.
 *
 * @param reason a stable kebab-case word
 */
public record EndReason(Fault fault, String reason) {

    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{0,47}");

    /** Whose fault the end is; NONE when it ended as wished. */
    public enum Fault {
        NONE,
        CALLER,
        AGENT,
        CARRIER,
        US,
        UNKNOWN
    }

    public EndReason {
        Objects.requireNonNull(fault, "fault");
        if (!WORD.matcher(reason).matches()) {
            throw new IllegalArgumentException("not a reason: kebab-case, at most 48 characters");
        }
    }

    /** Our own doing. */
    public static EndReason us(String reason) {
        return new EndReason(Fault.US, reason);
    }

    /** The party of a leg hung up an answered leg: as it wished. */
    public static EndReason hungUp(LegRole role) {
        return new EndReason(Fault.NONE, role.word() + "-hung-up");
    }

    /** Something that the party of a leg did wrong. */
    public static EndReason faultOf(LegRole role, String reason) {
        return new EndReason(role.fault(), reason);
    }

    /** What a refusal of our INVITE means. */
    public static EndReason ofStatus(int status, LegRole role) {
        boolean agent = role == LegRole.AGENT;
        return switch (status) {
            case 404, 410, 604 -> faultOf(role, agent ? "not-registered" : "unknown-number");
            case 480 -> faultOf(role, agent ? "not-registered" : "unavailable");
            case 408, 487 -> faultOf(role, "no-answer");
            case 415, 488, 606 -> faultOf(role, "no-common-codec");
            case 486, 600 -> faultOf(role, "busy");
            case 500, 502, 503, 504 ->
                    agent
                            ? new EndReason(Fault.UNKNOWN, "unreachable")
                            : new EndReason(Fault.CARRIER, "carrier-failed");
            default -> faultOf(role, "rejected");
        };
    }

    /** The final answer that tells an unanswered caller this reason. */
    public int status() {
        return switch (reason) {
            case "busy" -> 486;
            case "rejected" -> 603;
            case "not-found" -> 404;
            case "no-common-codec" -> 488;
            case "malformed" -> 400;
            case "forbidden" -> 403;
            case "overloaded", "no-media", "carrier-failed", "unreachable" -> 503;
            default -> 480;
        };
    }

    /** Cause of ITU-T Q.850 for a BYE or CANCEL. */
    public int cause() {
        return switch (reason) {
            case "busy" -> 17;
            case "no-answer" -> 19;
            case "rejected" -> 21;
            case "no-common-codec" -> 65;
            case "media-timeout", "media-lost", "no-media" -> 41;
            case "no-ack", "dialog-lost" -> 102;
            default -> fault == Fault.NONE || fault == Fault.CALLER ? 16 : 31;
        };
    }
}
