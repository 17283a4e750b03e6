// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.contacts.file;

import java.util.ArrayList;
import java.util.List;

/**
 * Records of a CSV text (RFC 4180), one after another. What spreadsheets make of it is taken too:
 * ";" between the fields, a byte order mark, any kind of line end.
 */
final class Csv {

    /**
     * A record.
     *
     * @param line in which it begins; the first is 1
     */
    record Line(int line, List<String> fields) {
        Line {
            fields = List.copyOf(fields);
        }

        boolean isEmpty() {
            return fields.stream().allMatch(String::isBlank);
        }
    }

    private static final char MARK = '\uFEFF';

    private final String text;
    private final char separator;
    private int at;
    private int line = 1;

    Csv(String text) {
        this.text = text;
        at = !text.isEmpty() && text.charAt(0) == MARK ? 1 : 0;
        var head = text.lines().findFirst().orElse("");
        separator = head.contains(";") ? ';' : ',';
    }

    /** Null when there is none any more. */
    Line next() {
        if (at >= text.length()) {
            return null;
        }
        int begun = line;
        var fields = new ArrayList<String>();
        do {
            fields.add(field());
        } while (goesOn());
        return new Line(begun, fields);
    }

    /** Steps over what stands behind a field: true when the record has another. */
    private boolean goesOn() {
        if (at >= text.length()) {
            return false;
        }
        char c = text.charAt(at++);
        if (c == separator) {
            return true;
        }
        if (c == '\r' && at < text.length() && text.charAt(at) == '\n') {
            at++;
        }
        line++;
        return false;
    }

    private String field() {
        return at < text.length() && text.charAt(at) == '"' ? quoted() : plain();
    }

    private String plain() {
        int begun = at;
        while (at < text.length() && !isEnd(text.charAt(at))) {
            at++;
        }
        return text.substring(begun, at);
    }

    private String quoted() {
        var field = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                if (at >= text.length() || text.charAt(at) != '"') {
                    break;
                }
                at++;
            } else if (c == '\n') {
                line++;
            }
            field.append(c);
        }
        // What stands between the quote and the separator belongs to the field as well.
        return field.append(plain()).toString();
    }

    private boolean isEnd(char c) {
        return c == separator || c == '\n' || c == '\r';
    }
}
