// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core;

/** Why a call or run ended: whose fault, and a stable kebab-case word. */
public record EndReason(Fault fault, String reason) {

    /** Whose fault an end is. */
    public enum Fault {
        NONE,
        CALLER,
        AGENT,
        CARRIER,
        US,
        UNKNOWN
    }

    /** The flow came to its end. */
    public static final EndReason FLOW_ENDED = new EndReason(Fault.NONE, "flow-ended");

    /** The call is in another's hands. */
    public static final EndReason HANDED_OVER = new EndReason(Fault.NONE, "handed-over");

    /** Nobody would take the call. */
    public static final EndReason NOBODY_TOOK_IT = new EndReason(Fault.US, "hand-over-failed");

    /** sip-ingress does not know the call any more, or says that it is not ours. */
    public static final EndReason CALL_GONE = new EndReason(Fault.UNKNOWN, "call-gone");

    /** The longest time a run may take is over, and there is nowhere to go. */
    public static final EndReason TOO_LONG = new EndReason(Fault.NONE, "duration-limit");
}
