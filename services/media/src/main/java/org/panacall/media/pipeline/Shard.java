// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.pipeline;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.panacall.media.mix.Matrix;
import org.panacall.media.play.Play;
import org.panacall.media.rtp.RtpPacket;
import org.panacall.media.rtp.StreamSeed;
import org.panacall.media.tap.Recorder;
import org.panacall.media.tap.TalkTap;

/**
 * All legs behind one pair of ports: demultiplexes by the sender's address, and every 20 ms gives
 * each party what it hears. Legs are spread over ten sub-ticks of 2 ms; those of one call share
 * one.
 *
 * <p>Owned by one media thread. No clock, no I/O, no allocation per packet: time is given, packets
 * leave by the {@link Wire}.
 */
public final class Shard {

    /** Sub-ticks of a frame. */
    public static final int SLOTS = 10;

    private static final int FRAMES_A_SECOND = 50;

    private final Map<String, Leg> legs = new LinkedHashMap<>();
    private final List<List<Leg>> slots = new ArrayList<>();
    private final Routes routes = new Routes();
    private final HeldPackets held = new HeldPackets();
    private final Bridges bridges = new Bridges(legs);
    private final Rooms rooms = new Rooms(this::mix);
    private final RtpPacket header = new RtpPacket();
    private final LegSender.Bench bench;
    private final Counters counters;
    private final Notice.Sink notices;
    private final Limits limits;
    private final long epochNanos;
    private long frameNumber;

    /** Spans after which something happens by itself. */
    public record Limits(long silenceNanos, long unconfiguredNanos, long idleNanos) {}

    /**
     * @param epochNanos Unix time at which the given time is 0
     */
    public Shard(
            Wire wire, Notice.Sink notices, Counters counters, Limits limits, long epochNanos) {
        this.notices = notices;
        this.counters = counters;
        this.limits = limits;
        this.epochNanos = epochNanos;
        bench = new LegSender.Bench(wire, counters);
        for (int slot = 0; slot < SLOTS; slot++) {
            slots.add(new ArrayList<>());
        }
    }

    /** Opens a leg; one that is open already stays as it is. */
    public void open(LegIdentity identity, StreamSeed seed, long now) {
        var known = legs.get(identity.legId());
        if (known != null) {
            known.touch(now);
            return;
        }
        var leg = new Leg(identity, seed, notices, epochNanos, now);
        leg.slot(Math.floorMod(identity.callId().hashCode(), SLOTS));
        legs.put(identity.legId(), leg);
        slots.get(leg.slot()).add(leg);
        counters.legs.set(legs.size());
    }

    /** False when the leg is unknown. */
    public boolean configure(String legId, LegSettings settings, long now) {
        var leg = legs.get(legId);
        if (leg == null) {
            return false;
        }
        var displaced = routes.move(leg, leg.settings(), settings, now);
        if (displaced != null && displaced != leg) {
            displaced.displace();
        }
        leg.configure(settings, now);
        if (settings.rtp() != null) {
            long sender = settings.rtp().key();
            counters.strangers.add(held.expire(now));
            held.release(sender, (packet, at) -> deliver(leg, packet, at));
        }
        return true;
    }

    /** What was measured; empty when the leg is unknown. */
    public Optional<LegStatistics> close(String legId, long now) {
        var leg = legs.get(legId);
        if (leg == null) {
            return Optional.empty();
        }
        leaveRoom(leg, now);
        bridges.remove(leg);
        counters.bridges.set(bridges.size());
        routes.leave(leg, leg.settings(), now);
        var measured = leg.close(bench, now);
        legs.remove(legId);
        slots.get(leg.slot()).remove(leg);
        counters.legs.set(legs.size());
        counters.lost.add(measured.packets().lost());
        counters.late.add(measured.packets().late());
        notices.accept(leg.identity(), new Notice.LegClosed(measured));
        return Optional.of(measured);
    }

    /** False when a leg is unknown; nothing is changed then. */
    public boolean setMatrix(String bridgeId, List<Matrix.Cell> cells, long now) {
        var named = new Matrix(cells).legs();
        if (!legs.keySet().containsAll(named)) {
            return false;
        }
        named.forEach(id -> leaveRoom(legs.get(id), now));
        mix(bridgeId, cells, now);
        return true;
    }

    private void mix(String bridgeId, List<Matrix.Cell> cells, long now) {
        bridges.set(bridgeId, cells);
        counters.bridges.set(bridges.size());
        int slot = -1;
        for (var id : new Matrix(cells).legs()) {
            var leg = legs.get(id);
            leg.touch(now);
            leg.stopListening();
            slot = slot < 0 ? leg.slot() : slot;
            moveTo(slot, leg);
        }
    }

    /** What came of a wish to be in a room. */
    public enum Joined {
        DONE,
        ROOM_FULL,
        LEG_UNKNOWN
    }

    /** Lets a leg hear all who are in that room, and be heard. */
    public Joined join(String legId, String roomId, Rooms.Manners manners, long now) {
        var leg = legs.get(legId);
        if (leg == null) {
            return Joined.LEG_UNKNOWN;
        }
        leg.touch(now);
        boolean there = rooms.join(leg, roomId, manners, now);
        if (!there) {
            counters.roomsFull.add(1);
        }
        countRooms();
        return there ? Joined.DONE : Joined.ROOM_FULL;
    }

    /** False when the leg is unknown. */
    public boolean leaveRoom(String legId, long now) {
        var leg = legs.get(legId);
        if (leg != null) {
            leaveRoom(leg, now);
        }
        return leg != null;
    }

