// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.access;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Telephone numbers in configuration, as they may be seen. */
public final class Masks {

    private Masks() {}

    /** Whoever may not see whole numbers sees none, wherever one stands. */
    public static Map<String, Object> shown(Map<String, Object> tree, Caller caller) {
        if (caller.seesAll()) {
            return tree;
        }
        var shown = new LinkedHashMap<String, Object>();
        tree.forEach((name, value) -> shown.put(name, value(value, caller)));
        return shown;
    }

    @SuppressWarnings("unchecked")
    private static Object value(Object value, Caller caller) {
        return switch (value) {
            case String text -> caller.shown(text);
            case List<?> list -> list.stream().map(one -> value(one, caller)).toList();
            case Map<?, ?> nested -> shown((Map<String, Object>) nested, caller);
            default -> value;
        };
    }
}
