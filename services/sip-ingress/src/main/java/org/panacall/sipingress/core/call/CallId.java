// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.call;

/** Names a call. A prefixed UUIDv7 in production, chosen by whoever begins the call. */
public record CallId(String value) implements Comparable<CallId> {

    public CallId {
        if (value.isEmpty() || value.length() > 64) {
            throw new IllegalArgumentException("not a call id");
        }
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
