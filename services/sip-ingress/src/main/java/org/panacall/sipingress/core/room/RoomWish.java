// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.room;

import java.util.List;
import org.panacall.sipingress.core.leg.Prompt;

/**
 * A room to be in.
 *
 * @param name unique in its tenant
 * @param most who may be in it; 0: as many as media bears
 * @param alone what whoever is alone hears
 * @param signs all hear when somebody comes or leaves
 */
public record RoomWish(String name, int most, List<Prompt> alone, boolean signs) {

    private static final int ALONE_MAX = 8;

    public RoomWish {
        alone = List.copyOf(alone);
        if (!name.matches("[A-Za-z0-9_-]{1,40}")) {
            throw new IllegalArgumentException("a room's name is 1 to 40 of A-Z a-z 0-9 _ -");
        }
        if (most < 0 || alone.size() > ALONE_MAX) {
            throw new IllegalArgumentException("a room has participants, and some music");
        }
    }
}
