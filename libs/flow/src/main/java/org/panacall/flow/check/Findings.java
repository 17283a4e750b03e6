// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.check;

import com.google.protobuf.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.panacall.defaults.tree.Flaw;

/** What checks of one flow found: where it is, and what to do. */
final class Findings {

    private static final int MESSAGE_MAX = 300;
    private static final int KNOWN_MAX = 20;
    private static final int SHOWN_MAX = 40;
    private static final int ALL_MAX = 100;

    private final List<Flaw> flaws = new ArrayList<>();

    void add(String at, String message) {
        if (flaws.size() < ALL_MAX) {
            flaws.add(new Flaw(at, cut(message)));
        }
    }

    /** Names may be long that are not as they should be; the sentence is still to be read. */
    private static String cut(String message) {
        return message.length() <= MESSAGE_MAX ? message : message.substring(0, MESSAGE_MAX) + "…";
    }

    /** Says that a name stands for nothing, unless it does. */
    void reference(String at, String what, String name, Collection<String> known) {
        if (!known.contains(name)) {
            var some = known.stream().sorted().limit(KNOWN_MAX).toList();
            var more =
                    known.size() > KNOWN_MAX ? " and " + (known.size() - KNOWN_MAX) + " more" : "";
            add(at, "there is no %s %s; known are %s%s".formatted(what, shown(name), some, more));
        }
    }

    void between(String at, long value, long least, long most) {
        if (value < least || value > most) {
            add(at, "must be between " + least + " and " + most);
        }
    }

    void wait(String at, Duration wait, int secondsMax) {
        var ms = wait.getSeconds() * 1_000 + wait.getNanos() / 1_000_000;
        boolean tooMuch = wait.getSeconds() < 0 || wait.getSeconds() > secondsMax;
        if (tooMuch || ms < 100 || ms > secondsMax * 1_000L) {
            add(at, "must be between 100ms and " + secondsMax + "s");
        }
    }

    void atMost(String at, String what, int count, int most) {
        if (count > most) {
            add(at, "has %d %s; at most %d are possible".formatted(count, what, most));
        }
    }

    List<Flaw> all() {
        return List.copyOf(flaws);
    }

    static String shown(String text) {
        return text.length() <= SHOWN_MAX && text.matches("[\\w*#+./ -]*")
                ? "'" + text + "'"
                : "like that";
    }
}
