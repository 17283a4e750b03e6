// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panacall.media.Spectrum;
import org.panacall.media.play.Clip;
import org.panacall.media.play.Item;
import org.panacall.media.play.Play;
import org.panacall.simkit.Eventually;

class PromptLibraryTest {

    private static final short SPOKEN = 77;

    @TempDir Path directory;

    private final ExecutorService loaders = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger spoken = new AtomicInteger();

    @AfterEach
    void stop() {
        loaders.shutdownNow();
    }

    private PromptLibrary library(TextToSpeech speech) {
        return library(speech, Duration.ofSeconds(10));
    }

    private PromptLibrary library(TextToSpeech speech, Duration patience) {
        try {
            AudioStore.Source nobody =
                    (tenant, hash) -> {
                        throw new IOException("directory is away");
                    };
            var audio = new AudioStore(directory.resolve("kept"), nobody, 1 << 20);
            var sources = new PromptSources(directory, new PromptIndex(), audio, speech);
            return new PromptLibrary(sources, 1 << 20, patience, loaders);
        } catch (IOException fault) {
            throw new java.io.UncheckedIOException(fault);
        }
    }

    private PromptLibrary library() {
        return library(
                (text, language) -> {
                    spoken.incrementAndGet();
                    return constant(400, SPOKEN);
                });
    }

    private static Clip constant(int length, int value) {
        var samples = new short[length];
        Arrays.fill(samples, (short) value);
        return new Clip(samples);
    }

    private void store(String name, int value) throws IOException {
        var file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, WavFile.write(constant(400, value)));
    }

    private static PromptWish stored(String id, String text) {
        return new PromptWish.Stored(new PromptName("demo", "ru", id), text);
    }

    /** What the first frame of a wish sounds like, once it is loaded. */
    private static short[] firstFrame(PromptLibrary library, PromptWish wish) {
        return firstFrame(library.item(wish));
    }

    private static short[] firstFrame(Item item) {
        var samples = new short[160];
        Eventually.isTrue(
                "the prompt is loaded",
                () -> {
                    var sums = new int[160];
                    new Play("play", List.of(item), false, false).addFrame(sums);
                    for (int i = 0; i < samples.length; i++) {
                        samples[i] = (short) sums[i];
                    }
                    return Spectrum.level(samples) > 0;
                });
        return samples;
    }

    @Test
    void aStoredPromptIsPlayedAndNotItsText() throws Exception {
        store("demo/ru/greeting.wav", 1234);
        assertEquals(1234, firstFrame(library(), stored("greeting", "text"))[0]);
        assertEquals(0, spoken.get());
    }

    @Test
    void aReplacedPromptIsReadAnew() throws Exception {
        // Given
        var library = library();
        store("demo/ru/menu/main.wav", 1);
        assertEquals(1, firstFrame(library, stored("menu/main", ""))[0]);

        // When
        store("demo/ru/menu/main.wav", 2);
        var file = directory.resolve("demo/ru/menu/main.wav");
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(5000));

        // Then
        assertEquals(2, firstFrame(library, stored("menu/main", ""))[0]);
    }

    @Test
    void aMissingPromptIsSpokenOnceAndKept() {
        var library = library();
        for (int i = 0; i < 5; i++) {
            assertEquals(SPOKEN, firstFrame(library, stored("none", "text"))[0]);
        }
        assertEquals(1, spoken.get());
        assertEquals(4, library.cacheHits());
    }

    @Test
    void withoutPromptAndSpeechThereIsATone() {
        var library =
                library(
                        (text, language) -> {
                            throw new IOException("no voice");
                        });
        assertTrue(Spectrum.amplitude(firstFrame(library, stored("none", "text")), 425) > 3000);
        assertEquals(1, library.substitutes());
    }

    @Test
    void aVoiceThatTakesTooLongIsATone() {
        // Given
        var never = new java.util.concurrent.CountDownLatch(1);
        var library =
                library(
                        (text, language) -> {
                            never.await();
                            return constant(400, SPOKEN);
                        },
                        Duration.ofMillis(50));

        // When
        var frame = firstFrame(library, stored("none", "text"));

        // Then
        assertTrue(Spectrum.amplitude(frame, 425) > 3000);
        assertEquals(1, library.fallbacks(Fallback.TONE));
    }

    @Test
    void aBrokenFileIsATone() throws Exception {
        Files.createDirectories(directory.resolve("demo/ru"));
        Files.writeString(directory.resolve("demo/ru/broken.wav"), "RIFF????WAVEfmt nonsense");
        var frame = firstFrame(library(), stored("broken", ""));
        assertTrue(Spectrum.amplitude(frame, 425) > 3000);
    }

    @Test
    void thereIsAlwaysMusic() {
        var item = library().item(stored("music/waiting", ""));
        assertTrue(Spectrum.level(firstFrame(item)) > 100);
        var music = Music.waiting().samples();
        assertEquals(24 * 8000, music.length);
        int seam = Math.abs(music[0] - music[music.length - 1]);
        assertTrue(seam < 1500, "a seam of " + seam);
        for (var sample : music) {
            assertTrue(Math.abs(sample) < 30_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "a/b/c", "/etc/passwd", "a/../b", "", "a.wav", "a//b"})
    void anIdLeadsNowhereElse(String id) {
        assertThrows(IllegalArgumentException.class, () -> new PromptName("demo", "ru", id));
        assertThrows(IllegalArgumentException.class, () -> new PromptName(id, "ru", "greeting"));
        assertThrows(IllegalArgumentException.class, () -> new PromptName("demo", id, "greeting"));
    }

    @Test
    void theCacheHasABound() {
        var cache = new ClipCache(1000);
        for (int i = 0; i < 10; i++) {
            cache.put(i, constant(100, i));
        }
        assertEquals(1000, cache.bytes());
        assertTrue(cache.get(4).isEmpty());
        assertTrue(cache.get(9).isPresent());
    }

    @Test
    void espeakSpeaksOurLanguages() throws Exception {
        var espeak = new EspeakSpeech("espeak-ng", Duration.ofSeconds(20), 2);
        for (var language : List.of("ru", "uk", "en")) {
            var clip = espeak.speak("123", language);
            assertTrue(clip.length() > 4000, language + " " + clip.length());
            assertTrue(Spectrum.level(clip.samples()) > 500);
        }
        assertEquals(3, espeak.spoken());
    }

    @Test
    void aProgramThatHangsIsKilled() throws Exception {
        // Given
        var program = directory.resolve("hangs");
        Files.writeString(program, "#!/bin/sh\nexec sleep 60\n");
        assertTrue(program.toFile().setExecutable(true));
        var hanging = new EspeakSpeech(program.toString(), Duration.ofMillis(200), 1);

        // When, Then
        assertThrows(IOException.class, () -> hanging.speak("text", "ru"));
        assertEquals(1, hanging.failures());
    }

    @Test
    void spokenTextsAreKeptOnDiskAndBounded() throws Exception {
        // Given
        TextToSpeech counting =
                (text, language) -> {
                    spoken.incrementAndGet();
                    return constant(10, text.length());
                };
        var cache = new SpeechCache(counting, directory, 10);

        // When
        for (int i = 0; i < 30; i++) {
            cache.speak("text " + i, "ru");
        }
        cache.speak("text 29", "ru");

        // Then
        assertEquals(30, spoken.get());
        try (var files = Files.list(directory)) {
            assertTrue(files.count() <= 10);
        }
        assertEquals(
                7, new SpeechCache(counting, directory, 10).speak("text 29", "ru").samples()[0]);
    }
}
