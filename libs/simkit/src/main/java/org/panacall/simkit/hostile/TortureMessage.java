// SPDX-License-Identifier: Apache-2.0
package org.panacall.simkit.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A case of RFC 4475 or 5118 and what its section allows, read from the files in {@code hostile/}.
 *
 * @param allowed final statuses, or {@link #SILENCE}, by who is asked: parser, core or edge
 */
public record TortureMessage(
        String section, String name, Map<String, Set<String>> allowed, String text) {

    public static final String SILENCE = "silence";
    public static final String UNDERSTOOD = "understood";

    private static final Pattern BYTE = Pattern.compile("\\\\x([0-9a-f]{2})");
    private static final Pattern REPEAT = Pattern.compile("\\{([0-9]+)\\*([^}]*)}");

    /** The 49 cases of RFC 4475. */
    public static List<TortureMessage> ofRfc4475() {
        return read("/hostile/rfc4475.txt");
    }

    /** The cases of RFC 5118: IPv6. */
    public static List<TortureMessage> ofRfc5118() {
        return read("/hostile/rfc5118.txt");
    }

    /** Both. */
    public static List<TortureMessage> all() {
        var all = new ArrayList<>(ofRfc4475());
        all.addAll(ofRfc5118());
        return all;
    }

    /**
     * The bytes on the wire.
     *
     * @param places values for domain, echo, host, via, edge and id
     */
    public byte[] bytes(Map<String, String> places) {
        var filled = text;
        for (var place : places.entrySet()) {
            filled = filled.replace("{" + place.getKey() + "}", place.getValue());
        }
        filled = REPEAT.matcher(filled).replaceAll(found -> repeated(found.group(2), found));
        filled = filled.replace("\n", "\r\n");
        filled =
                BYTE.matcher(filled)
                        .replaceAll(
                                found -> {
                                    char c = (char) Integer.parseInt(found.group(1), 16);
                                    return java.util.regex.Matcher.quoteReplacement("" + c);
                                });
        int end = filled.indexOf("\r\n\r\n");
        int length = end < 0 ? 0 : filled.length() - end - 4;
        return filled.replace("{length}", "" + length).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String repeated(String what, java.util.regex.MatchResult found) {
        return what.repeat(Integer.parseInt(found.group(1)));
    }

    /** Whether an outcome is allowed to whoever was asked. */
    public boolean allows(String who, String outcome) {
        return allowed.get(who).contains(outcome);
    }

    @Override
    public String toString() {
        return section + " " + name;
    }

    private static List<TortureMessage> read(String resource) {
        try (var stream = TortureMessage.class.getResourceAsStream(resource)) {
            var file = new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
            var all = new ArrayList<TortureMessage>();
            var entries = file.split("(?m)^### ");
            for (int i = 1; i < entries.length; i++) all.add(entry(entries[i]));
            return all;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static TortureMessage entry(String entry) {
        int end = entry.indexOf('\n');
        var head = entry.substring(0, end).split(" ");
        var allowed = new LinkedHashMap<String, Set<String>>();
        for (int i = 2; i < head.length; i++) {
            var sides = head[i].split("=");
            allowed.put(sides[0], Set.of(sides[1].split(",")));
        }
        // The blank line before the next entry is no part of this one.
        var text = entry.substring(end + 1, entry.length() - 1);
        return new TortureMessage(head[0], head[1], allowed, text);
    }
}
