// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What may be said to a menu in each language.
 *
 * @param confidence percent; a recogniser that is less sure has heard nothing that counts
 */
public record Words(List<Entry> entries, int confidence) {

    /** A menu that is not to be spoken to. */
    public static final Words NONE = new Words(List.of(), 100);

    /** Phrases of one language that stand for a key. */
    public record Entry(String key, String language, List<String> phrases) {
        public Entry {
            phrases = List.copyOf(phrases);
        }
    }

    public Words {
        entries = List.copyOf(entries);
    }

    /** The caller may say these; empty when there are none in his language. */
    public Optional<Listening> in(String language, Duration patience) {
        var choices = new TreeMap<String, List<String>>();
        for (var entry : entries) {
            if (entry.language().equals(language)) {
                var phrases = new ArrayList<>(choices.getOrDefault(entry.key(), List.of()));
                phrases.addAll(entry.phrases());
                choices.put(entry.key(), phrases);
            }
        }
        return Optional.of(new Listening(language, choices, patience))
                .filter(listening -> !listening.choices().isEmpty());
    }
}
