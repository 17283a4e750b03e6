// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.panacall.media.mix.Hearing;
import org.panacall.media.mix.Matrix;

/**
 * The bridges of a shard. A leg is in one bridge at a time: naming it in another takes it out of
 * the first, where the others go on without it.
 *
 * <p>Owned by the media thread. Changes allocate, frames don't.
 */
final class Bridges {

    private final Map<String, List<Matrix.Cell>> cellsByBridge = new LinkedHashMap<>();
    private final Map<String, Leg> legs;

    Bridges(Map<String, Leg> legs) {
        this.legs = legs;
    }

    /** Puts a bridge's matrix in place of the one it had. Every leg must be known. */
    void set(String bridgeId, List<Matrix.Cell> cells) {
        for (var leg : List.copyOf(new Matrix(cells).legs())) {
            var other = legs.get(leg).bridgeId();
            if (other != null && !other.equals(bridgeId)) {
                without(other, leg);
            }
        }
        replace(bridgeId, cells);
    }

    /** Takes a leg out of its bridge. */
    void remove(Leg leg) {
        if (leg.bridgeId() != null) {
            without(leg.bridgeId(), leg.identity().legId());
        }
    }

    int size() {
        return cellsByBridge.size();
    }

    private void without(String bridgeId, String leg) {
        var rest = new ArrayList<>(cellsByBridge.get(bridgeId));
        rest.removeIf(cell -> cell.listener().equals(leg) || cell.speaker().equals(leg));
        replace(bridgeId, rest);
    }

    private void replace(String bridgeId, List<Matrix.Cell> cells) {
        for (var before : new Matrix(cellsByBridge.getOrDefault(bridgeId, List.of())).legs()) {
            detach(legs.get(before));
        }
        if (cells.isEmpty()) {
            cellsByBridge.remove(bridgeId);
            return;
        }
        cellsByBridge.put(bridgeId, List.copyOf(cells));
        var matrix = new Matrix(cells);
        var hearings = matrix.hearings(id -> legs.get(id).receiver().frame());
        for (var id : matrix.legs()) {
            var leg = legs.get(id);
            leg.bridgeId(bridgeId);
            leg.sender().hear(hearings.getOrDefault(id, Hearing.NOBODY));
            var partner = matrix.partnerOf(id);
            leg.partner(partner == null ? null : legs.get(partner));
            var listener = matrix.onlyListenerOf(id);
            leg.onlyListener(listener == null ? null : legs.get(listener));
            leg.receiver().tuneTalk(matrix::hears);
        }
    }

    /** Whether a leg hears another in their bridge. */
    boolean hears(Leg listener, Leg speaker) {
        var cells = cellsByBridge.getOrDefault(listener.bridgeId(), List.of());
        return new Matrix(cells).hears(listener.identity().legId(), speaker.identity().legId());
    }

    private static void detach(Leg leg) {
        leg.bridgeId(null);
        leg.sender().hear(Hearing.NOBODY);
        leg.partner(null);
        leg.onlyListener(null);
        leg.receiver().tuneTalk((listener, speaker) -> false);
    }
}
