// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.flow;

import java.time.Duration;

/** Something that can be played to a caller. The core passes prompts on as they are. */
public sealed interface Prompt {

    /** A stored prompt; the text is spoken when it is missing, so that there is never silence. */
    record Stored(String promptId, String language, String fallbackText) implements Prompt {}

    record Spoken(String text, String language) implements Prompt {}

    record Tone(int frequencyHz, int secondFrequencyHz, Duration on, Duration off)
            implements Prompt {}

    record Silence(Duration length) implements Prompt {}
}
