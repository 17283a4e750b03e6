// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.pipeline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.panacall.media.codec.Codec;
import org.panacall.media.mix.Gain;
import org.panacall.media.mix.Matrix;
import org.panacall.media.play.Item;
import org.panacall.media.play.Play;
import org.panacall.media.play.Tone;
import org.panacall.media.rtp.Remote;
import org.panacall.media.rtp.StreamSeed;
import org.panacall.media.tap.Ear;
import org.panacall.media.tap.Recorder;

/** The path of a packet, in and out, makes no garbage: measured by the JVM's own count. */
class AllocationTest {

    private static final int LEGS = 20;
    private static final int ROOM = 8;
    private static final int FRAMES = 2000;

    private final Counters counters = new Counters();
    private final Shard shard =
            new Shard(
                    new Nowhere(),
                    (leg, notice) -> {},
                    counters,
                    new Shard.Limits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE),
                    0);
    private final ByteBuffer packet = ByteBuffer.allocateDirect(172);
    private final Remote[] remotes = new Remote[LEGS];
    private final Recorder recorder =
            new Recorder("recording_1", new Recorder.Limits(Integer.MAX_VALUE, 0, 0, "#"));
    private final Recorder talk =
            new Recorder("recording_2", new Recorder.Limits(Integer.MAX_VALUE, 0, 0, ""));
    private final byte[] piece = new byte[4096];
    private int frame;

    private record Nowhere() implements Wire {

        @Override
        public void sendRtp(ByteBuffer packet, Remote to) {
            assert packet.remaining() > 12;
        }

        @Override
        public void sendRtcp(ByteBuffer packet, Remote to) {
            assert packet.remaining() > 8;
        }
    }

    private record Deaf() implements Ear.Owner {

        @Override
        public void said(Ear ear) {
            throw new AssertionError("nobody speaks");
        }

        @Override
        public void over(Ear ear) {
            throw new AssertionError("nobody stops it");
        }
    }

    private void open(int leg) {
        remotes[leg] = Remote.of("127.0.0.1", 5000 + 2 * leg);
        var id = "leg_" + leg;
        var codec = leg % 2 == 0 ? Codec.PCMA : Codec.PCMU;
        shard.open(
                new LegIdentity(id, "call_" + leg / 4, "demo", "sip"),
                new StreamSeed(leg, 0, 0, "x"),
                0);
        var types = new LegSettings.PayloadTypes(codec.payloadType(), 101);
        var both = new LegSettings.Directions(true, true);
        shard.configure(id, new LegSettings(codec, types, remotes[leg], remotes[leg], both), 0);
        if (leg == 1) {
            var beep = Item.of(new Tone(1_000, 0, 1_600, 0));
            shard.play(id, new Play("recorded", List.of(beep), false, false, recorder), 0);
        } else if (leg % 3 == 0) {
            var tone = Item.of(Tone.endless(425, 0));
            shard.play(id, new Play("play_" + leg, List.of(tone), true, false), 0);
        }
    }

    private void bridge(int first) {
        var cells =
                List.of(
                        new Matrix.Cell("leg_" + first, "leg_" + (first + 1), Gain.UNITY),
                        new Matrix.Cell("leg_" + (first + 1), "leg_" + first, Gain.UNITY / 2));
        shard.setMatrix("bridge_" + first, cells, 0);
    }

    private void run(int frames) {
        for (int i = 0; i < frames; i++, frame++) {
            long now = frame * 20_000_000L;
            for (int leg = 0; leg < LEGS; leg++) {
                int type = leg % 2 == 0 ? 8 : 0;
                packet.clear();
                packet.putInt(0, 0x80000000 | type << 16 | frame & 0xffff);
                packet.putInt(4, frame * 160).putInt(8, leg);
                shard.onRtp(packet, remotes[leg].key(), now);
                shard.onRtp(packet, 77, now);
            }
            for (int slot = 0; slot < Shard.SLOTS; slot++) {
                shard.tick((long) frame * Shard.SLOTS + slot, now + slot * 2_000_000L);
            }
            recorder.tape().read(piece);
            talk.tape().read(piece);
        }
    }

    @Test
    void packetsMakeNoGarbage() {
        // Given
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int leg = 0; leg < LEGS; leg++) {
            open(leg);
        }
        for (int leg = 0; leg < LEGS; leg += 2) {
            bridge(leg);
        }
        var manners = new Rooms.Manners(LEGS, List.of(), false);
        for (int leg = LEGS - ROOM; leg < LEGS; leg++) {
            shard.join("leg_" + leg, "700", manners, 0);
        }
        shard.record("leg_2", "leg_3", talk);
        run(FRAMES);
        // Steady noise is no speech.
        var ear = new Play.Taps(null, new Ear(Integer.MAX_VALUE, 300, new Deaf()));
        var tone = List.of(Item.of(Tone.endless(425, 0)));
        shard.play("leg_5", new Play("heard", tone, true, false, ear), frame * 20_000_000L);
        run(100);

        // When
        long before = threads.getCurrentThreadAllocatedBytes();
        run(FRAMES);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        // Then
        double perPacket = (double) allocated / FRAMES / LEGS;
        assertTrue(perPacket < 1, perPacket + " bytes a packet");
        assertTrue(recorder.samples() > FRAMES * 160, "nothing was recorded");
        assertTrue(recorder.end() == null && talk.end() == null, "a recording ended");
        assertTrue(counters.sent.value() >= 2L * FRAMES * LEGS - LEGS);
    }
}
