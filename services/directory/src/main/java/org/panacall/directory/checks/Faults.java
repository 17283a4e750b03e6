// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.checks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.panacall.defaults.tree.Flaw;

/**
 * What checks found. A fault says where it is and what to do, and repeats of what was sent only
 * what is short enough to be an extension or a word: answers go to people who may not have sent it.
 */
public final class Faults {

    private static final int SHOWN_MAX = 10;
    private static final int KNOWN_MAX = 20;

    private final List<Flaw> flaws = new ArrayList<>();

    public void add(String field, String message) {
        flaws.add(new Flaw(field, message));
    }

    /** Says that a name stands for nothing. */
    public void unknown(String field, String what, String name, Collection<String> known) {
        var some = known.stream().sorted().limit(KNOWN_MAX).toList();
        var more = known.size() > KNOWN_MAX ? " and " + (known.size() - KNOWN_MAX) + " more" : "";
        add(field, "there is no %s %s; known are %s%s".formatted(what, shown(name), some, more));
    }

    public List<Flaw> all() {
        return List.copyOf(flaws);
    }

    /** In quotes, when it is harmless. */
    static String shown(String text) {
        return text.length() <= SHOWN_MAX && text.matches("[\\w*#+ -]*")
                ? "'" + text + "'"
                : "like that";
    }
}
