// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.node;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.panacall.media.codec.Codec;
import org.panacall.media.mix.Gain;
import org.panacall.media.mix.Matrix;
import org.panacall.media.pipeline.Counters;
import org.panacall.media.pipeline.LegIdentity;
import org.panacall.media.pipeline.LegSettings;
import org.panacall.media.pipeline.Shard;
import org.panacall.media.pipeline.Wire;
import org.panacall.media.play.Item;
import org.panacall.media.play.Play;
import org.panacall.media.play.Tone;
import org.panacall.media.rtp.Remote;
import org.panacall.media.rtp.StreamSeed;

/**
 * Runs a minute of talk through a shard without sockets, so that the compiler knows the path of a
 * packet before the first caller does. On virtual time; ends early when the machine is slow.
 */
final class WarmUp {

    private static final int LEGS = 20;
    private static final int FRAMES = 3000;
    private static final long FRAME_NANOS = 20_000_000;

    private WarmUp() {}

    static void run(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        var shard = shard();
        long now = 0;
        for (int leg = 0; leg < LEGS; leg++) {
            open(shard, leg, now);
        }
        var packet = ByteBuffer.allocateDirect(172);
        for (int frame = 0; frame < FRAMES && System.nanoTime() < deadline; frame++) {
            now = frame * FRAME_NANOS;
            for (int leg = 0; leg < LEGS; leg++) {
                packet.clear();
                packet.putInt(0, 0x80000000 | payloadType(leg) << 16 | frame & 0xffff);
                packet.putInt(4, frame * Codec.FRAME).putInt(8, leg);
                shard.onRtp(packet, remote(leg).key(), now);
            }
            for (int slot = 0; slot < Shard.SLOTS; slot++) {
                shard.tick((long) frame * Shard.SLOTS + slot, now + slot * FRAME_NANOS / 10);
            }
        }
        shard.closeAll(now);
    }

    private static Shard shard() {
        long never = Duration.ofDays(1).toNanos();
        var limits = new Shard.Limits(never, never, never);
        return new Shard(new Nowhere(), (leg, notice) -> {}, new Counters(), limits, 0);
    }

    /** Pairs that pass through, transcode, listen to a tone, and one conference. */
    private static void open(Shard shard, int leg, long now) {
        var id = "leg_warm_" + leg;
        var call = "call_warm_" + leg / 2;
        shard.open(new LegIdentity(id, call, "warm", "warm"), seed(leg), now);
        var types = new LegSettings.PayloadTypes(payloadType(leg), 101);
        var codec = payloadType(leg) == Codec.PCMA.payloadType() ? Codec.PCMA : Codec.PCMU;
        var both = new LegSettings.Directions(true, true);
        shard.configure(id, new LegSettings(codec, types, remote(leg), remote(leg), both), now);
        if (leg % 2 == 1) {
            var other = "leg_warm_" + (leg - 1);
            int gain = leg % 3 == 0 ? Gain.UNITY / 2 : Gain.UNITY;
            var cells = List.of(new Matrix.Cell(id, other, gain), new Matrix.Cell(other, id, gain));
            shard.setMatrix("bridge_warm_" + leg, cells, now);
        }
        if (leg % 5 == 0) {
            var tone = Item.of(Tone.endless(425, 0));
            shard.play(id, new Play("play_warm_" + leg, List.of(tone), true, false), now);
        }
    }

    private static int payloadType(int leg) {
        return leg % 4 == 0 ? Codec.PCMU.payloadType() : Codec.PCMA.payloadType();
    }

    private static Remote remote(int leg) {
        return Remote.of("127.0.0.1", 10_000 + leg);
    }

    private static StreamSeed seed(int leg) {
        return new StreamSeed(leg, 0, 0, "warm");
    }

    private record Nowhere() implements Wire {

        @Override
        public void sendRtp(ByteBuffer packet, Remote to) {
            assert packet.hasRemaining();
        }

        @Override
        public void sendRtcp(ByteBuffer packet, Remote to) {
            assert packet.hasRemaining();
        }
    }
}
