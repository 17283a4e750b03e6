// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeedFileTest {

    private static final Path DEMO = Path.of("src/main/demo");

    @TempDir Path directory;

    @Test
    void theDemoClinicIsSound() {
        // When
        var seed = SeedFile.read(DEMO.resolve("clinic.yaml"));

        // Then
        assertEquals(13, seed.people().size());
        assertEquals(3, seed.flows().size());
    }

    @Test
    void everyPromptIsWrittenInEveryLanguage() throws IOException {
        try (var russian = Files.list(DEMO.resolve("prompts/ru"))) {
            for (var file : russian.toList()) {
                for (var language : new String[] {"uk", "en"}) {
                    var other = DEMO.resolve("prompts").resolve(language);
                    assertTrue(Files.exists(other.resolve(file.getFileName())), file.toString());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "queue: { id: paid }|queue: { id: dentist }|"
                        + "(paid).queue.id: there is no queue 'dent",
                "exits: { done: good-bye }|exits: { done: bye }|"
                        + ".exits.done: there is no step 'bye'",
                "exits: { done: echo }|exits: {}|.exits.done: is missing; say which step",
                "exits: { done: echo }|exits: { done: echo, \"7\": echo }|"
                        + "has no such exit, only [do",
                "\"9\": messages-unavailable|\"9\": registry|"
                        + "nobody comes here from 'greeting'; add",
                "extension: \"602\"|extension: \"103\"|"
                        + "belongs to queues[1].extension; choose anoth",
                "\"+74950000101\", queue: registry,|\"+74950000101\",|"
                        + "needs exactly one of flow, qu",
                "\"+74950000199\"|\"+74950000100\"|numbers[4].number: is there twice; keep one",
                "\"+74950000103\"|\"84950000103\"|must be E.164 with +, like +74950000100",
                "flow: closed|flow: night|numbers[3].flow: there is no 'night'; known are [clo",
                "timeZone: Europe/Moscow|timeZone: Moscow|tenant.timeZone: must be an IANA zone",
                "offerTimeout: 15s|offerTimeout: soon|write it like 15s, 500ms or 2m",
                "strategy: longest-idle|strategie: longest-idle|"
                        + "nobody knows this property; known h",
                "agents: [\"101\"|agents: [\"201\"|queues[0].agents[0]: there is no '201'; known a",
                "{ id: invalid-key }|{ id: wrong }|has no words; give it a text or write",
                "maxAttempts: 3|maxAttempts: 0|maxAttempts: must be between 1 and 10",
                "hangUp: {}|attempts: 3|nobody knows this property",
                "roles: [supervisor], password: demo-201|roles: [boss], password: demo-201|"
                        + "no 'boss'"
            })
    void aMistakeIsNamedWithItsPlaceAndACure(String sound, String mistaken, String fault)
            throws IOException {
        // Given
        var file = demoWith(sound, mistaken);

        // When
        var refused = assertThrows(SeedRefused.class, () -> SeedFile.read(file));

        // Then
        assertTrue(refused.getMessage().contains(fault), refused.getMessage());
        assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
    }

    @Test
    void aMissingFileIsExplained() {
        // When
        var refused =
                assertThrows(
                        SeedRefused.class, () -> SeedFile.read(directory.resolve("none.yaml")));

        // Then
        assertTrue(refused.getMessage().contains("check panacall.seed.file"));
    }

    private Path demoWith(String sound, String mistaken) throws IOException {
        var text = Files.readString(DEMO.resolve("clinic.yaml"));
        assertTrue(text.contains(sound), sound);
        var prompts = Files.createDirectories(directory.resolve("prompts/ru"));
        try (var files = Files.list(DEMO.resolve("prompts/ru"))) {
            for (var file : files.toList()) {
                Files.copy(file, prompts.resolve(file.getFileName()));
            }
        }
        var at = text.indexOf(sound);
        return Files.writeString(
                directory.resolve("clinic.yaml"),
                text.substring(0, at) + mistaken + text.substring(at + sound.length()));
    }
}
