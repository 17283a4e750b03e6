// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.say;

/**
 * Something that is counted.
 *
 * @param one with 1, 21, 31 …
 * @param few with 2, 3, 4, 22 …
 * @param many with 5 to 20, 25 …
 */
record Noun(Gender gender, String one, String few, String many) {

    /** One that does not change, or only between one and more. */
    static Noun of(String one, String more) {
        return new Noun(Gender.MASCULINE, one, more, more);
    }

    /** As in Russian and Ukrainian. */
    String slavic(long number) {
        long tail = Math.abs(number) % 100;
        long last = tail % 10;
        if (tail >= 11 && tail <= 14 || last == 0 || last >= 5) {
            return many;
        }
        return last == 1 ? one : few;
    }

    /** As in English. */
    String english(long number) {
        return Math.abs(number) == 1 ? one : many;
    }
}
