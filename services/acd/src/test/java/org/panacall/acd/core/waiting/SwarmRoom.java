// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.waiting;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.panacall.acd.core.plan.NumberRules;
import org.panacall.acd.core.plan.WaitingRoom;
import org.panacall.acd.core.plan.WaitingRoom.Figures;
import org.panacall.acd.core.plan.WaitingRoom.Information;
import org.panacall.acd.core.wait.Trust;
import org.panacall.simkit.Dice;

/** Waiting rooms by chance. */
public final class SwarmRoom {

    private SwarmRoom() {}

    /** Announcements more often than anybody would like, and callbacks. */
    public static WaitingRoom room(Dice dice) {
        var seconds = Duration.ofSeconds(dice.between(10, 60));
        return new WaitingRoom(
                "ru",
                new Figures(seconds, seconds, dice.chance(0.7), dice.chance(0.7)),
                new Information(List.of("news/flu", "news/hours"), seconds, seconds),
                new Trust(5, 1, Duration.ofMinutes(10)),
                new WaitingRoom.Callbacks(
                        new WaitingRoom.Offer(
                                dice.chance(0.8), dice.between(0, 3), Duration.ZERO, '1'),
                        new WaitingRoom.Rules(
                                Duration.ofSeconds(dice.between(60, 900)),
                                dice.between(1, 3),
                                Duration.ofSeconds(dice.between(1, 200)),
                                dice.between(1, 30)),
                        dice.chance(0.5)
                                ? Optional.of(Duration.ofSeconds(dice.between(0, 30)))
                                : Optional.empty(),
                        NumberRules.INTERNATIONAL));
    }
}
