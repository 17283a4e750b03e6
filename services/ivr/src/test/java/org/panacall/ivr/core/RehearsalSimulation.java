// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.ivr.core.IvrEvent.FlowFinished;
import org.panacall.ivr.core.flow.Listening;
import org.panacall.ivr.core.rehearsal.Rehearsal;
import org.panacall.ivr.core.rehearsal.Rehearsal.Happened;
import org.panacall.simkit.Dice;
import org.panacall.simkit.Seeds;

/**
 * Any flow, any keys, any time: a rehearsal ends, by the same number of steps each time, and never
 * by an exception.
 */
class RehearsalSimulation {

    private static final Limits LIMITS =
            new Limits(
                    1,
                    100,
                    Duration.ofHours(1),
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(3),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(10));

    @Test
    void everyRehearsalEnds() {
        Seeds.run(
                seed -> {
                    var dice = new Dice(seed);
                    for (int round = 0; round < 100; round++) {
                        var drawing = new RandomDrawing(dice).drawn();
                        var inputs =
                                new Rehearsal.Replies(
                                        inputs(dice), Map.of(), RehearsalSimulation::choice);
                        var at = Instant.ofEpochSecond(dice.below(Integer.MAX_VALUE));

                        var caller = Stage.caller("call_1");
                        var moments = Rehearsal.of(caller, drawing, LIMITS, inputs, at);

                        var last = assertInstanceOf(Happened.class, moments.getLast());
                        assertInstanceOf(FlowFinished.class, last.event().fact());
                        assertTrue(moments.size() < 20 * LIMITS.steps(), "too many moments");
                        assertEquals(moments, Rehearsal.of(caller, drawing, LIMITS, inputs, at));
                    }
                });
    }

    private static Optional<String> choice(Listening listening, String said) {
        return Optional.of(said).filter(listening.choices()::containsKey);
    }

    private static List<String> inputs(Dice dice) {
        var inputs = new ArrayList<String>();
        for (int count = dice.below(10); count > 0; count--) {
            var keys = new StringBuilder();
            for (int length = dice.below(5); length > 0; length--) {
                keys.append("0123456789*#".charAt(dice.below(12)));
            }
            inputs.add(dice.chance(0.3) ? Rehearsal.SAY + keys : keys.toString());
        }
        return inputs;
    }
}
