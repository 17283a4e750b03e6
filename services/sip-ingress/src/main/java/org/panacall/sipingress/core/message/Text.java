// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Characters and lists of RFC 3261 §25.1, by hand: the parser asks for them at every byte.
 *
 * <p>Header values are kept as they came, one char a byte, so that they go back unchanged; only
 * what people read is decoded from UTF-8.
 */
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

    /** Whether a control character other than a tab is in it: it would break the lines. */
    static boolean hasControl(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' || c == 127) return true;
        }
        return false;
    }

    /** From what people read to one char a byte. */
    static String encode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return new String(
                        text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            }
        }
        return text;
    }

    /** From one char a byte to what people read. */
    static String decode(String wire) {
        for (int i = 0; i < wire.length(); i++) {
            if (wire.charAt(i) >= 128) {
                return new String(
                        wire.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            }
        }
        return wire;
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    static int skipBlank(String text, int at) {
        while (at < text.length() && isBlank(text.charAt(at))) at++;
        return at;
    }

    /** Where the quoted string that begins here ends: after its closing quote, or -1. */
    static int afterQuoted(String text, int quote) {
        for (int i = quote + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                return i + 1;
            }
        }
        return -1;
    }

    /** Takes quotes and escapes away, if there are any. */
    static String unquote(String text) {
        if (text.length() < 2 || text.charAt(0) != '"') return text;
        var plain = new StringBuilder(text.length());
        for (int i = 1; i < text.length() - 1; i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() - 1) c = text.charAt(++i);
            // What is shown to people or written again has no use for escaped control characters.
            if (c >= ' ' && c != 127 || c == '\t') plain.append(c);
        }
        return plain.toString();
    }

    static String quote(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') quoted.append('\\');
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }

    /** The next separator at or after a place, outside quotes and angle brackets; or the end. */
    static int next(String text, int at, char separator) {
        boolean inBrackets = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                int after = afterQuoted(text, at);
                if (after < 0) return text.length();
                at = after;
                continue;
            }
            if (c == separator && !inBrackets) return at;
            if (c == '<') inBrackets = true;
            if (c == '>') inBrackets = false;
            at++;
        }
        return text.length();
    }

    /** The values of a header line that may hold several, separated by commas. */
    static List<String> split(String line) {
        if (line.indexOf(',') < 0) return line.isBlank() ? List.of() : List.of(line);
        var parts = new ArrayList<String>(4);
        for (int at = 0; at < line.length(); ) {
            int end = next(line, at, ',');
            var part = line.substring(at, end).strip();
            if (!part.isEmpty()) parts.add(part);
            at = end + 1;
        }
        return parts;
    }

    /** Whether {@code ;a=1;b} is well formed: a name in each, and a value after each =. */
    static boolean areParameters(String text, int at) {
        while (at < text.length()) {
            int start = skipBlank(text, at + 1);
            int end = next(text, start, ';');
            int equals = text.indexOf('=', start);
            boolean hasValue = equals >= 0 && equals < end;
            var name = text.substring(start, hasValue ? equals : end).strip();
            if (!isToken(name)) return false;
            if (hasValue && text.substring(equals + 1, end).isBlank()) return false;
            at = end;
        }
        return true;
    }

    /**
     * The value of a parameter in {@code ;a=1;b;c="x"}: raw, empty text without a value, null
     * without the parameter.
     *
     * @param at where the first semicolon is
     */
    static String parameter(String text, int at, String name) {
        while (at < text.length()) {
            int start = skipBlank(text, at + 1);
            int end = next(text, start, ';');
            int nameEnd = start;
            while (nameEnd < end && isTokenChar(text.charAt(nameEnd))) nameEnd++;
            if (nameEnd - start == name.length()
                    && text.regionMatches(true, start, name, 0, name.length())) {
                int equals = skipBlank(text, nameEnd);
                if (equals >= end || text.charAt(equals) != '=') return "";
                return text.substring(equals + 1, end).strip();
            }
            at = end;
        }
        return null;
    }
}
