// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.leg;

/** What a leg is to its call. */
public enum LegRole {
    /** Who rang us, or whom a click-to-call is for. */
    CALLER("caller", EndReason.Fault.CALLER),
    /** A person of the contact centre. */
    AGENT("agent", EndReason.Fault.AGENT),
    /** Another party outside; it is nobody's fault when he does not want to talk. */
    CALLEE("callee", EndReason.Fault.NONE);

    private final String word;
    private final EndReason.Fault fault;

    LegRole(String word, EndReason.Fault fault) {
        this.word = word;
        this.fault = fault;
    }

    String word() {
        return word;
    }

    EndReason.Fault fault() {
        return fault;
    }
}
