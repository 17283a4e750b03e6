// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.id;

/** A call, from first ring to last. */
public record CallId(String value) implements Comparable<CallId> {

    public CallId {
        IdRule.check(value, "a call id");
    }

    @Override
    public int compareTo(CallId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
