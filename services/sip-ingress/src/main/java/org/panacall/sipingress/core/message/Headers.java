// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The headers of a message that came in, in order, one char a byte. Unchanging once read. */
public final class Headers {

    private static final int USUAL = 20;

    private final int limit;
    private String[] names = new String[USUAL];
    private String[] values = new String[USUAL];
    private int size;

    Headers(int limit) {
        this.limit = limit;
    }

    /** Adds a line; false when there is no room. For the parser only. */
    boolean add(String name, String value) {
        if (size == limit) return false;
        if (size == names.length) {
            names = Arrays.copyOf(names, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        names[size] = name;
        values[size++] = value;
        return true;
    }

    /** The first line of this name, whole. */
    public Optional<String> first(String name) {
        int at = indexOf(name, 0);
        return at < 0 ? Optional.empty() : Optional.of(values[at]);
    }

    /** The first line of this name as people read it. */
    public Optional<String> readable(String name) {
        return first(name).map(Text::decode);
    }

    /** The first line of this name, or null: the packet path's way. */
    String line(String name) {
        int at = indexOf(name, 0);
        return at < 0 ? null : values[at];
    }

    /** How many lines have this name. */
    public int count(String name) {
        int count = 0;
        for (int at = indexOf(name, 0); at >= 0; at = indexOf(name, at + 1)) count++;
        return count;
    }

    /** Every value under this name, lines with several taken apart. */
    public List<String> values(String name) {
        int at = indexOf(name, 0);
        if (at < 0) return List.of();
        int second = indexOf(name, at + 1);
        if (second < 0) return Text.split(values[at]);
        var all = new ArrayList<>(Text.split(values[at]));
        for (at = second; at >= 0; at = indexOf(name, at + 1)) all.addAll(Text.split(values[at]));
        return all;
    }

    private int indexOf(String name, int from) {
        for (int i = from; i < size; i++) {
            if (names[i].equalsIgnoreCase(name)) return i;
        }
        return -1;
    }
}
