// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.id;

/**
 * How a party is dialled or shown: E.164 with "+", an extension, or empty when withheld. Personal
 * data, so it does not print itself.
 */
public record PartyNumber(String value) {

    private static final int LENGTH_MAX = 64;

    public PartyNumber {
        if (value.length() > LENGTH_MAX) {
            throw new IllegalArgumentException("a number must have at most 64 characters");
        }
    }

    /** Whether it belongs to the telephone network, and not to a device of ours. */
    public boolean isOutside() {
        return value.startsWith("+");
    }

    @Override
    public String toString() {
        return value.isEmpty() ? "withheld" : "masked";
    }
}
