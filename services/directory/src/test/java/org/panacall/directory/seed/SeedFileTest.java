// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        assertEquals(9, seed.flows().size());
    }

    @Test
    void everyPromptIsWrittenInEveryLanguage() throws IOException {
        var home = DEMO.resolve("prompts/ru");
        try (var russian = Files.walk(home)) {
            for (var file : russian.toList()) {
                for (var language : new String[] {"uk", "en"}) {
                    var other = DEMO.resolve("prompts").resolve(language);
                    assertTrue(Files.exists(other.resolve(home.relativize(file))), file.toString());
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
                "\"9\": message|\"9\": registry|" + "nobody comes here from 'greeting'; add",
                "\"6100\", flow: icm|\"6100\", flow: none|"
                        + "serviceExtensions[3].flow: there is no 'none'; known",
                "\"6100\", flow: icm|\"6100\", function: echo, flow: icm|"
                        + "serviceExtensions[3]: does something and leads to a flow; keep",
                "extension: \"602\"|extension: \"103\"|"
                        + "belongs to queues[1].extension; choose anoth",
                "\"+74950000101\", queue: registry,|\"+74950000101\",|"
                        + "needs exactly one of flow, qu",
                "\"+74950000199\"|\"+74950000100\"|numbers[6].number: is there twice; keep one",
                "\"+74950000103\"|\"84950000103\"|must be E.164 with +, like +74950000100",
                "flow: closed|flow: night|numbers[3].flow: there is no 'night'; known are [clo",
                "timeZone: Europe/Moscow|timeZone: Moscow|tenant.timeZone: must be an IANA zone",
                "offerTimeout: 15s|offerTimeout: soon|write it like 15s, 500ms or 2m",
                "strategy: longest-idle|strategie: longest-idle|"
                        + "queues[0]: strategie: is not known here; known are queueId, name",
                "strategy: longest-idle|strategy: shortest-idle|strategy: must be one of longest",
                "capacity: 500|capacity: 0.5|capacity: must be a whole number between 0",
                "offerTimeout: 15s|offerTimeout: 3s|"
                        + "queues[0].offerTimeout: must be between 5 s and 120 s",
                "wrapUp: 10s|wrapUp: 2h|people[0].wrapUp: must be at most 1 hour",
                "wrapUp: 10s|wrapUpp: 10s|people[0]: wrapUpp: is not known here; known are pers",
                "language: ru|tongue: ru|tenant: tongue: is not known here",
                "language: ru|flows: []|tenant: flows: stand beside the tenant",
                "agents: [\"101\"|agents: [\"201\"|"
                        + "queues[0].agents[0]: there is no agent '201'; known a",
                "{ id: invalid-key }|{ id: wrong }|has no words in ru; give it a text or,",
                "maxAttempts: 3|maxAttempts: 11|maxAttempts: must be between 1 and 10",
                "hangUp: {}|attempts: 3|attempts: is not known here; known are",
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
    void fieldsOfTheContractCanBeGivenByTheirJsonNames() throws IOException {
        // Given
        var file =
                demoWith(
                        "agents: [\"101\", \"102\", \"103\", \"104\", \"105\", \"106\"]",
                        "agentExtensions: [\"101\"]");

        // When
        var seed = SeedFile.read(file);

        // Then
        assertEquals(List.of("101"), seed.queues().get(0).getAgentExtensionsList());
    }

    @Test
    void whatCallersHearWhileTheyWaitIsReadWithItsParts() throws IOException {
        // Given
        var file =
                demoWith(
                        "music: music/waiting",
                        "waitingRoom: { figures: { position: true, every: 45s }, "
                                + "information: { promptIds: [news/hours] }, "
                                + "callbacks: { offered: true, whenWaiting: 3 } }");

        // When
        var room = SeedFile.read(file).queues().get(0).getWaitingRoom();

        // Then
        assertTrue(room.getFigures().getPosition());
        assertEquals(Durations.fromSeconds(45), room.getFigures().getEvery());
        assertEquals(List.of("news/hours"), room.getInformation().getPromptIdsList());
        assertEquals(3, room.getCallbacks().getWhenWaiting());
    }

    @Test
    void whatAQueueDoesNotSayGetsItsDefault() throws IOException {
        // Given
        var file =
                demoWith("    offerTimeout: 15s\n    reofferAfter: 30s\n    capacity: 500\n", "");

        // When
        var queue = SeedFile.read(file).queues().get(0);

        // Then
        assertEquals(Durations.fromSeconds(15), queue.getOfferTimeout());
        assertEquals(Durations.fromSeconds(30), queue.getReofferAfter());
        assertEquals(500, queue.getCapacity());
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
