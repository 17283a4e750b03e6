// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.leg;

import java.time.Duration;

/** Something that can be played to a leg. Language is BCP 47, the tenant's when empty. */
public sealed interface Prompt {

    /** A stored prompt; {@code fallbackText} is spoken when it is missing. */
    record Stored(String id, String language, String fallbackText) implements Prompt {}

    /** Text to be spoken, at most 1,000 characters. */
    record Spoken(String text, String language) implements Prompt {

        public Spoken {
            if (text.length() > 1_000) {
                throw new IllegalArgumentException("text of more than 1,000 characters");
            }
        }
    }

    /** One or two sine waves; off zero means without pause. */
    record Tone(int frequencyHz, int secondFrequencyHz, Duration on, Duration off)
            implements Prompt {}

    /** Nothing, for a while. */
    record Silence(Duration length) implements Prompt {}

    /** A recording that is kept, of the leg's tenant, and the person who listens to it. */
    record Kept(String recording, String listener, String listenerExtension) implements Prompt {}
}
