// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.call;

/**
 * Why a well-formed order was not carried out.
 *
 * @param detail for people who read logs; no personal data
 */
public record Refusal(Kind kind, String detail) {

    /** What kind of no it is. */
    public enum Kind {
        CALL_UNKNOWN,
        LEG_UNKNOWN,
        NOT_CONTROLLER,
        STALE,
        WRONG_STATE,
        OVERLOADED,
        NO_MEDIA,
        DRAINING
    }

    public static Refusal wrongState(String detail) {
        return new Refusal(Kind.WRONG_STATE, detail);
    }
}
