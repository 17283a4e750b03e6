// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.id;

/** A promise to call somebody back. */
public record CallbackId(String value) implements Comparable<CallbackId> {

    public CallbackId {
        IdRule.check(value, "a callback id");
    }

    @Override
    public int compareTo(CallbackId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
