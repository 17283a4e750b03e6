// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.id;

/** One thing being played to a leg. */
public record PlayId(String value) implements Comparable<PlayId> {

    public PlayId {
        IdRule.check(value, "a play id");
    }

    @Override
    public int compareTo(PlayId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
