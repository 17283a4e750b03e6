// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.say;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.panacall.ivr.core.flow.Expression;
import org.panacall.ivr.core.flow.Prompt;
import org.panacall.ivr.core.flow.Prompt.Spoken;
import org.panacall.ivr.core.flow.SayPart;

/** What is said, as prompts. */
public final class Sayings {

    private Sayings() {}

    /**
     * Empty when a part cannot be computed or said. Words side by side are said in one breath.
     *
     * @param chosen language; empty: none, so the usual one
     */
    public static Optional<List<Prompt>> prompts(
            List<SayPart> parts,
            Function<Expression, Optional<Object>> values,
            String chosen,
            String usual) {
        var language = chosen.isEmpty() ? usual : chosen;
        var said = new ArrayList<Prompt>();
        for (var part : parts) {
            var prompt =
                    switch (part) {
                        case SayPart.Fixed(var fixed) -> Optional.of(fixed.in(chosen, usual));
                        case SayPart.Computed computed ->
                                values.apply(computed.value())
                                        .flatMap(value -> words(value, computed, language))
                                        .map(words -> (Prompt) new Spoken(words, chosen));
                    };
            if (prompt.isEmpty()) {
                return Optional.empty();
            }
            add(said, prompt.get());
        }
        return Optional.of(said);
    }

    private static Optional<String> words(
            Object value, SayPart.Computed computed, String language) {
        return Speech.of(value, computed.as(), computed.currency(), language);
    }

    private static void add(List<Prompt> said, Prompt next) {
        if (next instanceof Spoken(var text, var language)) {
            if (text.isBlank()) {
                return;
            }
            if (!said.isEmpty()
                    && said.getLast() instanceof Spoken(var before, var same)
                    && same.equals(language)) {
                said.set(said.size() - 1, new Spoken(before + " " + text, language));
                return;
            }
        }
        said.add(next);
    }
}
