// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.id;

/** One party's part of a call. */
public record LegId(String value) implements Comparable<LegId> {

    public LegId {
        IdRule.check(value, "a leg id");
    }

    @Override
    public int compareTo(LegId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
