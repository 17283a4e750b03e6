// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.prompt;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where a stored prompt is: tenant, language, id. None of them can lead out of the directory.
 *
 * @param id lower case words, at most one '/' between: "greeting", "music/waiting"
 */
public record PromptName(String tenant, String language, String id) {

    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*");
    private static final String WORD = "[A-Za-z0-9][A-Za-z0-9_-]{0,63}";
    private static final Pattern ID = Pattern.compile(WORD + "(/" + WORD + ")?");

    public PromptName {
        require(TENANT, tenant, "tenant id");
        require(LANGUAGE, language, "language");
        require(ID, id, "prompt id");
    }

    /** The file, below the directory of all prompts. */
    public Path below(Path directory) {
        return directory.resolve(tenant).resolve(language).resolve(id + ".wav");
    }

    /** The same in the language without its region: "ru" for "ru-RU". */
    PromptName withoutRegion() {
        int region = language.indexOf('-');
        return region < 0 ? this : new PromptName(tenant, language.substring(0, region), id);
    }

    /** The same in another language. */
    PromptName in(String other) {
        return new PromptName(tenant, other, id);
    }

    static void requireLanguage(String language) {
        require(LANGUAGE, language, "language");
    }

    private static void require(Pattern pattern, String value, String what) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException("no " + what);
        }
    }
}
