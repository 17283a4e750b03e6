// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.seed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads a seed file and the texts of its prompts, {@code prompts/<language>/<id>.txt} beside it,
 * and refuses what {@link SeedCheck} finds wrong, all of it at once.
 */
public final class SeedFile {

    private static final int BYTES_MAX = 1 << 20;
    private static final JsonMapper YAML =
            JsonMapper.builder(new YAMLFactory())
                    .addModule(new JavaTimeModule())
                    .addModule(
                            new SimpleModule().addDeserializer(Duration.class, new ShortDuration()))
                    .addModule(SeedMessages.module())
                    .build();

    private SeedFile() {}

    /**
     * @throws SeedRefused when anything is wrong with it
     */
    public static Seed read(Path file) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new SeedRefused(file, List.of("it is larger than 1 MiB; split it by tenant"));
            }
            var seed = YAML.readValue(Files.readString(file), Seed.class);
            var language = seed.tenant() == null ? "" : seed.tenant().getLanguage();
            var texts = new PromptTexts(file.resolveSibling("prompts"), language);
            var whole = seed.with(seed.flows().stream().map(texts::filled).toList());
            var faults = new ArrayList<>(SeedCheck.faults(whole));
            if (!faults.isEmpty()) {
                throw new SeedRefused(file, faults);
            }
            return whole;
        } catch (JsonProcessingException fault) {
            throw new SeedRefused(file, List.of(explained(fault)));
        } catch (IOException fault) {
            throw new SeedRefused(
                    file, List.of("it cannot be read (" + fault + "); check panacall.seed.file"));
        }
    }

    private static String explained(JsonProcessingException fault) {
        var where =
                Optional.ofNullable(fault.getLocation())
                        .map(at -> "line " + at.getLineNr() + ": ")
                        .orElse("");
        return switch (fault) {
            case UnrecognizedPropertyException unknown ->
                    where
                            + path(unknown)
                            + ": nobody knows this property; known here are "
                            + unknown.getKnownPropertyIds().stream()
                                    .map(Object::toString)
                                    .sorted()
                                    .collect(Collectors.joining(", "));
            case JsonMappingException misfit ->
                    where + path(misfit) + ": " + misfit.getOriginalMessage();
            default -> where + fault.getOriginalMessage();
        };
    }

    private static String path(JsonMappingException fault) {
        return fault.getPath().stream()
                .map(
                        part ->
                                part.getFieldName() == null
                                        ? "[" + part.getIndex() + "]"
                                        : "." + part.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }
}
