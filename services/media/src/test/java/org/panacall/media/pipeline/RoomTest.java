// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.panacall.media.codec.Codec;
import org.panacall.media.pipeline.Shard.Joined;
import org.panacall.media.pipeline.Studio.Party;
import org.panacall.media.play.Item;
import org.panacall.media.play.Tone;

/** Who is in a room with whom, measured by frequency. */
class RoomTest {

    private static final double AUDIBLE = 3500;
    private static final double INAUDIBLE = 60;
    private static final int MUSIC_HZ = 300;

    private final Studio studio = new Studio();

    private Joined join(Party party, String room, int most) {
        var music = List.of(Item.of(Tone.endless(MUSIC_HZ, 0)));
        var manners = new Rooms.Manners(most, music, false);
        return studio.shard.join(party.leg, room, manners, studio.now);
    }

    private static void assertHears(Party party, int hz) {
        assertTrue(party.hears(hz) > AUDIBLE, party.leg + " hears " + hz + ": " + party.hears(hz));
    }

    private static void assertDeaf(Party party, int hz) {
        assertTrue(party.hears(hz) < INAUDIBLE, party.leg + " hears " + party.hears(hz));
    }

    private Party party(int number, int hz) {
        var codec = number % 2 == 0 ? Codec.PCMA : Codec.PCMU;
        return studio.party("p" + number, 5000 + 2 * number, codec).says(hz);
    }

    @Test
    void threeHearTheOthersAndNotThemselvesNorAnotherRoom() {
        // Given
        var a = party(0, 400);
        var b = party(1, 700);
        var c = party(2, 1000);
        var other = party(3, 1300);

        // When
        for (var one : List.of(a, b, c)) {
            assertEquals(Joined.DONE, join(one, "700", 10));
        }
        join(other, "701", 10);
        studio.run(3000);

        // Then
        assertHears(a, 700);
        assertHears(a, 1000);
        assertDeaf(a, 400);
        assertDeaf(a, 1300);
        assertHears(b, 400);
        assertHears(c, 700);
        assertDeaf(c, 1000);
        assertDeaf(other, 400);
        assertEquals(2, studio.counters.rooms.value());
        assertEquals(4, studio.counters.participants.value());
    }

    @Test
    void whoIsAloneHearsMusicUntilSomebodyComesAndAfterHeLeft() {
        // Given
        var a = party(0, 400);
        var b = party(1, 700);

        // When, then
        join(a, "700", 10);
        studio.run(1500);
        assertHears(a, MUSIC_HZ);
        join(b, "700", 10);
        studio.run(2000);
        assertDeaf(a, MUSIC_HZ);
        assertHears(a, 700);
        studio.shard.leaveRoom(b.leg, studio.now);
        studio.run(1500);
        assertHears(a, MUSIC_HZ);
        assertDeaf(b, MUSIC_HZ);
        assertDeaf(a, 700);
        studio.shard.close(a.leg, studio.now);
        assertEquals(0, studio.counters.rooms.value());
        assertEquals(0, studio.counters.bridges.value());
    }

    @Test
    void aFullRoomLetsNobodyInButThoseWhoAreInIt() {
        // Given
        var a = party(0, 400);
        var b = party(1, 700);
        var c = party(2, 1000);
        join(a, "700", 2);
        join(b, "700", 2);

        // When, then
        assertEquals(Joined.ROOM_FULL, join(c, "700", 2));
        assertEquals(Joined.DONE, join(a, "700", 2));
        assertEquals(1, studio.counters.roomsFull.value());
        studio.shard.close(b.leg, studio.now);
        assertEquals(Joined.DONE, join(c, "700", 2));
    }

    @Test
    void aLegThatAMatrixNamesLeavesItsRoom() {
        // Given
        var a = party(0, 400);
        var b = party(1, 700);
        var c = party(2, 1000);
        join(a, "700", 10);
        join(b, "700", 10);

        // When
        studio.conference("talk", b, c);
        studio.run(3000);

        // Then
        assertHears(a, MUSIC_HZ);
        assertDeaf(a, 700);
        assertHears(b, 1000);
        assertDeaf(b, 400);
        assertEquals(1, studio.counters.participants.value());
    }

    @Test
    void whoComesIsHeardByASign() {
        // Given
        var a = studio.party("p0", 5000, Codec.PCMA);
        var b = studio.party("p1", 5002, Codec.PCMA);
        var manners = new Rooms.Manners(10, List.of(), true);
        studio.shard.join(a.leg, "700", manners, studio.now);
        studio.run(1000);
        assertDeaf(a, 660);

        // When
        studio.shard.join(b.leg, "700", manners, studio.now);
        studio.run(320);

        // Then
        assertTrue(a.hears(660) > 300, "no sign");
        assertTrue(b.hears(880) > 300, "no sign for whom it is about");
    }

    @Test
    void aLegThatIsNotThereJoinsNothing() {
        var manners = new Rooms.Manners(10, List.of(), false);
        assertEquals(Joined.LEG_UNKNOWN, studio.shard.join("none", "700", manners, studio.now));
        assertTrue(!studio.shard.leaveRoom("none", studio.now));
    }
}
