// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.panacall.media.codec.Codec;
import org.panacall.media.mix.Gain;
import org.panacall.media.mix.Matrix;
import org.panacall.media.play.Item;
import org.panacall.media.play.Play;
import org.panacall.media.play.Tone;
import org.panacall.media.rtp.Remote;
import org.panacall.media.rtp.StreamSeed;
import org.panacall.simkit.Dice;
import org.panacall.simkit.Seeds;

/**
 * A shard under a controller that does everything in any order, with packets of parties, strangers
 * and noise, by seed.
 *
 * <p>Invariants: a packet leaves only for an address that an open leg has, by one stream without a
 * gap; a play ends once. Validations: at the end no leg, no bridge and no unended play is left, and
 * the same seed gives the same packets.
 */
class ShardSimulation {

    private static final long MS = 1_000_000;
    private static final int LEGS = 8;
    private static final int PORTS = 10;
    private static final int STEPS = 1500;

    private static final class World implements Wire {

        final Dice dice;
        final double[] weights;
        final CRC32 history = new CRC32();
        final Counters counters = new Counters();
        final Map<Integer, Short> sequences = new LinkedHashMap<>();
        final Map<Integer, String> ownerOfPort = new LinkedHashMap<>();
        final Map<String, Integer> portOfLeg = new LinkedHashMap<>();
        final Set<String> unended = new LinkedHashSet<>();
        final Shard shard;
        long now = 1_000_000 * MS;
        long tick;
        int serial;

        World(long seed) {
            dice = new Dice(seed);
            weights = dice.swarm(9);
            var limits = new Shard.Limits(2_000 * MS, 3_000 * MS, 60_000 * MS);
            shard = new Shard(this, this::notice, counters, limits, 0);
        }

        private void notice(LegIdentity leg, Notice notice) {
            history.update(notice.toString().getBytes());
            if (notice instanceof Notice.PromptsEnded(var play, var outcome, var recorded)) {
                assertTrue(unended.remove(play), play + " ended twice: " + outcome);
            }
            if (notice instanceof Notice.LegClosed) {
                forget(leg.legId());
            }
        }

        private void forget(String leg) {
            var port = portOfLeg.remove(leg);
            if (port != null) {
                ownerOfPort.remove(port, leg);
            }
        }

        private String leg() {
            return "leg_" + dice.below(LEGS);
        }

        private static Remote remote(int port) {
            return Remote.of("127.0.0.1", 5000 + 2 * port);
        }

        void step() {
            switch (dice.weighted(weights)) {
                case 0 -> open();
                case 1 -> configure();
                case 2 -> shard.close(leg(), now);
                case 3 -> matrix();
                case 4 -> play();
                case 5 -> shard.stopPlay(leg(), "play_" + dice.below(serial + 1), now);
                case 6 -> shard.sendKeys(leg(), new int[] {dice.below(16)}, now);
                case 7 -> noise();
                default -> event();
            }
            open();
            configure();
            for (int i = dice.below(30); i >= 0; i--) {
                audio();
                shard.tick(tick++, now);
                now += 2 * MS;
            }
        }

        private void open() {
            var identity = new LegIdentity(leg(), "call_" + dice.below(3), "demo", "sip");
            shard.open(identity, new StreamSeed(++serial, dice.below(65_536), 0, "c"), now);
        }

        private void configure() {
            var leg = leg();
            int port = dice.below(PORTS);
            var codec = dice.chance(0.5) ? Codec.PCMA : Codec.PCMU;
            var types =
                    new LegSettings.PayloadTypes(codec.payloadType(), dice.chance(0.5) ? 101 : 0);
            var ways = new LegSettings.Directions(dice.chance(0.8), dice.chance(0.8));
            boolean held = dice.chance(0.1);
            var rtp = held ? null : remote(port);
            if (shard.knows(leg)) {
                forget(leg);
                if (!held) {
                    var displaced = ownerOfPort.put(port, leg);
                    portOfLeg.remove(displaced == null ? "" : displaced);
                    portOfLeg.put(leg, port);
                }
            }
            shard.configure(leg, new LegSettings(codec, types, rtp, rtp, ways), now);
        }

