// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.dtmf;

/** The sixteen keys and their event codes of RFC 4733 section 3.2. */
public final class Key {

    /** No key. */
    public static final int NONE = -1;

    private static final String CODES = "0123456789*#ABCD";
    private static final int[] ROW_HZ = {697, 770, 852, 941};
    private static final int[] COLUMN_HZ = {1209, 1336, 1477, 1633};
    private static final String KEYPAD = "123A456B789C*0#D";

    private Key() {}

    /** The code of a key, {@link #NONE} when it is none. */
    public static int code(char key) {
        return CODES.indexOf(Character.toUpperCase(key));
    }

    /** The key of a code. */
    public static char of(int code) {
        return CODES.charAt(code);
    }

    public static boolean isKey(int code) {
        return code >= 0 && code < CODES.length();
    }

    /** The lower of the two frequencies (ITU-T Q.23). */
    public static int lowHz(int code) {
        return ROW_HZ[KEYPAD.indexOf(of(code)) / 4];
    }

    /** The higher of the two frequencies (ITU-T Q.23). */
    public static int highHz(int code) {
        return COLUMN_HZ[KEYPAD.indexOf(of(code)) % 4];
    }
}
