// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.check;

import java.util.List;
import java.util.regex.Pattern;
import org.panacall.proto.call.v1.Prompt;
import org.panacall.proto.directory.v1.Flow;

/** Prompts: a caller must never hear silence, nor a language he did not choose. */
final class PromptChecks {

    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,40}(/[a-z0-9-]{1,40})?");
    private static final int TEXT_MAX = 1_000;
    private static final int PROMPTS_MAX = 20;

    private final List<String> languages;
    private final String usual;
    private final Findings findings;

    PromptChecks(Flow flow, FlowAround around, Findings findings) {
        usual = around.language();
        languages = flow.getLanguagesCount() == 0 ? List.of(usual) : flow.getLanguagesList();
        this.findings = findings;
    }

    void check(String at, List<Prompt> prompts, boolean needed) {
        if (needed && prompts.isEmpty()) {
            findings.add(at, "are missing; a caller would hear silence");
        }
        findings.atMost(at, "prompts", prompts.size(), PROMPTS_MAX);
        for (int i = 0; i < prompts.size(); i++) {
            check(at + "[" + i + "]", prompts.get(i));
        }
    }

    void check(String at, Prompt prompt) {
        switch (prompt.getSourceCase()) {
            case PROMPT_ID -> {
                if (!ID.matcher(prompt.getPromptId()).matches()) {
                    findings.add(at + ".id", "must be lower case letters, digits and -");
                } else {
                    words(at, prompt);
                }
            }
            case SOURCE_NOT_SET -> words(at, prompt);
            case TEXT -> {
                length(at, prompt.getText());
                if (languages.size() > 1) {
                    findings.add(at, "is in one language only; write texts, one for each");
                }
            }
            case TONE, SILENCE -> {}
            case RECORDING -> findings.add(at, "is a recording; those are not for flows to play");
        }
    }

    private void words(String at, Prompt prompt) {
        for (var language : languages) {
            var said = prompt.getTextsOrDefault(language, "");
            if (said.isEmpty() && language.equals(usual)) {
                said = prompt.getFallbackText();
            }
            if (said.isBlank()) {
                findings.add(
                        at,
                        "has no words in %s; give it a text%s"
                                .formatted(language, inSeed(prompt, language)));
            } else {
                length(at, said);
            }
        }
    }

    private static String inSeed(Prompt prompt, String language) {
        return prompt.hasPromptId()
                ? " or, in a seed, write prompts/%s/%s.txt"
                        .formatted(language, prompt.getPromptId())
                : "";
    }

    private void length(String at, String text) {
        if (text.isBlank() || text.length() > TEXT_MAX) {
            findings.add(at, "its text must have 1 to " + TEXT_MAX + " characters");
        }
    }
}
