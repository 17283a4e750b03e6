// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.id;

/** The short number of a person or queue, unique in its tenant. */
public record Extension(String value) implements Comparable<Extension> {

    private static final int LENGTH_MAX = 32;

    public Extension {
        if (value.isEmpty() || value.length() > LENGTH_MAX) {
            throw new IllegalArgumentException("an extension must have 1 to 32 characters");
        }
    }

    @Override
    public int compareTo(Extension other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
