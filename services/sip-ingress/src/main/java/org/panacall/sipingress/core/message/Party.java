// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.message;

import java.util.Optional;

/**
 * One value of From, To, Contact, Route or P-Asserted-Identity.
 *
 * @param raw as it came
 * @param tag empty when absent
 */
public record Party(String raw, NameAddress address, String tag) {

    /** Reads a value, with or without angle brackets; empty when it is malformed. */
    public static Optional<Party> parse(String raw) {
        return Optional.ofNullable(read(raw));
    }

    static Party read(String raw) {
        int open = Text.next(raw, 0, '<');
        return open < raw.length() ? readBracketed(raw, open) : readBare(raw);
    }

    private static Party readBracketed(String raw, int open) {
        int close = raw.indexOf('>', open);
        if (close < 0) return null;
        var uri = raw.substring(open + 1, close);
        var name = displayName(raw.substring(0, open).strip());
        int parameters = Text.skipBlank(raw, close + 1);
        boolean wellEnded = parameters == raw.length() || raw.charAt(parameters) == ';';
        if (name == null || !wellEnded) return null;
        return of(raw, name, uri, parameters);
    }

    private static Party readBare(String raw) {
        int end = Text.next(raw, 0, ';');
        return of(raw, "", raw.substring(0, end).strip(), end);
    }

    private static Party of(String raw, String name, String uri, int parameters) {
        if (!isUri(uri)) return null;
        var tag = Text.parameter(raw, parameters, "tag");
        if (tag != null && !Text.isToken(tag)) return null;
        Optional<String> shown = name.isEmpty() ? Optional.empty() : Optional.of(name);
        return new Party(raw, new NameAddress(shown, uri), tag == null ? "" : tag);
    }

    private static boolean isUri(String uri) {
        return uri.indexOf(':') > 0
                && Text.isPrintable(uri)
                && uri.indexOf('<') < 0
                && uri.indexOf('"') < 0;
    }

    /** The name to show; null when its quotes don't match. */
    private static String displayName(String text) {
        if (text.isEmpty() || text.charAt(0) != '"') {
            return text.indexOf('"') < 0 ? Text.decode(text) : null;
        }
        return Text.afterQuoted(text, 0) == text.length() ? Text.decode(Text.unquote(text)) : null;
    }
}
