// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.flow;

/**
 * Something that a flow remembers of its caller, kept as text.
 *
 * @param initial before anything is set; may be empty
 */
public record Variable(String name, Kind kind, String initial) {

    /** What it holds. */
    public enum Kind {
        TEXT,
        NUMBER,
        YES_NO
    }

    /** What the text stands for in expressions; nonsense counts as nothing. */
    public Object value(String text) {
        return switch (kind) {
            case TEXT -> text;
            case NUMBER -> text.matches("-?[0-9]{1,18}") ? Long.parseLong(text) : 0L;
            case YES_NO -> text.equals("true");
        };
    }
}
