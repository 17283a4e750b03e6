// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing;

/** Pages of lists: how many there may be on one, and where it begins. */
public final class Pages {

    private Pages() {}

    /** What is wanted, or the most when nothing sensible is. */
    public static int size(int wanted, int most) {
        return wanted <= 0 || wanted > most ? most : wanted;
    }

    /**
     * @throws IllegalArgumentException when the cursor is not one of ours
     */
    static long number(String cursor) {
        if (!cursor.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException("cursor is not one of ours");
        }
        return Long.parseLong(cursor);
    }
}
