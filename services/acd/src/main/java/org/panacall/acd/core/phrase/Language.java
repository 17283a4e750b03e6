// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.phrase;

import java.util.Locale;

/** A language that callers are spoken to in, as far as counting in it goes. */
public enum Language {
    RU,
    UK,
    EN;

    /** How a noun stands beside a number. */
    enum Form {
        ONE,
        FEW,
        MANY;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Of a tag, "uk" or "uk-UA"; Russian, the platform's default, when it is none of ours.
     *
     * @param tag BCP 47
     */
    public static Language of(String tag) {
        var primary = tag.split("-", 2)[0].toUpperCase(Locale.ROOT);
        for (var language : values()) {
            if (language.name().equals(primary)) {
                return language;
            }
        }
        return RU;
    }

    /** As prompts are kept by. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Двадцать один человек, two people: by the last digits in Slavic languages. */
    Form form(int count) {
        if (this == EN) {
            return count == 1 ? Form.ONE : Form.MANY;
        }
        var teen = count % 100 / 10 == 1;
        return switch (count % 10) {
            case 1 -> teen ? Form.MANY : Form.ONE;
            case 2, 3, 4 -> teen ? Form.MANY : Form.FEW;
            default -> Form.MANY;
        };
    }
}
