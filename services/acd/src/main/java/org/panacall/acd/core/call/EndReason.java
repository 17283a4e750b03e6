// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.call;

/**
 * Why a call ended: exactly one for each.
 *
 * @param reason stable kebab-case word
 */
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

    /** The person called was not to be had, and no queue was named instead. */
    public static final EndReason PERSON_AWAY = new EndReason(Fault.AGENT, "unreachable");

    /** The person called was rung and did not answer. */
    public static final EndReason NO_ANSWER = new EndReason(Fault.AGENT, "no-answer");

    /** The person called talks, or does not want the call. */
    public static final EndReason BUSY = new EndReason(Fault.AGENT, "busy");

    /** The queue that a call was to go on to is full or gone. */
    public static final EndReason OVERFLOW = new EndReason(Fault.US, "queue-overflow");

    /** The caller hung up while somebody was rung for him. */
    public static final EndReason ABANDONED = new EndReason(Fault.CALLER, "abandoned");

    /** The queue is closed, and the caller was told so. */
    public static final EndReason CLOSED = new EndReason(Fault.NONE, "queue-closed");

    /** A flow decides about the call from now on. */
    public static final EndReason HANDED_OVER = new EndReason(Fault.NONE, "handed-over");

    /** Several phones rang for a call, and another one was answered first. */
    public static final EndReason ANSWERED_ELSEWHERE =
            new EndReason(Fault.NONE, "answered-elsewhere");

    /** The caller will be called back. */
    public static final EndReason CALLBACK_PROMISED =
            new EndReason(Fault.NONE, "callback-promised");

    /** The patient who was to be called back rang himself. */
    public static final EndReason RANG_AGAIN = new EndReason(Fault.NONE, "rang-again");

    /** A command on the call could not be carried out. */
    public static final EndReason COMMAND_FAILED = new EndReason(Fault.US, "command-failed");

    /** Nobody at sip-ingress knows the call any more. */
    public static final EndReason CALL_LOST = new EndReason(Fault.UNKNOWN, "call-lost");

    /** Another controller has the call; it goes on without us. */
    public static final EndReason CONTROL_LOST = new EndReason(Fault.NONE, "control-lost");

    /** The sip-ingress that held the call is gone. */
    public static final EndReason SIP_INGRESS_LOST = new EndReason(Fault.US, "sip-ingress-lost");

    /** A call at sip-ingress that is ours, but of which we know nothing. */
    public static final EndReason ORPHANED = new EndReason(Fault.US, "orphaned");

    public EndReason {
        if (reason.isEmpty()) {
            throw new IllegalArgumentException("an end must have a reason");
        }
    }
}
