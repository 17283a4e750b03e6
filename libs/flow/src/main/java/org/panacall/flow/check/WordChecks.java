// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.check;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.panacall.defaults.words.MenuWords;
import org.panacall.flow.expression.ValueKind;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.MenuStep;

/** What may be said to a menu. */
final class WordChecks {

    private static final int ENTRIES_MAX = 50;
    private static final int PHRASES_MAX = 20;
    private static final int LENGTH_MIN = 2;
    private static final int LENGTH_MAX = 60;
    private static final int WORDS_MAX = 6;
    private static final int LANGUAGE_MAX = 200;

    private final Flow flow;
    private final FlowAround around;
    private final Findings findings;
    private final StepChecks steps;

    WordChecks(Flow flow, FlowAround around, Findings findings, StepChecks steps) {
        this.flow = flow;
        this.around = around;
        this.findings = findings;
        this.steps = steps;
    }

    void check(String at, MenuStep menu) {
        if (menu.getConfidencePercent() != 0) {
            findings.between(at + ".confidencePercent", menu.getConfidencePercent(), 1, 100);
        }
        if (!menu.getVariable().isEmpty()) {
            steps.variable(at + ".variable", menu.getVariable(), ValueKind.TEXT);
        }
        findings.atMost(at + ".words", "entries", menu.getWordsCount(), ENTRIES_MAX);
        var known =
                flow.getLanguagesCount() == 0
                        ? Set.of(around.language())
                        : new TreeSet<>(flow.getLanguagesList());
        // Language and phrase → the key that it stands for.
        var taken = new TreeMap<String, String>();
        for (int i = 0; i < Math.min(ENTRIES_MAX, menu.getWordsCount()); i++) {
            var entry = menu.getWords(i);
            var here = at + ".words[" + i + "]";
            findings.reference(
                    here + ".key", "key of this menu", entry.getKey(), menu.getKeysList());
            findings.reference(
                    here + ".language", "language of this flow", entry.getLanguage(), known);
            if (entry.getPhrasesCount() == 0) {
                findings.add(here + ".phrases", "are missing; say what a caller may say");
            }
            findings.atMost(here + ".phrases", "phrases", entry.getPhrasesCount(), PHRASES_MAX);
            for (int j = 0; j < Math.min(PHRASES_MAX, entry.getPhrasesCount()); j++) {
                var place = here + ".phrases[" + j + "]";
                var phrase = entry.getPhrases(j);
                phrase(place, phrase);
                once(
                        place,
                        entry.getLanguage() + " " + MenuWords.plain(phrase),
                        entry.getKey(),
                        taken);
            }
        }
        for (var language : known) {
            int count =
                    menu.getWordsList().stream()
                            .filter(entry -> entry.getLanguage().equals(language))
                            .mapToInt(entry -> entry.getPhrasesCount())
                            .sum();
            findings.atMost(at + ".words", "phrases in " + language, count, LANGUAGE_MAX);
        }
    }

    private void phrase(String at, String phrase) {
        var plain = MenuWords.plain(phrase);
        if (phrase.length() > LENGTH_MAX || plain.length() < LENGTH_MIN) {
            findings.add(at, "must have " + LENGTH_MIN + " to " + LENGTH_MAX + " letters");
        } else if (plain.chars().noneMatch(Character::isLetter)) {
            findings.add(at, "must be words, as they are said: one and not 1");
        } else if (plain.split(" ").length > WORDS_MAX) {
            findings.add(at, "has more than " + WORDS_MAX + " words; few are recognised better");
        }
    }

    private void once(String at, String phrase, String key, Map<String, String> taken) {
        var other = taken.putIfAbsent(phrase, key);
        if (other != null) {
            findings.add(
                    at,
                    other.equals(key)
                            ? "is there twice; keep one"
                            : "stands for key " + other + " as well; nobody could tell which");
        }
    }
}
