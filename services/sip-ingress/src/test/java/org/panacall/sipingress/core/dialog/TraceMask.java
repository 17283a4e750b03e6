// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The masked ids of a trace: {@code $name} is bound on first use and must match afterwards. */
final class TraceMask {

    private static final Pattern NAME = Pattern.compile("\\$([a-z]+)");

    private final Map<String, String> bound = new HashMap<>();

    /** The text with what is bound filled in. */
    String fill(String text) {
        return NAME.matcher(text)
                .replaceAll(
                        name ->
                                Matcher.quoteReplacement(
                                        bound.getOrDefault(name.group(1), name.group())));
    }

    /** The lines as they go on the wire; {@code \xNN} is a byte. */
    byte[] bytes(List<String> lines) {
        var text = fill(String.join("\r\n", lines)) + "\r\n";
        var escaped =
                Pattern.compile("\\\\x([0-9A-F]{2})")
                        .matcher(text)
                        .replaceAll(
                                hex ->
                                        Matcher.quoteReplacement(
                                                "" + (char) Integer.parseInt(hex.group(1), 16)));
        return escaped.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Compares, and binds what is new. */
    void match(List<String> expected, String actual) {
        var lines = actual.split("\r\n");
        for (int i = 0; i < Math.max(lines.length, expected.size()); i++) {
            var wanted = i < expected.size() ? expected.get(i) : "(no line)";
            match(wanted, i < lines.length ? lines[i] : "(no line)");
        }
    }

    void match(String expected, String actual) {
        var filled = fill(expected);
        var names = NAME.matcher(filled);
        var pattern = new StringBuilder();
        int at = 0;
        while (names.find()) {
            pattern.append(Pattern.quote(filled.substring(at, names.start())));
            pattern.append("(?<").append(names.group(1)).append(">[A-Za-z0-9@_.-]+)");
            at = names.end();
        }
        pattern.append(Pattern.quote(filled.substring(at)));
        var matcher = Pattern.compile(pattern.toString()).matcher(actual);
        if (!matcher.matches()) assertEquals(filled, actual);
        matcher.namedGroups().forEach((name, group) -> bound.put(name, matcher.group(group)));
    }
}
