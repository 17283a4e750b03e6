// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panacall.defaults.words.MenuWords;
import org.panacall.media.listen.Recogniser.Said;
import org.panacall.media.prompt.EspeakSpeech;

/**
 * What is no model is told before native code meets it. With a folder of models given by
 * PANACALL_TEST_VOSK_MODELS (one folder a language) words are recognised, too.
 */
class VoskRecogniserTest {

    @TempDir Path directory;

    private String fault() {
        return assertThrows(IOException.class, () -> VoskRecogniser.load(directory)).getMessage();
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        directory = directory.resolve("gone");
        assertEquals("there is no folder of models " + directory, fault());
    }

    @Test
    void aFolderWithoutModelsIsToldWhatBelongsThere() throws IOException {
        Files.createDirectory(directory.resolve("vosk-model-small-ru-0.22"));
        assertTrue(fault().endsWith("has no folder named by a language, such as ru"), fault());
    }

    @Test
    void aFolderThatIsNoModelIsNamed() throws IOException {
        Files.createDirectories(directory.resolve("ru/readme"));
        assertEquals(
                directory.resolve("ru")
                        + " is no model of Vosk: it has no am/final.mdl; unpack a model there",
                fault());
    }

    @Test
    void whatOnlyLooksLikeAModelIsRefusedByVoskItself() throws IOException {
        Files.createDirectories(directory.resolve("ru/am"));
        Files.createDirectories(directory.resolve("ru/conf"));
        Files.writeString(directory.resolve("ru/am/final.mdl"), "no model");
        Files.writeString(directory.resolve("ru/conf/mfcc.conf"), "--use-energy=false\n");
        Files.writeString(directory.resolve("ru/conf/model.conf"), "");
        assertTrue(fault().contains("Vosk "), fault());
    }

    @Test
    void aResultIsReadWithoutWhatIsNotInTheGrammar() throws IOException {
        var result =
                """
                {"result": [{"conf": 1.0, "word": "отменить"}, {"conf": 0.2, "word": "[unk]"},
                            {"conf": 0.5, "word": "запись"}], "text": "…"}
                """;
        assertEquals(new Said("отменить [unk] запись", 75), VoskRecogniser.said(result));
        assertEquals(new Said("", 0), VoskRecogniser.said("{\"text\": \"\"}"));
        var unknown = "{\"result\": [{\"conf\": 1.0, \"word\": \"[unk]\"}], \"text\": \"[unk]\"}";
        assertEquals(new Said("", 0), VoskRecogniser.said(unknown));
        for (var nonsense : List.of("", "[]", "{\"result\": 7}", "{\"result\": [{}]}")) {
            assertThrows(IOException.class, () -> VoskRecogniser.said(nonsense), nonsense);
        }
    }

    @Test
    void wordsAreRecognisedByAModelThatIsGiven() throws Exception {
        // Given
        var models =
                Optional.ofNullable(System.getenv("PANACALL_TEST_VOSK_MODELS"))
                        .map(Path::of)
                        .filter(Files::isDirectory);
        Assumptions.assumeTrue(models.isPresent(), "no folder of models is given");
        var speech = new EspeakSpeech("espeak-ng", Duration.ofSeconds(20), 1);
        var texts =
                Map.of(
                        "ru", List.of("запись", "отмена"),
                        "en", List.of("registry", "cancel"));
        try (var vosk = VoskRecogniser.load(models.get())) {
            for (var language : vosk.languages()) {
                var phrases = texts.get(language);
                if (phrases == null) {
                    continue;
                }
                var words = new MenuWords(Map.of("1", phrases.subList(0, 1)));

                // When
                var clip = speech.speak(phrases.getFirst(), language);
                var said =
                        vosk.recognise(new Recogniser.Utterance(clip.samples(), language, phrases));

                // Then
                assertEquals(Optional.of("1"), words.choice(said.text()));
                assertTrue(said.confidence() > 50);
            }
        }
    }
}