    private void leaveRoom(Leg leg, long now) {
        rooms.leave(leg, now);
        countRooms();
    }

    private void countRooms() {
        counters.rooms.set(rooms.size());
        counters.participants.set(rooms.participants());
    }

    /** Frames of a bridge must be made together, or its total would mix two moments. */
    private void moveTo(int slot, Leg leg) {
        if (leg.slot() != slot) {
            slots.get(leg.slot()).remove(leg);
            slots.get(slot).add(leg);
            leg.slot(slot);
        }
    }

    /** False when the leg is unknown. */
    public boolean play(String legId, Play play, long now) {
        var leg = legs.get(legId);
        if (leg != null) {
            leg.play(play, now);
        }
        return leg != null;
    }

    /** False when the leg is unknown. */
    public boolean stopPlay(String legId, String playId, long now) {
        var leg = legs.get(legId);
        if (leg != null) {
            leg.stopPlay(playId, now);
        }
        return leg != null;
    }

    /** The recording of a talk that is under way; empty when there is none. */
    public Optional<String> recordingOf(String one, String other) {
        return Optional.ofNullable(legs.get(one))
                .map(leg -> leg.receiver().talk())
                .filter(talk -> talk.isOf(one, other))
                .map(TalkTap::recording);
    }

    /** False when there is none. */
    public boolean endRecording(String one, String other) {
        boolean recorded = recordingOf(one, other).isPresent();
        if (recorded) {
            legs.get(one).receiver().talk(null);
        }
        return recorded;
    }

    /** Records what two legs say to each other. False when one of them is unknown. */
    public boolean record(String one, String other, Recorder recorder) {
        var first = legs.get(one);
        var second = legs.get(other);
        if (first == null || second == null) {
            return false;
        }
        var tap =
                new TalkTap(
                        recorder,
                        new TalkTap.Channel(one, first.receiver().frame()),
                        new TalkTap.Channel(other, second.receiver().frame()));
        boolean talks = first.bridgeId() != null && first.bridgeId().equals(second.bridgeId());
        tap.tune(
                (listener, speaker) ->
                        talks && bridges.hears(legs.get(listener), legs.get(speaker)));
        first.receiver().talk(tap);
        second.receiver().talk(tap);
        return true;
    }

    /** What came of keys to be sent. */
    public enum KeysSent {
        DONE,
        TOO_MANY,
        LEG_UNKNOWN
    }

    public KeysSent sendKeys(String legId, int[] codes, long now) {
        var leg = legs.get(legId);
        if (leg == null) {
            return KeysSent.LEG_UNKNOWN;
        }
        return leg.sendKeys(codes, now) ? KeysSent.DONE : KeysSent.TOO_MANY;
    }

    /** Takes a packet that came to the RTP port. */
    public void onRtp(ByteBuffer packet, long from, long now) {
        counters.received.add(1);
        var route = routes.ofRtp(from);
        if (route == null) {
            hold(packet, from, now);
        } else if (route.leg() == null) {
            counters.drained.add(1);
        } else {
            deliver(route.leg(), packet, now);
        }
    }

    private void hold(ByteBuffer packet, long from, long now) {
        if (held.hold(packet, from, now)) {
            counters.held.add(1);
        } else {
            counters.strangers.add(1);
        }
    }

    private void deliver(Leg leg, ByteBuffer packet, long now) {
        if (packet.limit() >= 8 && isReport(packet.get(1) & 0xff)) {
            leg.onRtcp(packet, now);
        } else if (header.read(packet)) {
            leg.onRtp(packet, header, bench, now);
        } else {
            counters.malformed.add(1);
        }
    }

    /** Some send RTCP to the RTP port; these types cannot be RTP's (RFC 5761 section 4). */
    private static boolean isReport(int type) {
        return type >= 192 && type <= 223;
    }

    /** Takes a packet that came to the RTCP port. */
    public void onRtcp(ByteBuffer packet, long from, long now) {
        var route = routes.ofRtcp(from);
        if (route == null) {
            counters.strangers.add(1);
        } else if (route.leg() != null) {
            route.leg().onRtcp(packet, now);
        }
    }

    /** Gives the legs of the next slot their frame; to be called every 2 ms. */
    public void tick(long tickNumber, long now) {
        int slot = (int) (tickNumber % SLOTS);
        frameNumber = tickNumber / SLOTS;
        var legsNow = slots.get(slot);
        for (int i = 0; i < legsNow.size(); i++) {
            legsNow.get(i).listen(now);
        }
        for (int i = 0; i < legsNow.size(); i++) {
            legsNow.get(i).speak(bench, frameNumber, now);
        }
        counters.strangers.add(held.expire(now));
        routes.expire(now);
        if (frameNumber % FRAMES_A_SECOND == 0) {
            watch(legsNow, now);
        }
    }

    private void watch(List<Leg> legsNow, long now) {
        for (int i = legsNow.size() - 1; i >= 0; i--) {
            var leg = legsNow.get(i);
            leg.watchSilence(limits.silenceNanos(), now);
            long patience =
                    leg.settings() == null ? limits.unconfiguredNanos() : limits.idleNanos();
            if (now - leg.activeAt() >= patience) {
                close(leg.identity().legId(), now);
            }
        }
    }

    /** Closes every leg, with a goodbye to each party. */
    public void closeAll(long now) {
        for (var legId : List.copyOf(legs.keySet())) {
            close(legId, now);
        }
    }

    public boolean knows(String legId) {
        return legs.containsKey(legId);
    }

    public int size() {
        return legs.size();
    }

    public Counters counters() {
        return counters;
    }
}
