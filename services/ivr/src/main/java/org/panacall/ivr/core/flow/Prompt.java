// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.flow;

import java.time.Duration;
import java.util.Map;

/** Something that can be played to a caller. The core passes prompts on as they are. */
public sealed interface Prompt {

    /** A stored prompt; the text is spoken when it is missing, so that there is never silence. */
    record Stored(String promptId, String language, String fallbackText) implements Prompt {}

    record Spoken(String text, String language) implements Prompt {}

    /**
     * A prompt as it was drawn, in several languages; it becomes a stored or spoken one when it is
     * known in which the caller is to hear it.
     *
     * @param promptId empty when there is no audio
     * @param texts by language
     */
    record Drawn(String promptId, Map<String, String> texts) implements Prompt {
        public Drawn {
            texts = Map.copyOf(texts);
        }
    }

    /** What a caller hears who chose that language; empty: none, so the tenant's. */
    default Prompt in(String language, String usual) {
        if (!(this instanceof Drawn(var promptId, var texts))) {
            return this;
        }
        var chosen = language.isEmpty() ? usual : language;
        var text = texts.getOrDefault(chosen, texts.getOrDefault(usual, ""));
        return promptId.isEmpty()
                ? new Spoken(text, language)
                : new Stored(promptId, language, text);
    }

    record Tone(int frequencyHz, int secondFrequencyHz, Duration on, Duration off)
            implements Prompt {}

    record Silence(Duration length) implements Prompt {}

    /** A recording that is kept, and the person who listens to it. Never drawn. */
    record Kept(String recording, String listener, String listenerExtension) implements Prompt {}
}
