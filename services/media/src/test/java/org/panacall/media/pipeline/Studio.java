// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.pipeline;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.panacall.media.Spectrum;
import org.panacall.media.codec.Codec;
import org.panacall.media.mix.Gain;
import org.panacall.media.mix.Matrix;
import org.panacall.media.rtp.Remote;
import org.panacall.media.rtp.StreamSeed;

/** A shard on virtual time, with parties that speak tones and remember what they hear. */
final class Studio implements Wire {

    static final int EVENTS = 101;
    static final long MS = 1_000_000;

    final Counters counters = new Counters();
    final List<String> notices = new ArrayList<>();
    final List<Notice> told = new ArrayList<>();
    final Shard shard;
    final Map<Long, Party> parties = new LinkedHashMap<>();
    long now = 1_000_000 * MS;
    private long tick;

    Studio() {
        var limits = new Shard.Limits(30_000 * MS, 300_000 * MS, 3_600_000 * MS);
        shard = new Shard(this, this::notice, counters, limits, 0);
    }

    private void notice(LegIdentity leg, Notice notice) {
        notices.add(leg.legId() + " " + notice);
        told.add(notice);
    }

    /** Somebody at the other end. */
    final class Party {

        final String leg;
        final Remote remote;
        final Codec codec;
        final List<byte[]> packets = new ArrayList<>();
        final List<byte[]> reports = new ArrayList<>();
        int hz;
        int ssrc;
        int sequence = 65_500;
        int timestamp = -2000;
        private long spoken;

        Party(String leg, int port, Codec codec) {
            this.leg = leg;
            this.codec = codec;
            remote = Remote.of("127.0.0.1", port);
            ssrc = port;
        }

        Party says(int frequency) {
            hz = frequency;
            return this;
        }

        LegSettings settings() {
            var types = new LegSettings.PayloadTypes(codec.payloadType(), EVENTS);
            var both = new LegSettings.Directions(true, true);
            var rtcp = Remote.of("127.0.0.1", remote.address().getPort() + 1);
            return new LegSettings(codec, types, remote, rtcp, both);
        }

        /** A packet that is lost on its way, or late. */
        void skipFrame() {
            timestamp += Codec.FRAME;
            sequence++;
        }

        /** The next packet is one of before. */
        Party back(int packets) {
            timestamp -= packets * Codec.FRAME;
            sequence -= packets;
            return this;
        }

        void speakFrame() {
            var payload = new byte[Codec.FRAME];
            for (int i = 0; i < payload.length; i++, spoken++) {
                double wave = Math.sin(2 * Math.PI * hz * spoken / Codec.RATE);
                payload[i] = codec.encode((int) (4000 * wave));
            }
            send(codec.payloadType(), false, payload);
            timestamp += Codec.FRAME;
        }

        void send(int type, boolean marker, byte[] payload) {
            shard.onRtp(packet(type, marker, payload), remote.key(), now);
        }

        ByteBuffer packet(int type, boolean marker, byte[] payload) {
            var packet = ByteBuffer.allocate(12 + payload.length);
            packet.put((byte) 0x80).put((byte) (marker ? type | 0x80 : type));
            packet.putShort((short) sequence++).putInt(timestamp).putInt(ssrc).put(payload);
            return packet.flip();
        }

        /** One event packet of a press that began at the present timestamp. */
        void key(int code, int duration, boolean end) {
            var flags = (byte) (end ? 0x8a : 10);
            var payload = new byte[] {(byte) code, flags, (byte) (duration >> 8), (byte) duration};
            send(EVENTS, duration == Codec.FRAME, payload);
        }

        /** The audio of the newest packets, decoded. */
        short[] heard(int frames) {
            var audio =
                    packets.stream()
                            .filter(p -> (p[1] & 0x7f) == codec.payloadType())
                            .toList()
                            .reversed()
                            .stream()
                            .limit(frames)
                            .toList()
                            .reversed();
            var samples = new short[audio.size() * Codec.FRAME];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = codec.decode(audio.get(i / Codec.FRAME)[12 + i % Codec.FRAME]);
            }
            return samples;
        }

        double hears(int frequency) {
            return Spectrum.amplitude(heard(50), frequency);
        }

        List<byte[]> events() {
            return packets.stream().filter(p -> (p[1] & 0x7f) == EVENTS).toList();
        }
    }

    /** A configured leg with its party. */
    Party party(String leg, int port, Codec codec) {
        var party = stranger(leg, port, codec);
        open(leg);
        shard.configure(leg, party.settings(), now);
        return party;
    }

    void open(String leg) {
        var identity = new LegIdentity(leg, "call_1", "demo", "sip-ingress-1");
        shard.open(identity, new StreamSeed(leg.hashCode(), 65_000, -5000, "cname"), now);
    }

    /** A party without a leg. */
    Party stranger(String name, int port, Codec codec) {
        var party = new Party(name, port, codec);
        parties.put(party.remote.key(), party);
        return party;
    }

    void hear(Party listener, Party... speakers) {
        shard.setMatrix("bridge_" + listener.leg, cells(listener, speakers), now);
    }

    static List<Matrix.Cell> cells(Party listener, Party... speakers) {
        return Arrays.stream(speakers)
                .map(speaker -> new Matrix.Cell(listener.leg, speaker.leg, Gain.UNITY))
                .toList();
    }

    /** All hear all others. */
    void conference(String bridge, Party... all) {
        var cells = new ArrayList<Matrix.Cell>();
        for (var listener : all) {
            for (var speaker : all) {
                if (listener != speaker) {
                    cells.add(new Matrix.Cell(listener.leg, speaker.leg, Gain.UNITY));
                }
            }
        }
        shard.setMatrix(bridge, cells, now);
    }

    /** Lets time go by; who has a tone speaks. */
    void run(int milliseconds) {
        for (int i = 0; i < milliseconds / 2; i++) {
            if (tick % Shard.SLOTS == 0) {
                parties.values().stream().filter(p -> p.hz > 0).forEach(Party::speakFrame);
            }
            shard.tick(tick++, now);
            now += 2 * MS;
        }
    }

    @Override
    public void sendRtp(ByteBuffer packet, Remote to) {
        var bytes = new byte[packet.remaining()];
        packet.get(bytes);
        parties.get(to.key()).packets.add(bytes);
    }

    @Override
    public void sendRtcp(ByteBuffer packet, Remote to) {
        var bytes = new byte[packet.remaining()];
        packet.get(bytes);
        parties.get(to.key() - 1).reports.add(bytes);
    }
}
