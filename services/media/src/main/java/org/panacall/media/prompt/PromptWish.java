// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.prompt;

import java.io.IOException;
import org.panacall.media.play.Clip;
import org.panacall.media.play.Sound;

/** What shall be played, before it is loaded. */
public sealed interface PromptWish {

    /**
     * A stored prompt.
     *
     * @param fallbackText spoken when there is none; may be empty
     */
    record Stored(PromptName name, String fallbackText) implements PromptWish {

        public Stored {
            requireSpeakable(fallbackText);
        }
    }

    /** Text to be spoken. */
    record Spoken(String text, String language) implements PromptWish {

        public Spoken {
            requireSpeakable(text);
            PromptName.requireLanguage(language);
            if (text.isBlank()) {
                throw new IllegalArgumentException("there is no text to speak");
            }
        }
    }

    /** What needs no loading. */
    record Ready(Sound sound) implements PromptWish {}

    /** What is got anew for each play, and kept nowhere. */
    record Fetched(Source source) implements PromptWish {}

    /** Blocks; ends within seconds. */
    interface Source {

        /**
         * @throws IOException when it cannot be had
         */
        Clip load() throws IOException, InterruptedException;
    }

    private static void requireSpeakable(String text) {
        if (text.length() > TextToSpeech.TEXT_MAX) {
            throw new IllegalArgumentException(
                    "a text has at most " + TextToSpeech.TEXT_MAX + " characters");
        }
    }
}
