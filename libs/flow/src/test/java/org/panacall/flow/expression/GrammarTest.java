// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrammarTest {

    private static final Map<String, Object> VALUES =
            Map.of(
                    "caller.number",
                    "+74951234567",
                    "caller.lists",
                    List.of("vip"),
                    "now.time",
                    "10:05",
                    "tries",
                    3L,
                    "emergency",
                    true);

    private final Grammar grammar = grammar();

    private static Grammar grammar() {
        var names = new TreeMap<>(CallWords.ALL);
        names.put("tries", ValueKind.NUMBER);
        names.put("emergency", ValueKind.YES_NO);
        return new Grammar(names);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "caller.number.startsWith('+7495') && tries + 1 > 3|true",
                "'vip' in caller.lists|true",
                "now.time >= '08:00' && now.time < '20:00'|true",
                "caller.number.matches('[+]7495[0-9]{7}')|true",
                "emergency ? 'on' : 'off'|on",
                "tries * 7|21",
                "string(tries) + ' раза'|3 раза"
            })
    void expressionsAreComputed(String source, String value) throws ExpressionRefused {
        assertEquals(Optional.of(value), valueOf(source).map(String::valueOf));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tries / 0 > 1", "int(language) > 1", "dialled == ''"})
    void whatCannotBeComputedIsNothing(String source) throws ExpressionRefused {
        assertEquals(Optional.empty(), valueOf(source));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "trie > 1|there is no variable 'trie'",
                "tries + 'a' > 1|found no matching overload",
                "tries|is a whole number, must be true or false",
                "tries = 2|token recognition error",
                "[1, 2].map(x, x * 2) == [2, 4]|there is no variable 'map'",
                "'a'|is a text, must be true or false"
            })
    void whatMakesNoSenseIsRefusedWithTheReason(String source, String reason) {
        // When
        var refused =
                assertThrows(
                        ExpressionRefused.class, () -> grammar.formula(source, ValueKind.YES_NO));

        // Then
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }

    @Test
    void lengthAndDepthAreBounded() {
        assertThrows(ExpressionRefused.class, () -> grammar.formula("1 + ".repeat(200) + "1"));
        assertThrows(
                ExpressionRefused.class,
                () -> grammar.formula("(".repeat(100) + "1" + ")".repeat(100)));
        assertThrows(ExpressionRefused.class, () -> grammar.formula(" "));
    }

    private Optional<Object> valueOf(String source) throws ExpressionRefused {
        return grammar.formula(source).value(name -> Optional.ofNullable(VALUES.get(name)));
    }
}
