// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.id;

/**
 * What every id must look like, so that none of them can carry a surprise into a subject or log.
 */
final class IdRule {

    private static final int LENGTH_MAX = 64;

    private IdRule() {}

    static void check(String value, String what) {
        if (value.isEmpty() || value.length() > LENGTH_MAX) {
            throw new IllegalArgumentException(what + " must have 1 to 64 characters");
        }
        if (!value.chars().allMatch(IdRule::allowed)) {
            throw new IllegalArgumentException(what + " has a character that ids must not have");
        }
    }

    private static boolean allowed(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || "_-.:/".indexOf(c) >= 0;
    }
}
