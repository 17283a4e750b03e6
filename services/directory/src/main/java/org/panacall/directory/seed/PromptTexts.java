// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.seed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What is spoken for a prompt: its own text, else the file named after it. */
public final class PromptTexts {

    private final Path directory;

    PromptTexts(Path prompts, String language) {
        directory = language == null ? prompts : prompts.resolve(language);
    }

    /** Empty when the prompt has no text of its own and there is no file. */
    Optional<String> of(Seed.Prompt prompt) {
        if (prompt.text() != null) {
            return Optional.of(prompt.text().strip());
        }
        var file = file(prompt);
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(Files.readString(file).strip().replaceAll("\\s+", " "))
                    : Optional.empty();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    Path file(Seed.Prompt prompt) {
        return directory.resolve(prompt.id() + ".txt");
    }
}
