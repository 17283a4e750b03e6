// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.contacts;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.panacall.proto.directory.v1.Contact;

/** Names as they are looked for: words in lower case, and ё is е, as people write it. */
final class ContactNames {

    private static final int WORDS_MAX = 5;
    private static final int BEGINNING_MIN = 2;

    private ContactNames() {}

    static String words(Contact contact) {
        return String.join(
                " ",
                split(
                        String.join(
                                " ",
                                contact.getFamilyName(),
                                contact.getGivenName(),
                                contact.getMiddleName())));
    }

    /** A query of PostgreSQL's text search; empty when the search is too short to find anybody. */
    static Optional<String> query(String search) {
        var words = split(search);
        var tooShort = words.stream().anyMatch(word -> word.length() < BEGINNING_MIN);
        return words.isEmpty() || tooShort || words.size() > WORDS_MAX
                ? Optional.empty()
                : Optional.of(
                        words.stream().map(word -> word + ":*").collect(Collectors.joining(" & ")));
    }

    private static List<String> split(String text) {
        return Arrays.stream(
                        text.toLowerCase(Locale.ROOT).replace('ё', 'е').split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
