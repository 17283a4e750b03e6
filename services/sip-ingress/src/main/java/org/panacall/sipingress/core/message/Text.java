// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.message;

/** Character classes of RFC 3261 §25.1, by table: the parser asks them for every byte. */
final class Text {

    private static final boolean[] TOKEN = new boolean[128];

    static {
        for (char c = '0'; c <= '9'; c++) TOKEN[c] = true;
        for (char c = 'a'; c <= 'z'; c++) TOKEN[c] = true;
        for (char c = 'A'; c <= 'Z'; c++) TOKEN[c] = true;
        for (char c : "-.!%*_+`'~".toCharArray()) TOKEN[c] = true;
    }

    private Text() {}

    static boolean isTokenChar(char c) {
        return c < 128 && TOKEN[c];
    }

    /** Whether the whole of the text is a non-empty token. */
    static boolean isToken(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenChar(text.charAt(i))) return false;
        }
        return !text.isEmpty();
    }

    /** Whether all of it is visible, with no blank and no control character. */
    static boolean isPrintable(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == 127) return false;
        }
        return true;
    }

    /**
     * Whether a control character other than a tab is in it: it would break the message's lines.
     */
    static boolean hasControl(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' || c == 127) return true;
        }
        return false;
    }
}
