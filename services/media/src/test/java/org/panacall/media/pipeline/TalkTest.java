// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.media.Spectrum;
import org.panacall.media.codec.Codec;
import org.panacall.media.mix.Gain;
import org.panacall.media.mix.Matrix;
import org.panacall.media.tap.Recorder;
import org.panacall.media.tap.Recorder.End;

/** A talk is on tape with the caller on one channel and the agent on the other. */
class TalkTest {

    private static final int CALLER_HZ = 440;
    private static final int AGENT_HZ = 1_000;

    private final Studio studio = new Studio();
    private final Studio.Party caller = studio.party("caller", 5_000, Codec.PCMA).says(CALLER_HZ);
    private final Studio.Party agent = studio.party("agent", 5_002, Codec.PCMU).says(AGENT_HZ);
    private final ByteArrayOutputStream tape = new ByteArrayOutputStream();

    private Recorder record(String id, String one, String other) {
        var recorder = new Recorder(id, new Recorder.Limits(10_000, 0, 0, ""));
        assertTrue(studio.shard.record(one, other, recorder));
        return recorder;
    }

    private Recorder record() {
        return record("recording_1", "caller", "agent");
    }

    private void talk(Studio.Party... others) {
        var all = new Studio.Party[others.length + 2];
        all[0] = caller;
        all[1] = agent;
        System.arraycopy(others, 0, all, 2, others.length);
        studio.conference("talk", all);
    }

    /** Time goes by, and the disk keeps up. */
    private void run(int milliseconds, Recorder recorder) {
        var piece = new byte[4_096];
        for (int i = 0; i < milliseconds; i += 20) {
            studio.run(20);
            for (int n = recorder.tape().read(piece); n > 0; n = recorder.tape().read(piece)) {
                tape.write(piece, 0, n);
            }
        }
    }

    /** What has come onto a channel since it was asked for last. */
    private short[][] channels() {
        var codes = tape.toByteArray();
        tape.reset();
        var samples = new short[2][codes.length / 2];
        for (int i = 0; i < codes.length; i++) {
            int frame = i / (2 * Codec.FRAME);
            int channel = i / Codec.FRAME % 2;
            samples[channel][frame * Codec.FRAME + i % Codec.FRAME] = Codec.PCMA.decode(codes[i]);
        }
        return samples;
    }

    private static void assertHears(int hz, int notHz, short[] channel) {
        assertTrue(Spectrum.amplitude(channel, hz) > 3_500);
        assertTrue(Spectrum.amplitude(channel, notHz) < 100);
    }

    @Test
    void eachPartyIsOnItsOwnChannelWhateverItsLaw() {
        // Given
        talk();
        studio.run(1_000);

        // When
        var recorder = record();
        run(200, recorder);
        channels();
        run(1_000, recorder);
        var both = channels();
        studio.shard.close("agent", studio.now);

        // Then
        assertEquals(Codec.RATE, both[0].length);
        assertHears(CALLER_HZ, AGENT_HZ, both[0]);
        assertHears(AGENT_HZ, CALLER_HZ, both[1]);
        assertEquals(End.STOPPED, recorder.end());
        assertEquals(
                new Recorder.Made("recording_1", 60 * Codec.FRAME, End.STOPPED), recorder.made());
        assertTrue(caller.hears(AGENT_HZ) > 3_500);
        assertTrue(agent.hears(CALLER_HZ) > 3_500);
    }

    @Test
    void whatIsSaidOnHoldIsNotRecordedAndTheTimeOfItIs() {
        // Given
        talk();
        var recorder = record();
        run(1_000, recorder);
        channels();

        // When
        studio.shard.setMatrix("talk", List.of(), studio.now);
        run(1_000, recorder);
        var held = channels();
        talk();
        run(200, recorder);
        channels();
        run(1_000, recorder);
        var resumed = channels();

        // Then
        assertEquals(Codec.RATE, held[0].length);
        assertEquals(0, Spectrum.level(held[0]), 10);
        assertEquals(0, Spectrum.level(held[1]), 10);
        assertHears(CALLER_HZ, AGENT_HZ, resumed[0]);
        assertHears(AGENT_HZ, CALLER_HZ, resumed[1]);
    }

    @Test
    void oneThatIsToBeHeldWhenItBeginsIsRecordedOnceTheTwoHearEachOther() {
        var recorder = record();
        run(500, recorder);
        assertEquals(0, Spectrum.level(channels()[0]), 10);
        studio.shard.setMatrix(
                "talk", List.of(new Matrix.Cell("agent", "caller", Gain.UNITY)), studio.now);
        run(200, recorder);
        channels();
        run(1_000, recorder);
        var both = channels();
        assertHears(CALLER_HZ, AGENT_HZ, both[0]);
        assertEquals(0, Spectrum.level(both[1]), 10);
    }

    @Test
    void aThirdWhoListensIsNotOnTheTape() {
        talk(studio.party("supervisor", 5_004, Codec.PCMA).says(1_700));
        var recorder = record();
        run(200, recorder);
        channels();
        run(1_000, recorder);
        var both = channels();
        assertHears(CALLER_HZ, 1_700, both[0]);
        assertHears(AGENT_HZ, 1_700, both[1]);
    }

    @Test
    void anotherTalkOfALegEndsTheOneBefore() {
        // Given
        var second = studio.party("second", 5_004, Codec.PCMA).says(1_700);
        talk();
        var before = record();
        studio.run(400);
        assertEquals(Optional.of("recording_1"), studio.shard.recordingOf("caller", "agent"));

        // When
        studio.conference("talk", caller, second);
        var after = record("recording_2", "caller", "second");

        // Then
        assertEquals(End.STOPPED, before.end());
        assertEquals(Optional.empty(), studio.shard.recordingOf("caller", "agent"));
        assertEquals(Optional.of("recording_2"), studio.shard.recordingOf("caller", "second"));
        studio.shard.close("agent", studio.now);
        run(200, after);
        assertEquals(null, after.end());
        assertFalse(studio.shard.record("caller", "nobody", after));
        assertTrue(studio.shard.endRecording("caller", "second"));
        assertEquals(End.STOPPED, after.end());
        assertFalse(studio.shard.endRecording("caller", "second"));
    }

    @Test
    void onceItsTapeIsFullTheTalkGoesOnAsItWas() {
        // Given
        talk();
        var recorder = record();

        // When
        recorder.fail();
        studio.run(1_000);

        // Then
        assertEquals(End.NO_ROOM, recorder.end());
        assertTrue(caller.hears(AGENT_HZ) > 3_500);
        assertEquals(Optional.empty(), studio.shard.recordingOf("caller", "agent"));
    }
}
