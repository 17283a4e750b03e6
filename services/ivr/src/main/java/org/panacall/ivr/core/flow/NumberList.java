// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.flow;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Numbers of callers who are treated alike. */
public final class NumberList {

    private static final String MORE = "*";

    private final SortedSet<String> numbers = new TreeSet<>();
    private final SortedSet<String> beginnings = new TreeSet<>();

    /**
     * @param entries E.164 with "+"; "+7495*" stands for all numbers that begin so
     */
    public NumberList(List<String> entries) {
        for (var entry : entries) {
            if (entry.endsWith(MORE)) {
                beginnings.add(entry.substring(0, entry.length() - MORE.length()));
            } else {
                numbers.add(entry);
            }
        }
    }

    public boolean has(String number) {
        if (number.isEmpty()) {
            return false;
        }
        for (int length = 1; length <= number.length(); length++) {
            if (beginnings.contains(number.substring(0, length))) {
                return true;
            }
        }
        return numbers.contains(number);
    }
}