        private void matrix() {
            var cells = new ArrayList<Matrix.Cell>();
            for (int i = dice.below(12); i > 0; i--) {
                cells.add(new Matrix.Cell(leg(), leg(), dice.oneOf(List.of(Gain.UNITY, 700))));
            }
            boolean known = new Matrix(cells).legs().stream().allMatch(shard::knows);
            assertEquals(known, shard.setMatrix("bridge_" + dice.below(3), cells, now));
        }

        private void play() {
            var leg = leg();
            var id = "play_" + serial++;
            var items = new ArrayList<Item>();
            for (int i = dice.below(3); i >= 0; i--) {
                items.add(Item.of(new Tone(400, 0, 1 + dice.below(3000), dice.below(500))));
            }
            if (shard.knows(leg)) {
                unended.add(id);
            }
            shard.play(leg, new Play(id, items, dice.chance(0.3), dice.chance(0.5)), now);
        }

        private void audio() {
            int port = dice.below(PORTS + 2);
            var packet = ByteBuffer.allocate(12 + dice.oneOf(List.of(80, 160, 480)));
            packet.put(0, (byte) 0x80).put(1, (byte) (dice.chance(0.5) ? 8 : 0));
            packet.putShort(2, (short) tick).putInt(4, (int) tick * 16);
            packet.putInt(8, dice.chance(0.95) ? port : dice.below(5));
            shard.onRtp(packet, remote(port).key(), now);
        }

        private void event() {
            var packet = ByteBuffer.allocate(16).put(0, (byte) 0x80).put(1, (byte) 101);
            int port = dice.below(PORTS);
            packet.putShort(2, (short) tick).putInt(4, (int) tick * 16).putInt(8, port);
            packet.put(12, (byte) dice.below(18)).put(13, (byte) (dice.chance(0.3) ? 0x8a : 10));
            packet.putShort(14, (short) (160 * dice.below(20)));
            shard.onRtp(packet, remote(port).key(), now);
        }

        private void noise() {
            var bytes = new byte[dice.below(300)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (i == 0 ? 0x80 | dice.below(64) : dice.below(256));
            }
            shard.onRtp(ByteBuffer.wrap(bytes), remote(dice.below(PORTS)).key(), now);
            shard.onRtcp(ByteBuffer.wrap(bytes), remote(dice.below(PORTS)).key(), now);
        }

        @Override
        public void sendRtp(ByteBuffer packet, Remote to) {
            int port = (to.address().getPort() - 5000) / 2;
            assertNotNull(ownerOfPort.get(port), "a packet for nobody's port " + port);
            int ssrc = packet.getInt(8);
            var before = sequences.put(ssrc, packet.getShort(2));
            assertTrue(before == null || (short) (before + 1) == packet.getShort(2), "a gap");
            history.update(packet);
        }

        @Override
        public void sendRtcp(ByteBuffer packet, Remote to) {
            assertEquals(0, packet.remaining() % 4);
            history.update(packet);
        }
    }

    private static World run(long seed) {
        var world = new World(seed);
        for (int i = 0; i < STEPS; i++) {
            world.step();
            assertEquals(world.shard.size(), (int) world.counters.legs.value());
        }
        world.shard.closeAll(world.now);
        assertEquals(Set.of(), world.unended);
        assertEquals(0, world.shard.size());
        assertEquals(0, world.counters.bridges.value());
        return world;
    }

    @Test
    void keepsItsPromisesWhateverIsAsked() {
        Seeds.run(ShardSimulation::run);
    }

    @Test
    void theSameSeedGivesTheSamePackets() {
        assertEquals(run(3).history.getValue(), run(3).history.getValue());
    }
}
