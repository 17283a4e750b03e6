// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core;

import java.util.ArrayList;
import java.util.List;
import org.panacall.ivr.core.IvrCommand.NoteSpeech;
import org.panacall.ivr.core.IvrCommand.Speech;
import org.panacall.ivr.core.IvrCommand.SpeechOutcome;
import org.panacall.simkit.Dice;

/** What is told of callers who speak to menus, or may: some notices are lost. */
final class RandomSpeech {

    private RandomSpeech() {}

    static List<NoteSpeech> after(IvrEffect.Play play, Dice dice) {
        var notices = new ArrayList<NoteSpeech>();
        if (play.listening().isEmpty() || dice.chance(0.4)) {
            return notices;
        }
        if (dice.chance(0.9)) {
            notices.add(notice(play, Speech.of(SpeechOutcome.BEGAN)));
        }
        if (dice.chance(0.9)) {
            notices.add(notice(play, end(dice)));
        }
        return notices;
    }

    private static NoteSpeech notice(IvrEffect.Play play, Speech speech) {
        return new NoteSpeech(play.caller().call(), play.number(), speech);
    }

    private static Speech end(Dice dice) {
        return switch (dice.below(4)) {
            case 0 -> Speech.of(SpeechOutcome.FAILED);
            case 1 -> Speech.of(SpeechOutcome.UNCLEAR);
            default -> {
                var choice = dice.oneOf(List.of("1", "2", "7"));
                yield new Speech(SpeechOutcome.CHOSEN, choice, dice.between(30, 100));
            }
        };
    }
}
