// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.panacall.simkit.Dice;
import org.panacall.simkit.Seeds;
import org.panacall.sipingress.core.call.CallFact;

/**
 * Days of calls by seed: parties, media and controllers do what they like. {@link Audit} checks
 * each turn; in the end nothing may be left.
 */
class CallSimulation {

    private static final int CALLS = 150;

    @Test
    void everyLegAndCallEndsOnceAndNothingIsLeft() {
        Seeds.run(
                seed -> {
                    var history = day(seed);
                    assertTrue(history.size() > CALLS, "a dull day");
                });
    }

    @Test
    void theSameSeedGivesTheSameDay() {
        assertEquals(summary(day(7)), summary(day(7)));
    }

    @Test
    void theSameHoldsWhenWeDieAtAnyMomentAndAnHeirGoesOn() {
        Seeds.run(seed -> day(seed, 0.05));
    }

    private static List<String> summary(List<CallFact> facts) {
        return facts.stream()
                .map(fact -> fact.call() + " " + fact.at() + " " + fact.event().getClass())
                .toList();
    }

    private static List<CallFact> day(long seed) {
        return day(seed, 0);
    }

    private static List<CallFact> day(long seed, double deaths) {
        var dice = new Dice(seed);
        var world = new World();
        var parties = new WhimsicalParties(world, dice);
        var controllers = new WhimsicalControllers(world, dice);
        var outages = new Outages(world, dice);
        var pause = Duration.ofMillis(dice.between(50, 3_000));
        for (int call = 0; call < CALLS; call++) {
            parties.ring();
            world.run(dice.wait(pause));
            if (dice.chance(0.01)) controllers.stumble();
            outages.strike();
            if (call % 40 == 39) outages.settle();
            if (deaths > 0 && dice.chance(deaths)) world.die();
        }
        outages.end();
        // Nobody rings any more; whoever still talks after an hour is hung up by a drain.
        world.run(Duration.ofHours(1));
        world.send(new IngressCommand.HangUpAll());
        world.run(Duration.ofMinutes(10));
        world.verifyNothingIsLeft();
        outages.verifyEnds();
        assertEquals(List.of(), List.copyOf(controllers.held().keySet()), "ghosts at controllers");
        return world.audit().facts();
    }
}
