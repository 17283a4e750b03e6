// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.panacall.simkit.Dice;
import org.panacall.simkit.Seeds;
import org.panacall.sipingress.core.call.CallFact;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.leg.EndReason;

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
    void callersAreKeptAndServedInDaysWithoutAcd() {
        // Given
        var counted = new ArrayList<IngressEffect.Counted>();
        // When
        for (long seed = 0; seed < 5; seed++) counted.addAll(lived(seed, 0).counted());
        // Then
        assertTrue(counted.contains(IngressEffect.Counted.KEPT_WITHOUT_ACD), "nobody was kept");
        assertTrue(counted.contains(IngressEffect.Counted.SERVED_BY_RING_GROUP), "nobody served");
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
        return lived(seed, deaths).audit().facts();
    }

    private static World lived(long seed, double deaths) {
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
            if (dice.chance(0.02)) controllers.leave(Duration.ofSeconds(60));
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
        return world;
    }

    /**
     * Media nodes that die, are restarted, refuse and drain, and an edge that forgets. In half of
     * the days there is always another node, and none refuses: then no call may end for it.
     */
    private static final class Outages {

        private static final List<String> NODES = List.of("media-1", "media-2");

        private final World world;
        private final Dice dice;
        private final boolean kind;
        private final double often;
        private Instant quietUntil;
        private boolean over;

        Outages(World world, Dice dice) {
            this.world = world;
            this.dice = dice;
            kind = dice.chance(0.5);
            often = dice.chance(0.5) ? 0.01 : 0.1;
            quietUntil = world.now();
            if (kind || dice.chance(0.5)) world.media().add("media-2");
            if (!kind) world.media().refuse(open -> !over && dice.chance(0.05));
            if (!kind) world.media().beLate(open -> !over && dice.chance(0.03));
        }

        /** Perhaps something breaks. */
        void strike() {
            if (!dice.chance(often)) return;
            if (kind && world.now().isBefore(quietUntil)) return;
            var alive = world.media().alive();
            if (alive.isEmpty()) return;
            var node = dice.oneOf(alive);
            switch (dice.below(5)) {
                case 0 -> world.media().restart(node);
                case 1 -> world.send(new IngressCommand.EdgeForgot());
                case 2 -> world.send(new IngressCommand.MediaDrains(node));
                default -> {
                    if (kind && alive.size() < 2) return;
                    world.media().kill(node);
                    var back = dice.wait(Duration.ofSeconds(8));
                    world.agenda().in(back, () -> world.media().revive(node));
                    quietUntil = world.now().plus(back);
                }
            }
            // A call that loses its node again and again is given up; here none has that bad luck.
            quietUntil = quietUntil.plusSeconds(5);
        }

        /** Lets all get well, and looks whether media has what calls believe. */
        void settle() {
            boolean before = over;
            over = true;
            NODES.stream().filter(world.media()::knows).forEach(world.media()::revive);
            world.run(Duration.ofSeconds(20));
            world.awaitMediaAsBelieved();
            over = before;
        }

        /** From now on all goes well. */
        void end() {
            over = true;
            NODES.stream().filter(world.media()::knows).forEach(world.media()::revive);
        }

        void verifyEnds() {
            if (!kind) return;
            var ends = world.audit().legEnds();
            assertFalse(ends.contains(EndReason.us("media-lost")), "ended though there was a node");
            assertFalse(ends.contains(EndReason.us("no-media")), "ended though there was a node");
        }
    }
}
