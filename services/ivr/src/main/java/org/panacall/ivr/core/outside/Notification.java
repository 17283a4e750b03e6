// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.outside;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.panacall.ivr.core.flow.Expression;

/**
 * What a step wants to be sent, and to whom.
 *
 * @param template of the tenant's; empty: texts
 * @param values what the template is filled with
 * @param texts by language
 * @param to empty: the caller
 */
public record Notification(
        Way way,
        String template,
        SortedMap<String, Expression> values,
        SortedMap<String, Letter> texts,
        Optional<Expression> to) {

    /** How it is sent. */
    public enum Way {
        SMS("\\+[0-9]{5,15}"),
        EMAIL("[^@\\s<>,;]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");

        private static final int ADDRESS_MAX = 254;

        private final String address;

        Way(String address) {
            this.address = address;
        }

        /** Whether it can be sent there. */
        public boolean reaches(String to) {
            return to.length() <= ADDRESS_MAX && to.matches(address);
        }
    }

    /** What is written; an SMS has an empty subject. */
    public record Letter(Text subject, Text text) {}

    /**
     * A text with expressions in it.
     *
     * @param literals what stands around the expressions, one more than those
     */
    public record Text(List<String> literals, List<Expression> expressions) {

        public Text {
            literals = List.copyOf(literals);
            expressions = List.copyOf(expressions);
        }

        /** The value alone. */
        public static Text of(Expression value) {
            return new Text(List.of("", ""), List.of(value));
        }

        /** Empty when a value cannot be computed; cut when it is too long. */
        public Optional<String> filled(
                Function<Expression, Optional<Object>> values, int lettersMax) {
            var text = new StringBuilder(literals.getFirst());
            for (int i = 0; i < expressions.size(); i++) {
                var value = values.apply(expressions.get(i));
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                text.append(value.get()).append(literals.get(i + 1));
            }
            return Optional.of(
                    text.length() <= lettersMax ? text.toString() : text.substring(0, lettersMax));
        }
    }

    public Notification {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
        if (template.isEmpty() && texts.isEmpty()) {
            throw new IllegalArgumentException("a notification says something");
        }
    }

    /** In the caller's language, else in the clinic's, else in any. */
    public Optional<String> language(String chosen, String usual) {
        if (!template.isEmpty()) {
            return Optional.of(chosen.isEmpty() ? usual : chosen);
        }
        return List.of(chosen, usual).stream()
                .filter(texts::containsKey)
                .findFirst()
                .or(() -> texts.keySet().stream().findFirst());
    }
}
