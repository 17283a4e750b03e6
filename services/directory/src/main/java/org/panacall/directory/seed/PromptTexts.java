// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.seed;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.panacall.proto.call.v1.Prompt;
import org.panacall.proto.directory.v1.Flow;

/** What is spoken for prompts that have no text of their own: the file named after each. */
final class PromptTexts {

    private final Path prompts;
    private final String usual;

    /**
     * @param usual language of flows that name none
     */
    PromptTexts(Path prompts, String usual) {
        this.prompts = prompts;
        this.usual = usual;
    }

    /** The flow with words in each of its languages, as far as there are any. */
    Flow filled(Flow flow) {
        var languages = flow.getLanguagesCount() == 0 ? List.of(usual) : flow.getLanguagesList();
        return (Flow) filled((Message) flow, languages);
    }

    private Message filled(Message message, List<String> languages) {
        if (message instanceof Prompt prompt) {
            return prompt.hasPromptId() ? filled(prompt, languages) : prompt;
        }
        var whole = message.toBuilder();
        message.getAllFields()
                .forEach(
                        (field, value) -> {
                            if (holdsMessages(field)) {
                                whole.setField(field, filledValue(value, languages));
                            }
                        });
        return whole.build();
    }

    private static boolean holdsMessages(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isMapField();
    }

    private Object filledValue(Object value, List<String> languages) {
        return value instanceof List<?> list
                ? list.stream().map(one -> filled((Message) one, languages)).toList()
                : filled((Message) value, languages);
    }

    private Prompt filled(Prompt prompt, List<String> languages) {
        var whole = prompt.toBuilder().setFallbackText(prompt.getFallbackText().strip());
        for (var language : languages) {
            var own = language.equals(usual) && !prompt.getFallbackText().isEmpty();
            if (own || prompt.containsTexts(language)) {
                continue;
            }
            of(prompt.getPromptId(), language)
                    .ifPresent(
                            text -> {
                                if (languages.size() == 1 && language.equals(usual)) {
                                    whole.setFallbackText(text);
                                } else {
                                    whole.putTexts(language, text);
                                }
                            });
        }
        if (languages.size() > 1 && !whole.getFallbackText().isEmpty()) {
            whole.putTexts(usual, whole.getFallbackText());
        }
        return whole.build();
    }

    private Optional<String> of(String promptId, String language) {
        if (!promptId.matches("[a-z0-9/-]{1,81}")) {
            return Optional.empty();
        }
        var file = prompts.resolve(language).resolve(promptId + ".txt");
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(Files.readString(file).strip().replaceAll("\\s+", " "))
                    : Optional.empty();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
