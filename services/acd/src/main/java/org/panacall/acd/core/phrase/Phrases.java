// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.phrase;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.panacall.acd.core.wait.SpokenWait;

/**
 * Puts what a waiting caller is told together from stored prompts, as ids that are the same in each
 * language. A number is spoken as hundreds, tens and the rest; one and two have a prompt for each
 * noun, with which they agree in gender and case: "двадцать один человек", "двадцать одну минуту".
 */
public final class Phrases {

    /** What may be counted: in the nominative after "before you", in the accusative after "in". */
    enum Noun {
        PEOPLE("people"),
        MINUTES("minutes");

        private final String word;

        Noun(String word) {
            this.word = word;
        }
    }

    private static final int COUNT_MAX = 999;

    private Phrases() {}

    /**
     * "There are twenty-one people ahead of you".
     *
     * @param position 1: nobody is ahead. Too many to be counted aloud: nothing is said
     */
    public static Optional<List<String>> position(int position, Language language) {
        var ahead = position - 1;
        if (ahead < 0 || ahead > COUNT_MAX) {
            return Optional.empty();
        }
        if (ahead == 0) {
            return Optional.of(List.of("wait/next"));
        }
        var prompts = new ArrayList<String>();
        prompts.add("wait/ahead-" + language.form(ahead).word());
        prompts.addAll(counted(ahead, Noun.PEOPLE, language));
        return Optional.of(List.copyOf(prompts));
    }

    /** "We will answer you in about twenty minutes". */
    public static List<String> expectedWait(SpokenWait wait, Language language) {
        if (wait.equals(SpokenWait.LESS_THAN_A_MINUTE)) {
            return List.of("wait/less-than-a-minute");
        }
        if (wait.equals(SpokenWait.MORE_THAN_AN_HOUR)) {
            return List.of("wait/more-than-an-hour");
        }
        var prompts = new ArrayList<String>();
        prompts.add("wait/about");
        prompts.addAll(counted(wait.minutes(), Noun.MINUTES, language));
        return List.copyOf(prompts);
    }

    /** "Twenty-two minutes": a number from 0 to 999 and its noun. */
    static List<String> counted(int count, Noun noun, Language language) {
        if (count < 0 || count > COUNT_MAX) {
            throw new IllegalArgumentException("only 0 to 999 can be counted aloud");
        }
        var prompts = new ArrayList<String>();
        var rest = count;
        if (rest >= 100) {
            prompts.add(number(rest / 100 * 100));
            rest %= 100;
        }
        if (rest > 20) {
            prompts.add(number(rest / 10 * 10));
            rest %= 10;
        }
        if (rest == 1 || rest == 2) {
            prompts.add(number(rest) + "-" + noun.word);
        } else if (rest > 0 || count == 0) {
            prompts.add(number(rest));
        }
        prompts.add("unit/" + noun.word + "-" + language.form(count).word());
        return prompts;
    }

    private static String number(int count) {
        return "number/" + count;
    }
}
