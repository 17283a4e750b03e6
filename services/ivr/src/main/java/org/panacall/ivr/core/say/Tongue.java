// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.say;

/** How one language says numbers. */
interface Tongue {

    /** "twenty-one"; numbers of a billion and more are said digit by digit. */
    String cardinal(long number, Gender gender);

    /** "twenty-first", nominative; of 1 to 9999, others are said as cardinals. */
    String ordinal(long number, Gender gender);

    /** A number of things: "twenty-one minutes". */
    String counted(long number, Noun noun);

    /** "zero" to "nine". */
    String digit(int digit);

    /** "plus", before a telephone number's country. */
    String plus();

    /** "the ninth of January". */
    String date(int day, int month);

    /** "ten oh five". */
    String time(int hour, int minute);

    Noun minutes();

    /** Whole units of a currency; empty name when it is not known. */
    Noun currency(String code);
}
