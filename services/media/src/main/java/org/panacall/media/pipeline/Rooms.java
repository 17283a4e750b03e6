// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.panacall.media.codec.Codec;
import org.panacall.media.mix.Gain;
import org.panacall.media.mix.Matrix;
import org.panacall.media.play.Item;
import org.panacall.media.play.Play;
import org.panacall.media.play.Tone;

/**
 * The rooms of a shard: whoever is in one hears all others there. A room is a bridge whose matrix
 * follows from who is in it; whoever is alone hears music.
 *
 * <p>Owned by the media thread. Changes allocate, frames don't.
 */
public final class Rooms {

    private static final String BRIDGE = "room ";
    private static final int SIGN = Codec.RATE * 15 / 100;
    private static final int LOW_HZ = 660;
    private static final int HIGH_HZ = 880;

    private final Map<String, Room> rooms = new LinkedHashMap<>();
    private final Map<String, String> roomOf = new LinkedHashMap<>();
    private final Mix mix;
    private long sounds;

    /** Lets legs hear each other. */
    interface Mix {
        void set(String bridgeId, List<Matrix.Cell> cells, long now);
    }

    private record Room(String id, List<Leg> legs, Manners manners) {}

    Rooms(Mix mix) {
        this.mix = mix;
    }

    /** False when the room is full. */
    boolean join(Leg leg, String id, Manners manners, long now) {
        var legId = leg.identity().legId();
        if (id.equals(roomOf.get(legId))) {
            return true;
        }
        var present = rooms.containsKey(id) ? rooms.get(id).legs() : List.<Leg>of();
        if (present.size() >= manners.most()) {
            return false;
        }
        leave(leg, now);
        var legs = new ArrayList<>(present);
        legs.add(leg);
        roomOf.put(legId, id);
        changed(new Room(id, List.copyOf(legs), manners), LOW_HZ, HIGH_HZ, now);
        return true;
    }

    /** Nothing happens to a leg that is in no room. */
    void leave(Leg leg, long now) {
        var id = roomOf.remove(leg.identity().legId());
        if (id == null) {
            return;
        }
        var room = rooms.get(id);
        hush(leg, now);
        var rest = new ArrayList<>(room.legs());
        rest.remove(leg);
        changed(new Room(id, List.copyOf(rest), room.manners()), HIGH_HZ, LOW_HZ, now);
    }

    int size() {
        return rooms.size();
    }

    int participants() {
        return roomOf.size();
    }

    private void changed(Room room, int firstHz, int secondHz, long now) {
        mix.set(BRIDGE + room.id(), cells(room.legs()), now);
        if (room.legs().isEmpty()) {
            rooms.remove(room.id());
            return;
        }
        rooms.put(room.id(), room);
        if (room.legs().size() == 1) {
            play(room.legs().getFirst(), room.manners().music(), true, now);
            return;
        }
        for (var leg : room.legs()) {
            hush(leg, now);
            if (room.manners().signs() && leg.sender().play() == null) {
                var sign = List.of(tone(firstHz), tone(secondHz));
                play(leg, sign, false, now);
            }
        }
    }

    private static Item tone(int hz) {
        return Item.of(new Tone(hz, 0, SIGN, 0));
    }

    private void play(Leg leg, List<Item> items, boolean repeat, long now) {
        if (!items.isEmpty()) {
            leg.play(new Play(BRIDGE + ++sounds, items, repeat, false), now);
        }
    }

    /** Stops what the room plays to a leg; what others play to it goes on. */
    private static void hush(Leg leg, long now) {
        var play = leg.sender().play();
        if (play != null && play.id().startsWith(BRIDGE)) {
            leg.stopPlay(play.id(), now);
        }
    }

    private static List<Matrix.Cell> cells(List<Leg> legs) {
        var cells = new ArrayList<Matrix.Cell>();
        for (var listener : legs) {
            for (var speaker : legs) {
                if (listener != speaker) {
                    var from = speaker.identity().legId();
                    cells.add(new Matrix.Cell(listener.identity().legId(), from, Gain.UNITY));
                }
            }
        }
        return cells;
    }

    /**
     * How a room is kept.
     *
     * @param most who may be in it
     * @param music for whoever is alone; empty: none
     * @param signs all hear when somebody comes or leaves
     */
    public record Manners(int most, List<Item> music, boolean signs) {
        public Manners {
            music = List.copyOf(music);
        }
    }
}
