// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.directory.KamailioServer;
import org.panacall.directory.PostgresTestServer;

@QuarkusTest
@QuarkusTestResource(PostgresTestServer.class)
@QuarkusTestResource(KamailioServer.class)
class AudioConverterTest {

    /** A sine at -20 LUFS: root mean square near -20 dB, peak 3 dB above. */
    private static final double LEVELLED = 4600;

    @Inject AudioConverter converter;
    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({
        "wav, wav",
        "mp3, mp3",
        "m4a, mp4",
        "ogg, ogg",
        "opus, ogg",
        "flac, flac",
        "aac, aac",
        "wma, wma",
        "webm, webm",
        "aiff, aiff"
    })
    void whateverItComesAsItSoundsTheSame(String ending, String format) throws Exception {
        // Given
        var upload = Uploads.encoded(Uploads.wave(1000, 2, 0.3), ending);

        // When
        var audio = converter.convert(upload);

        // Then
        assertEquals(format, audio.format());
        assertEquals(2000, audio.duration().toMillis(), 120);
        var samples = Uploads.samples(audio.wave());
        double heard = Uploads.amplitude(samples, 1000);
        assertEquals(LEVELLED, heard, 500, () -> "amplitude " + heard);
    }

    @ParameterizedTest
    @CsvSource({"0.01", "0.1", "0.95"})
    void quietAndLoudOnesAreHeardAlike(double amplitude) throws Exception {
        // When
        var audio = converter.convert(Uploads.wave(1000, 2, amplitude));

        // Then
        double heard = Uploads.amplitude(Uploads.samples(audio.wave()), 1000);
        assertEquals(LEVELLED, heard, 500, () -> "amplitude " + heard);
        assertTrue(audio.loudness().isPresent());
    }

    @Test
    void aClickTooShortToBeMeasuredIsLevelledToo() throws Exception {
        var audio = converter.convert(Uploads.wave(1000, 0.2, 0.02));
        assertTrue(audio.loudness().isEmpty());
        double heard = Uploads.amplitude(Uploads.samples(audio.wave()), 1000);
        assertEquals(LEVELLED, heard, 800, () -> "amplitude " + heard);
    }

    @Test
    void whatIsNoAudioIsRefused() {
        var noise = new byte[100_000];
        new Random(7).nextBytes(noise);
        refused(noise, "no audio");
        refused(new byte[0], "no audio");
        refused("<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(), "no audio");
        refused("RIFF????WAVEfmt nonsense".getBytes(), "no audio");
    }

    @Test
    void aPlaylistOpensNothing() throws Exception {
        // Given
        var secret = Files.write(directory.resolve("secret.wav"), Uploads.wave(700, 1, 0.5));

        // Then
        refused(("#EXTM3U\n#EXTINF:1,\nfile://" + secret + "\n#EXT-X-ENDLIST\n"), "no audio");
        refused("ffconcat version 1.0\nfile '" + secret + "'\n", "no audio");
        refused("#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:1/a.ts\n#EXT-X-ENDLIST\n", "no audio");
    }

    @Test
    void whatNobodyCanHearIsRefused() {
        refused(Uploads.wave(1000, 1, 0), "nothing to be heard");
    }

    @Test
    void whatLastsTooLongIsRefused() {
        var tone = Uploads.wave(500, 1, 0.5);
        var loop = new String[] {"-af", "aloop=loop=-1:size=44100", "-ar", "8000", "-t"};
        refused(Uploads.encoded(tone, "mp3", with(loop, "601")), "lasts longer than 600 s");
    }

    private static String[] with(String[] some, String last) {
        var all = java.util.Arrays.copyOf(some, some.length + 1);
        all[some.length] = last;
        return all;
    }

    @Test
    void aTornCopyIsPlayedAsFarAsItGoesOrRefused() throws Exception {
        var mp3 = Uploads.encoded(Uploads.wave(1000, 4, 0.3), "mp3");
        var audio = converter.convert(java.util.Arrays.copyOf(mp3, mp3.length / 2));
        assertEquals(2000, audio.duration().toMillis(), 300);
    }

    @Test
    void aProgramThatHangsIsKilled() throws Exception {
        // Given
        var program = directory.resolve("hangs");
        Files.writeString(program, "#!/bin/sh\nexec sleep 60\n");
        assertTrue(program.toFile().setExecutable(true));
        var hanging = new Ffmpeg(program.toString(), Duration.ofMillis(300));

        // When
        long began = System.nanoTime();
        var result = hanging.run(new byte[1 << 20], 1000);

        // Then
        assertEquals(0, result.floats().length);
        assertTrue(System.nanoTime() - began < Duration.ofSeconds(30).toNanos());
    }

    private void refused(String upload, String why) {
        refused(upload.getBytes(StandardCharsets.UTF_8), why);
    }

    private void refused(byte[] upload, String why) {
        var refusal = assertThrows(AudioRefused.class, () -> converter.convert(upload));
        assertTrue(refusal.getMessage().contains(why), refusal::getMessage);
    }
}
