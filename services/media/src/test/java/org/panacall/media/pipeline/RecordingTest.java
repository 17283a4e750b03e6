// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.panacall.media.Spectrum;
import org.panacall.media.codec.Codec;
import org.panacall.media.play.Item;
import org.panacall.media.play.Play;
import org.panacall.media.play.Tone;
import org.panacall.media.tap.Recorder;
import org.panacall.media.tap.Recorder.End;

/** What a party says after its prompts is on the tape, and why a recording ends. */
class RecordingTest {

    private static final Recorder.Limits USUAL = new Recorder.Limits(500, 100, 50, "#");

    private final Studio studio = new Studio();
    private final ByteArrayOutputStream tape = new ByteArrayOutputStream();

    private Recorder record(Recorder.Limits limits) {
        var recorder = new Recorder("recording_1", limits);
        var beep = Item.of(new Tone(1000, 0, 1600, 0));
        studio.shard.play(
                "a", new Play("play_1", List.of(beep), false, false, recorder), studio.now);
        return recorder;
    }

    /** Time goes by, and the disk keeps up. */
    private void run(int milliseconds, Recorder recorder) {
        var piece = new byte[4096];
        for (int i = 0; i < milliseconds; i += 20) {
            studio.run(20);
            for (int n = recorder.tape().read(piece); n > 0; n = recorder.tape().read(piece)) {
                tape.write(piece, 0, n);
            }
        }
    }

    private Notice.PromptsEnded ended() {
        var ends =
                studio.told.stream()
                        .filter(Notice.PromptsEnded.class::isInstance)
                        .map(Notice.PromptsEnded.class::cast)
                        .toList();
        assertEquals(1, ends.size());
        return ends.getFirst();
    }

    private Recorder.Made made() {
        return ended().recorded().orElseThrow();
    }

    private short[] recorded(int samples) {
        var codes = Arrays.copyOf(tape.toByteArray(), samples);
        var linear = new short[samples];
        for (int i = 0; i < samples; i++) {
            linear[i] = Codec.PCMA.decode(codes[i]);
        }
        return linear;
    }

    @Test
    void whatIsSaidAfterTheToneIsKeptCodeByCode() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA);
        var recorder = record(USUAL);
        run(400, recorder);

        // When
        a.says(440);
        run(3000, recorder);
        a.says(0);
        run(2500, recorder);

        // Then
        assertEquals(End.SILENCE, made().end());
        assertEquals("recording_1", made().id());
        assertEquals(3.4 * Codec.RATE, made().samples(), 0.5 * Codec.RATE);
        var said = new byte[Codec.FRAME];
        for (int i = 0; i < said.length; i++) {
            said[i] = Codec.PCMA.encode((int) (4000 * Math.sin(2 * Math.PI * 440 * i / 8000)));
        }
        var all = tape.toByteArray();
        int at = 0;
        while (!Arrays.equals(said, Arrays.copyOfRange(all, at, at + Codec.FRAME))) {
            at += Codec.FRAME;
        }
        // After five frames 440 Hz has come round 44 times.
        assertArrayEquals(said, Arrays.copyOfRange(all, at + 800, at + 800 + Codec.FRAME));
        assertTrue(Spectrum.amplitude(recorded(made().samples()), 440) > 3000);
    }

    @Test
    void theOtherLawIsKeptInOurs() {
        // Given
        studio.party("a", 5000, Codec.PCMU).says(700);
        var recorder = record(USUAL);

        // When
        run(3000, recorder);
        studio.shard.stopPlay("a", "play_1", studio.now);

        // Then
        assertEquals(End.STOPPED, made().end());
        assertTrue(Spectrum.amplitude(recorded(made().samples()), 700) > 3500);
    }

    @Test
    void aKeyEndsItAndIsNotPassedOver() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA).says(440);
        var recorder = record(USUAL);
        run(2000, recorder);

        // When
        a.key(5, 160, false);
        run(100, recorder);
        assertEquals(0, studio.notices.stream().filter(n -> n.contains("Ended")).count());
        a.key(11, 160, false);
        run(40, recorder);

        // Then
        assertEquals(End.KEY, made().end());
        assertEquals(Notice.Outcome.COMPLETED, ended().outcome());
    }

    @Test
    void silenceAloneIsNoMessage() {
        // Given
        studio.party("a", 5000, Codec.PCMA);
        var recorder = record(USUAL);

        // When
        run(4000, recorder);

        // Then
        assertEquals(End.TOO_SHORT, made().end());
        assertEquals("", made().id());
    }

    @Test
    void theLongestIsTheLongest() {
        // Given
        studio.party("a", 5000, Codec.PCMA).says(440);
        var recorder = record(new Recorder.Limits(100, 0, 10, ""));

        // When
        run(4000, recorder);

        // Then
        assertEquals(End.LONGEST, made().end());
        assertEquals(100 * Codec.FRAME, made().samples());
        assertEquals(100 * Codec.FRAME, tape.size());
    }

    @Test
    void whoHangsUpHasLeftHisMessage() {
        // Given
        studio.party("a", 5000, Codec.PCMA).says(440);
        var recorder = record(USUAL);
        run(3000, recorder);

        // When
        studio.shard.close("a", studio.now);

        // Then
        assertEquals(End.STOPPED, made().end());
        assertEquals("recording_1", made().id());
    }

    @Test
    void whenTheDiskDoesNotKeepUpTheRecordingEndsAndTheCallGoesOn() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA).says(440);
        record(new Recorder.Limits(5000, 0, 10, ""));

        // When
        studio.run(20_000);

        // Then
        assertEquals(End.NO_ROOM, made().end());
        assertEquals(Notice.Outcome.FAILED, ended().outcome());
        int before = a.packets.size();
        studio.run(1000);
        assertEquals(50, a.packets.size() - before, 2);
    }

    @Test
    void whoeverIsRecordedIsHeardByHisPartnerAllTheSame() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA).says(440);
        var b = studio.party("b", 5002, Codec.PCMA);
        studio.conference("bridge", a, b);
        var recorder = record(USUAL);

        // When
        run(3000, recorder);
        studio.shard.stopPlay("a", "play_1", studio.now);

        // Then
        assertTrue(b.hears(440) > 3500);
        assertTrue(Spectrum.amplitude(recorded(made().samples()), 440) > 3500);
    }
}
