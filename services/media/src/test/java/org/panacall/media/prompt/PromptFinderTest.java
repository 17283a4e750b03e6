// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panacall.media.play.Clip;
import org.panacall.media.prompt.PromptIndex.Published;

/** From the language that was wished down to the text, one step after another. */
class PromptFinderTest {

    private static final int SPOKEN = 1000;

    @TempDir Path directory;

    private final Map<String, byte[]> kept = new HashMap<>();
    private final PromptIndex published = new PromptIndex();
    private final TreeMap<String, Published> languages = new TreeMap<>();
    private boolean directoryIsAway;
    private boolean speechIsAway;
    private PromptFinder finder;

    @BeforeEach
    void make() throws IOException {
        var audio = new AudioStore(directory.resolve("kept"), this::audio, 1 << 20);
        finder =
                new PromptFinder(
                        new PromptSources(directory, published, audio, this::speak),
                        new ClipCache(1 << 20));
    }

    private byte[] audio(String tenantId, String hash) throws IOException {
        if (directoryIsAway) {
            throw new IOException("directory is away");
        }
        return kept.get(hash);
    }

    /** A text sounds by its length. */
    private Clip speak(String text, String language) throws IOException {
        if (speechIsAway) {
            throw new IOException("no voice");
        }
        return constant(SPOKEN + text.length());
    }

    private static Clip constant(int value) {
        var samples = new short[400];
        Arrays.fill(samples, (short) value);
        return new Clip(samples);
    }

    private String record(int value) {
        try {
            var wave = WavFile.write(constant(value));
            var digest = MessageDigest.getInstance("SHA-256").digest(wave);
            var hash = HexFormat.of().formatHex(digest);
            kept.put(hash, wave);
            return hash;
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void publish(String language, String text, String audio) {
        languages.put(language, new Published(text, audio));
        published.set(Map.of("demo", new PromptIndex.Tenant("ru", Map.of("closed", languages))));
    }

    private void ship(String language, int value) throws IOException {
        var file = directory.resolve("demo").resolve(language).resolve("closed.wav");
        Files.createDirectories(file.getParent());
        Files.write(file, WavFile.write(constant(value)));
    }

    private int heard(String language, String text) throws Exception {
        var name = new PromptName("demo", language, "closed");
        return finder.find(new PromptWish.Stored(name, text)).samples()[0];
    }

    @Test
    void whatTheTenantPublishedStandsBeforeWhatWasShipped() throws Exception {
        ship("ru", 1);
        assertEquals(1, heard("ru", ""));
        publish("ru", "12345", record(2));
        assertEquals(2, heard("ru", ""));
        publish("ru", "12345", "");
        assertEquals(SPOKEN + 5, heard("ru", ""));
        languages.clear();
        publish("uk", "x", "");
        assertEquals(1, heard("ru", ""));
        assertEquals(0, finder.counted(Fallback.TEXT));
    }

    @Test
    void aRegionIsLeftOutBeforeAnotherLanguageIsTaken() throws Exception {
        publish("en", "", record(3));
        publish("ru", "", record(4));
        assertEquals(3, heard("en-GB", ""));
        assertEquals(0, finder.counted(Fallback.OWN_LANGUAGE));
    }

    @Test
    void theTenantsLanguageStandsInForAnother() throws Exception {
        publish("en", "", record(3));
        publish("ru", "1234567", "");
        assertEquals(SPOKEN + 7, heard("uk", "text"));
        assertEquals(1, finder.counted(Fallback.OWN_LANGUAGE));
    }

    @Test
    void aRecordingInAnyLanguageStandsBeforeAText() throws Exception {
        publish("en", "", record(3));
        assertEquals(3, heard("uk", "text"));
        languages.clear();
        publish("en", "123", "");
        ship("uk", 5);
        assertEquals(5, heard("kk", "text"));
        assertEquals(2, finder.counted(Fallback.OTHER_LANGUAGE));
    }

    @Test
    void theTextIsSpokenWhenThereIsNoRecording() throws Exception {
        publish("en", "123456789", "");
        assertEquals(SPOKEN + 4, heard("uk", "text"));
        assertEquals(SPOKEN + 9, heard("uk", ""));
        assertEquals(2, finder.counted(Fallback.TEXT));
    }

    @Test
    void withoutAnythingThereIsNothingToPlay() {
        speechIsAway = true;
        assertThrows(IOException.class, () -> heard("uk", "text"));
    }

    @Test
    void aRecordingThatCannotBeHadIsSpokenAndOnceHadIsKept() throws Exception {
        // Given
        var hash = record(6);
        publish("ru", "12", hash);
        directoryIsAway = true;
        assertEquals(SPOKEN + 2, heard("ru", ""));

        // When
        directoryIsAway = false;
        assertEquals(6, heard("ru", ""));

        // Then
        directoryIsAway = true;
        make();
        assertEquals(6, heard("ru", ""));
        assertTrue(Files.exists(directory.resolve("kept").resolve(hash + ".wav")));
    }
}
