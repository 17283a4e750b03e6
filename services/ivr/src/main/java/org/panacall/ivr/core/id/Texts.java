// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.id;

/** What every id has in common: it is there, and it is short. */
final class Texts {

    private static final int LENGTH_MAX = 128;

    private Texts() {}

    static void requireId(String what, String value) {
        if (value.isBlank() || value.length() > LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "a " + what + " has 1 to " + LENGTH_MAX + " characters");
        }
    }
}
