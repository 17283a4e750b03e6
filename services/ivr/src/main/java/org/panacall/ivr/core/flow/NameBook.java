// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.flow;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** People whom callers may dial by their names, by the keys that have the letters. */
public record NameBook(List<Entry> entries) {

    /** So many can be told one from another by a key. */
    public static final int FEW = 5;

    public static final NameBook EMPTY = new NameBook(List.of());

    private static final Map<Character, Character> KEYS = keys();

    /**
     * Somebody.
     *
     * @param words of his name, as keys
     */
    public record Entry(String name, String extension, List<String> words) {

        public Entry {
            words = List.copyOf(words);
        }

        public static Entry of(String name, String extension) {
            var words =
                    Stream.of(name.split("[^\\p{L}]+"))
                            .map(NameBook::spelled)
                            .filter(word -> !word.isEmpty())
                            .toList();
            return new Entry(name, extension, words);
        }
    }

    /**
     * Asks for the beginning of a name by the keys' letters.
     *
     * @param before what was typed of it already
     */
    public record Spell(
            List<Prompt> prompts,
            List<Prompt> invalidPrompts,
            String before,
            Step.Patience patience)
            implements Step.Question {

        /** Exit when nobody fits, or nobody was meant. */
        public static final String NOT_FOUND = "not-found";

        /** Letters at least, so that no list of all people can be heard. */
        public static final int LEAST = 2;

        public static final int MOST = 12;

        public Spell {
            prompts = List.copyOf(prompts);
            invalidPrompts = List.copyOf(invalidPrompts);
        }
    }

    /** Asks which of these people is meant; another key goes back to spelling. */
    public record Pick(List<Entry> people, List<Prompt> prompts, Spell spell)
            implements Step.Question {

        /** Back to spelling. */
        public static final String BACK = "*";

        public Pick {
            people = List.copyOf(people);
            prompts = List.copyOf(prompts);
        }

        @Override
        public List<Prompt> invalidPrompts() {
            return List.of();
        }

        @Override
        public Step.Patience patience() {
            return spell.patience();
        }
    }

    public NameBook {
        entries = List.copyOf(entries);
    }

    /** Those of whom a word begins so; one more than few at most. */
    public List<Entry> beginning(String keys) {
        return entries.stream()
                .filter(entry -> entry.words().stream().anyMatch(word -> word.startsWith(keys)))
                .limit(FEW + 1L)
                .toList();
    }

    /** A word as it is typed; letters that are on no key are passed over. */
    static String spelled(String word) {
        var keys = new StringBuilder();
        for (var letter : word.toLowerCase(Locale.ROOT).toCharArray()) {
            var key = KEYS.get(letter);
            if (key != null) {
                keys.append(key.charValue());
            }
        }
        return keys.toString();
    }

    /** Latin letters by ITU-T E.161; Russian and Ukrainian ones by ETSI ES 202 130. */
    private static Map<Character, Character> keys() {
        var keys = new TreeMap<Character, Character>();
        var letters =
                List.of(
                        "abcабвгґ",
                        "defдеёєжз",
                        "ghiиійїкл",
                        "jklмноп",
                        "mnoрсту",
                        "pqrsфхцч",
                        "tuvшщъы",
                        "wxyzьэюя");
        for (int i = 0; i < letters.size(); i++) {
            for (var letter : letters.get(i).toCharArray()) {
                keys.put(letter, (char) ('2' + i));
            }
        }
        return keys;
    }
}
