// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.rules;

/** Why a call does not stay in a queue. */
public enum Why {
    CLOSED,
    FULL,
    NOBODY_SIGNED_IN,
    NOBODY_READY,
    LINE_TOO_LONG,
    WAIT_PREDICTED_TOO_LONG,
    WAITED_TOO_LONG,
    /** The queue is gone, or the person is not to be had. */
    UNREACHABLE;

    /** Whether the call could not wait there even if it wanted to. */
    public boolean bars() {
        return this == CLOSED || this == FULL || this == UNREACHABLE;
    }
}
