// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.waiting;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.call.Sound;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.LegId;
import org.panacall.simkit.Agenda;
import org.panacall.simkit.Dice;

/**
 * What parties hear, one thing each at a time, and the keys that they press upon it. Announcements
 * must not cut each other short; only a key may.
 */
public final class SimulatedPlays {

    /** As long as a notice, and the order that answers it, take at most. */
    private static final Duration NOTICE_MAX = Duration.ofMillis(32);

    private static final Duration SPOKEN = Duration.ofSeconds(5);

    private static final class Heard {
        private final AcdEffect.Play play;
        private boolean over;
        private boolean keyed;

        private Heard(AcdEffect.Play play) {
            this.play = play;
        }

        private boolean said() {
            return play.sound() instanceof Sound.Announcement;
        }
    }

    private final Agenda agenda;
    private final Dice dice;
    private final Consumer<AcdCommand.Notice> tell;
    private final Map<LegId, Heard> legs = new TreeMap<>();

    /** Keys whose notice may still be on its way, by leg. */
    private final Map<LegId, Integer> underWay = new TreeMap<>();

    public SimulatedPlays(Agenda agenda, Dice dice, Consumer<AcdCommand.Notice> tell) {
        this.agenda = agenda;
        this.dice = dice;
        this.tell = tell;
    }

    public void begin(CallId call, AcdEffect.Play play) {
        var before = legs.get(play.leg());
        var cut = before != null && before.said() && !before.over && !before.keyed;
        var heard = new Heard(play);
        assertFalse(cut && heard.said(), () -> play + " cuts " + before.play + " short");
        heard.keyed = underWay.getOrDefault(play.leg(), 0) > 0;
        legs.put(play.leg(), heard);
        if (play.sound() instanceof Sound.Announcement said) {
            var length = Duration.ofMillis(dice.between(500, 3_000) * (long) said.prompts().size());
            agenda.in(length, () -> end(call, heard));
            press(call, heard, said);
        } else if (play.sound() instanceof Sound.Spoken) {
            agenda.in(SPOKEN, () -> end(call, heard));
        }
    }

    private void end(CallId call, Heard heard) {
        if (legs.get(heard.play.leg()) == heard && !heard.over) {
            heard.over = true;
            tell.accept(new AcdCommand.HearPlayEnded(call, heard.play.leg(), heard.play.play()));
        }
    }

    private void press(CallId call, Heard heard, Sound.Announcement said) {
        if (said.prompts().contains("callback/type-number")) {
            keys(
                    call,
                    heard,
                    dice.chance(0.7) ? "7903" + dice.between(1000000, 1000020) + "#" : "1#");
        } else if (said.prompts().contains("callback/confirm")) {
            keys(call, heard, dice.oneOf(List.of("1", "1", "1", "2", "*", "7", "")));
        } else if (said.prompts().contains("callback/offer")) {
            keys(call, heard, dice.oneOf(List.of("1", "1", "5", "", "")));
        }
    }

    /** One after another, from somewhere within the announcement or after it. */
    private void keys(CallId call, Heard heard, String keys) {
        var wait = Duration.ofMillis(dice.between(200, 15_000));
        for (char key : keys.toCharArray()) {
            agenda.in(wait, () -> pressed(call, heard, key));
            wait = wait.plusMillis(dice.between(100, 2_000));
        }
    }

    private void pressed(CallId call, Heard heard, char key) {
        var now = legs.get(heard.play.leg());
        if (now == null) {
            return;
        }
        now.keyed = true;
        var leg = heard.play.leg();
        underWay.merge(leg, 1, Integer::sum);
        agenda.in(
                NOTICE_MAX, () -> underWay.computeIfPresent(leg, (id, n) -> n > 1 ? n - 1 : null));
        if (now.play.sound() instanceof Sound.Announcement said && said.bargeIn()) {
            now.over = true;
        }
        tell.accept(new AcdCommand.HearKeyPressed(call, heard.play.leg(), key));
    }

    /** They talk, or are gone. */
    public void stop(LegId leg) {
        legs.remove(leg);
    }
}
