// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.leg;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a leg is to be played, one prompt after another.
 *
 * @param repeat again and again, until stopped
 * @param bargeIn the first key stops it
 * @param record what is recorded afterwards, before the play is over
 * @param listen to what the party says meanwhile and afterwards
 */
public record Program(
        List<Prompt> prompts,
        boolean repeat,
        boolean bargeIn,
        Optional<RecordingPlan> record,
        Optional<Listening> listen) {

    public Program {
        prompts = List.copyOf(prompts);
        if (prompts.isEmpty() || prompts.size() > 32) {
            throw new IllegalArgumentException("1 to 32 prompts are wanted");
        }
    }

    /**
     * What a party may say, and how long it may keep silent after the prompts. Media's and the
     * controller's matter; passed on as it is.
     */
    public record Listening(String language, List<Choice> choices, Duration patience) {
        public Listening {
            choices = List.copyOf(choices);
        }
    }

    /** Phrases that choose the same. */
    public record Choice(String choice, List<String> phrases) {
        public Choice {
            phrases = List.copyOf(phrases);
        }
    }

    /** Prompts alone. */
    public Program(List<Prompt> prompts, boolean repeat, boolean bargeIn) {
        this(prompts, repeat, bargeIn, Optional.empty(), Optional.empty());
    }

    /** One prompt, once. */
    public static Program once(Prompt prompt) {
        return new Program(List.of(prompt), false, false);
    }
}
