// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.pipeline;

import java.util.Optional;
import org.panacall.media.tap.Recorder;

/** Something that happened on a leg and that its owner wants to know. */
public sealed interface Notice {

    /** Once a press. The duration is what was known when the key became certain. */
    record KeyPressed(char key, int durationMs) implements Notice {}

    /** Exactly once for each play that was begun. */
    record PromptsEnded(String playId, Outcome outcome, Optional<Recorder.Made> recorded)
            implements Notice {

        public PromptsEnded(String playId, Outcome outcome) {
            this(playId, outcome, Optional.empty());
        }
    }

    /**
     * A party that is listened to speaks, or has spoken.
     *
     * @param choice empty unless one was chosen
     * @param confidence percent
     */
    record SpeechNoticed(String playId, SpeechOutcome outcome, String choice, int confidence)
            implements Notice {}

    /** First packet of the party, at first or after a silence was reported. */
    record AudioStarted() implements Notice {}

    /** No packet for the silence limit though we should receive. */
    record AudioStopped() implements Notice {}

    /** The node takes no more legs and ends soon. About no leg in particular. */
    record NodeDrains() implements Notice {}

    /** The leg is gone, by request or by itself. For the node alone. */
    record LegClosed(LegStatistics measured) implements Notice {}

    /** How listening goes. */
    enum SpeechOutcome {
        BEGAN,
        CHOSEN,
        UNCLEAR,
        FAILED
    }

    /** How a play ended. */
    enum Outcome {
        COMPLETED,
        STOPPED,
        BARGED_IN,
        FAILED
    }

    /** Takes notices from the media thread; must not block. */
    interface Sink {

        void accept(LegIdentity leg, Notice notice);
    }
}
