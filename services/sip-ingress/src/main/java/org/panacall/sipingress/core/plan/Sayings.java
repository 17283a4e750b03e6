// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.plan;

import java.time.Duration;
import java.util.List;
import org.panacall.sipingress.core.leg.Program;
import org.panacall.sipingress.core.leg.Prompt;

/** What callers hear from us while nobody else decides what they hear. */
public final class Sayings {

    private static final Duration BEEP = Duration.ofMillis(300);
    private static final int BEEP_HZ = 880;

    private Sayings() {}

    /** Until something else is played. */
    public static Program music(String prompt, String language) {
        return new Program(List.of(new Prompt.Stored(prompt, language, "")), true, false);
    }

    /** Nobody can take the call. */
    public static Program apology(String language) {
        return Program.once(new Prompt.Stored("unavailable", language, sorry(language)));
    }

    /** What was dialled is done. */
    public static Program beep() {
        return Program.once(new Prompt.Tone(BEEP_HZ, 0, BEEP, Duration.ZERO));
    }

    /** Where no prompt is stored for it. */
    private static String sorry(String language) {
        return switch (language) {
            case "en" ->
                    "We cannot take your call at the moment. Please ring again in a few minutes.";
            case "uk" ->
                    "На жаль, зараз ми не можемо прийняти ваш дзвінок."
                            + " Будь ласка, зателефонуйте за кілька хвилин.";
            default ->
                    "К сожалению, сейчас мы не можем принять ваш звонок."
                            + " Пожалуйста, перезвоните через несколько минут.";
        };
    }
}
