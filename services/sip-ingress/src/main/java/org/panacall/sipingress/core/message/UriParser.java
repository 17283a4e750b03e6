// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.message;

import java.util.Locale;

/** Takes URIs apart by hand: one pass, no regular expressions. */
final class UriParser {

    private UriParser() {}

    static SipUri parse(String uri) {
        int colon = uri.indexOf(':');
        if (colon <= 0 || !Text.isPrintable(uri)) return null;
        String scheme = uri.substring(0, colon).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "sip", "sips" -> parseSip(scheme, uri, colon + 1);
            case "tel" -> parseTel(uri, colon + 1);
            default -> null;
        };
    }

    static boolean isOurScheme(String uri, int colon) {
        return uri.regionMatches(true, 0, "sip", 0, Math.max(colon, 3))
                || uri.regionMatches(true, 0, "sips", 0, Math.max(colon, 4))
                || uri.regionMatches(true, 0, "tel", 0, Math.max(colon, 3));
    }

    private static SipUri parseTel(String uri, int start) {
        int end = uri.indexOf(';', start);
        String number = uri.substring(start, end < 0 ? uri.length() : end);
        if (number.isEmpty()) return null;
        return new SipUri("tel", number, "", 0, end < 0 ? "" : uri.substring(end));
    }

    private static SipUri parseSip(String scheme, String uri, int start) {
        // The user part may hold ; and ?, so the @ is looked for first.
        int at = uri.indexOf('@', start);
        String user = "";
        if (at >= 0) {
            user = user(uri, start, at);
            if (user == null) return null;
            start = at + 1;
        }
        int end = start;
        while (end < uri.length() && uri.charAt(end) != ';' && uri.charAt(end) != '?') end++;
        String host = hostOf(uri, start, end);
        if (host == null) return null;
        int port = portOf(uri, start + host.length(), end);
        if (port < 0) return null;
        int headers = uri.indexOf('?', end);
        String parameters = uri.substring(end, headers < 0 ? uri.length() : headers);
        return new SipUri(scheme, user, host.toLowerCase(Locale.ROOT), port, parameters);
    }

    private static String user(String uri, int start, int at) {
        int colon = uri.indexOf(':', start);
        int end = colon >= 0 && colon < at ? colon : at;
        return end == start ? null : unescape(uri.substring(start, end));
    }

    /** The host of host[:port] as written, brackets included; null when it is malformed. */
    private static String hostOf(String text, int start, int end) {
        if (start < end && text.charAt(start) == '[') {
            int close = text.indexOf(']', start);
            return close > start + 2 && close < end ? text.substring(start, close + 1) : null;
        }
        int stop = start;
        while (stop < end && isHostChar(text.charAt(stop))) stop++;
        return stop > start && stop - start <= 255 ? text.substring(start, stop) : null;
    }

    private static boolean isHostChar(char c) {
        return c >= '0' && c <= '9'
                || c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c == '.'
                || c == '-'
                || c == '_';
    }

    /** The port after the host: 0 when absent, -1 when it is not one. */
    private static int portOf(String text, int start, int end) {
        if (start == end) return 0;
        if (text.charAt(start) != ':') return -1;
        return portNumber(text, start + 1, end);
    }

    static int portNumber(CharSequence text, int start, int end) {
        if (start >= end || end - start > 5) return -1;
        int port = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') return -1;
            port = port * 10 + (c - '0');
        }
        return port >= 1 && port <= 65_535 ? port : -1;
    }

    /** Whether it is an IPv4 literal. Nothing else is followed, as names would need DNS. */
    static boolean isAddress(String host) {
        int dots = 0;
        int value = -1;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '.' && value >= 0) {
                dots++;
                value = -1;
            } else if (c >= '0' && c <= '9' && value != 0) {
                value = Math.max(value, 0) * 10 + (c - '0');
                if (value > 255) return false;
            } else {
                return false;
            }
        }
        return dots == 3 && value >= 0;
    }

    /** Takes escapes away; null when one is malformed or hides a control character. */
    private static String unescape(String text) {
        if (text.indexOf('%') < 0) return Text.decode(text);
        var plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
                if (low < 0) return null;
                c = (char) (high * 16 + low);
                if (c < ' ' || c == 127) return null;
                i += 2;
            }
            plain.append(c);
        }
        return Text.decode(plain.toString());
    }
}
