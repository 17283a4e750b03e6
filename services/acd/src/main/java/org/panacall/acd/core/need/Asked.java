// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.need;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What a call's attributes ask of a queue. What cannot be understood asks for nothing: a caller is
 * not left alone because somebody drew his flow carelessly.
 *
 * @param preferred extensions of those who should have it, best first
 * @param priority how much older it is to count
 * @param categories what kind of caller or matter it is, for the queue's settings
 */
public record Asked(
        Needs needs, List<String> preferred, Duration priority, List<String> categories) {

    /** The family of skills that are languages. */
    public static final String LANGUAGE = "language";

    /** Nothing is more urgent than a day of waiting, or less than the reverse. */
    public static final Duration PRIORITY_MAX = Duration.ofDays(1);

    private static final String SKILL = "skill";
    private static final int LIST_MAX = 20;
    private static final int EXTENSION_MAX = 32;

    public Asked {
        preferred = List.copyOf(preferred);
        categories = List.copyOf(categories);
    }

    public static Asked of(Map<String, String> attributes) {
        var needs = new ArrayList<Need>();
        attributes.forEach(
                (name, value) -> {
                    if (name.equals(LANGUAGE) && !value.isBlank()) {
                        needs.add(Need.of(language(value), 1));
                    } else if (name.equals(SKILL)) {
                        list(value).forEach(skill -> needs.add(Need.of(skill, 1)));
                    } else if (name.startsWith(SKILL + ".") && name.length() > 6) {
                        needs.add(Need.of(name.substring(6), level(value)));
                    }
                });
        return new Asked(
                Needs.of(needs),
                list(attributes.getOrDefault("preferred", "")).stream()
                        .filter(extension -> extension.length() <= EXTENSION_MAX)
                        .toList(),
                minutes(attributes.getOrDefault("priority", "")),
                list(attributes.getOrDefault("category", "")));
    }

    /** The skill of speaking a language: its primary subtag, "language.ru". */
    public static String language(String tag) {
        return LANGUAGE + "." + tag.strip().toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
    }

    private static List<String> list(String value) {
        return Arrays.stream(value.split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .limit(LIST_MAX)
                .toList();
    }

    private static int level(String value) {
        var level = number(value);
        return level == null ? 1 : Math.clamp((long) level, 1, Need.LEVEL_MAX);
    }

    private static Duration minutes(String value) {
        var minutes = Objects.requireNonNullElse(number(value), 0);
        var most = PRIORITY_MAX.toMinutes();
        return Duration.ofMinutes(Math.clamp((long) minutes, -most, most));
    }

    private static Integer number(String value) {
        try {
            return value.isBlank() ? null : Integer.valueOf(value.strip());
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}
