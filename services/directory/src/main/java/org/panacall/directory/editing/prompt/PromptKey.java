// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing.prompt;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.panacall.defaults.tree.Flaw;

/** Which prompt is meant, in which language. */
record PromptKey(String tenantId, String promptId, String language) {

    private static final String WORD = "[A-Za-z0-9][A-Za-z0-9_-]{0,63}";
    private static final Pattern ID = Pattern.compile(WORD + "(/" + WORD + ")?");
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}");

    /** What stands behind an id in addresses of the REST interface. */
    private static final Set<String> RESERVED = Set.of("text", "audio", "published");

    /** What is wrong with it. */
    List<Flaw> flaws() {
        var second = promptId.substring(promptId.indexOf('/') + 1);
        if (!ID.matcher(promptId).matches()) {
            return List.of(
                    new Flaw("id", "must be one or two words like music/waiting, 64 letters each"));
        }
        if (promptId.contains("/") && RESERVED.contains(second)) {
            return List.of(new Flaw("id", "must not end with a word of " + sorted()));
        }
        return LANGUAGE.matcher(language).matches()
                ? List.of()
                : List.of(new Flaw("language", "must be a language like ru, uk or en-GB"));
    }

    /** For the audit: "music/waiting (ru)". */
    String name() {
        return promptId + " (" + language + ")";
    }

    /** The first three values of every statement on one prompt. */
    Tuple tuple() {
        return Tuple.of(tenantId, promptId, language);
    }

    private static List<String> sorted() {
        return RESERVED.stream().sorted().toList();
    }
}
