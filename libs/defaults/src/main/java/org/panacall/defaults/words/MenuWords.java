// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults.words;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The grammar of a menu: which words stand for which choice. Somebody may say more than the words;
 * of overlapping phrases the longer one counts.
 */
public final class MenuWords {

    private final List<Phrase> phrases = new ArrayList<>();

    private record Phrase(String choice, List<String> words) {}

    private record Match(String choice, int from, int to) {

        private boolean isPartOf(Match other) {
            return other.to - other.from > to - from && other.from <= from && to <= other.to;
        }
    }

    /**
     * @param choices choice → phrases of one language
     */
    public MenuWords(Map<String, ? extends Collection<String>> choices) {
        choices.forEach(
                (choice, some) ->
                        some.stream()
                                .map(MenuWords::words)
                                .filter(words -> !words.isEmpty())
                                .forEach(words -> phrases.add(new Phrase(choice, words))));
    }

    /** The choice that somebody means; empty when he means none, or several. */
    public Optional<String> choice(String said) {
        var words = words(said);
        var matches = new ArrayList<Match>();
        for (var phrase : phrases) {
            int length = phrase.words().size();
            for (int at = 0; at + length <= words.size(); at++) {
                if (words.subList(at, at + length).equals(phrase.words())) {
                    matches.add(new Match(phrase.choice(), at, at + length));
                }
            }
        }
        var meant = new TreeSet<String>();
        for (var match : matches) {
            if (matches.stream().noneMatch(match::isPartOf)) {
                meant.add(match.choice());
            }
        }
        return meant.size() == 1 ? Optional.of(meant.first()) : Optional.empty();
    }

    /** The same for all ways to write a phrase: "Ещё раз!" is "еще раз". */
    public static String plain(String phrase) {
        return String.join(" ", words(phrase));
    }

    private static List<String> words(String text) {
        var plain =
                Normalizer.normalize(text, Normalizer.Form.NFKC)
                        .toLowerCase(Locale.ROOT)
                        .replace('ё', 'е')
                        .replace('’', '\'')
                        .replaceAll("[^\\p{L}\\p{M}\\p{N}']+", " ")
                        .strip();
        return plain.isEmpty() ? List.of() : List.of(plain.split(" "));
    }
}
