// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.id;

/** One presentation of a call to an agent. */
public record OfferId(String value) implements Comparable<OfferId> {

    public OfferId {
        IdRule.check(value, "an offer id");
    }

    @Override
    public int compareTo(OfferId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
