// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.command.IngressEffect.ForMedia;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.PlayId;

class MediaStepsTest {

    private static final CallId CALL = new CallId("call_1");
    private static final LegId LEG = new LegId("leg_1");

    private final MediaSteps steps = new MediaSteps();

    @Test
    void whatWaitsForOneNodeTravelsTogetherInItsOrder() {
        // Given
        var stop = stop("media-1", 1);
        var matrix = matrix("media-1");
        var close = new IngressEffect.CloseMedia(CALL, LEG, "media-1");
        List.of(stop, matrix, close).forEach(steps::add);
        // When
        var first = steps.next(CALL);
        // Then
        assertEquals(List.of(stop, matrix, close), first);
        assertEquals(List.of(), steps.next(CALL));
    }

    @Test
    void anotherNodeAnotherCallAndKeysTravelByThemselves() {
        // Given
        var here = matrix("media-1");
        var there = matrix("media-2");
        var keys = new IngressEffect.PlayKeys(CALL, LEG, "media-2", "12");
        var other = new IngressEffect.CloseMedia(new CallId("call_2"), LEG, "media-2");
        List.of(here, there, keys, keys, other).forEach(steps::add);
        // When
        var trips = List.of(steps.next(CALL), steps.next(CALL), steps.next(CALL));
        // Then
        assertEquals(List.of(List.of(here), List.of(there), List.<ForMedia>of(keys)), trips);
        assertEquals(List.<ForMedia>of(keys), steps.next(CALL));
        assertEquals(List.<ForMedia>of(other), steps.next(other.call()));
    }

    @Test
    void noTripIsLongerThanANodeTakes() {
        // Given
        for (int play = 0; play < 20; play++) {
            steps.add(stop("media-1", play));
        }
        // When
        var first = steps.next(CALL);
        // Then
        assertEquals(16, first.size());
        assertEquals(4, steps.next(CALL).size());
    }

    @Test
    void whatIsTakenBackDoesNotTravel() {
        // Given
        var stop = stop("media-1", 1);
        steps.add(stop);
        // When
        boolean first = steps.remove(stop);
        // Then
        assertTrue(first);
        assertFalse(steps.remove(stop));
        assertEquals(List.of(), steps.next(CALL));
    }

    private static ForMedia stop(String node, int play) {
        return new IngressEffect.StopPrompts(CALL, LEG, node, new PlayId("play_" + play));
    }

    private static ForMedia matrix(String node) {
        return new IngressEffect.SetMatrix(CALL, node, List.of());
    }
}
