// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.run;

import java.time.Instant;
import java.util.Optional;
import org.panacall.ivr.core.flow.Destination;
import org.panacall.ivr.core.flow.Step;

/**
 * What a run waits for. Every wait has a deadline, so no lost notice can strand a caller.
 *
 * <pre>
 *   Answering ─▶ Playing ─▶ Playing …
 *                   └─▶ Prompting ─▶ FirstKey ─▶ Collecting ─▶ next step
 *                          ├──────────────────────▲   │
 *                          └◀──────── wrong keys ─────┘
 *   Asking ─▶ next step
 *   any ─▶ Missing ─▶ the step anew
 *   Conferring ─▶ next step
 *   Browsing ─▶ Browsing … ─▶ next step
 *   any ─▶ HandingOver ─▶ over        any ─▶ Echoing ─▶ over
 * </pre>
 */
sealed interface Waiting {

    Instant deadline();

    /** For our answer to take effect; {@code sent}: sip-ingress says that it is on its way. */
    record Answering(long effect, boolean sent, Instant deadline) implements Waiting {}

    /** For the end of what a step plays or says. */
    record Playing(Step step, boolean bargeIn, long play, Instant deadline) implements Waiting {}

    /** For the end of a question's prompts, or a key. */
    record Prompting(Step step, Step.Question question, long play, Instant deadline)
            implements Waiting {}

    /** For the first key, in silence. {@code play}: of the question, 0 when it had none. */
    record FirstKey(Step step, Step.Question question, long play, Instant deadline)
            implements Waiting {}

    /** For a further key, since what was typed may go on. */
    record Collecting(Step step, Step.Question question, String typed, Instant deadline)
            implements Waiting {}

    /** For time to go by. */
    record Pausing(Step step, Instant deadline) implements Waiting {}

    /** For what comes of an errand, known by the number of its effect. */
    record Asking(Step step, long number, Instant deadline) implements Waiting {}

    /** For the end of the notice that the call is recorded. */
    record Noticing(Step step, Step.RecordingNotice notice, long play, Instant deadline)
            implements Waiting {}

    /** For the end of a message. */
    record Recording(Step step, String mailbox, long play, Instant deadline) implements Waiting {}

    /** For the end of a conference. */
    record Conferring(Step step, Step.Confer confer, Conference in, Instant deadline)
            implements Waiting {}

    /** Room and number of the effect. */
    record Conference(String room, long effect) {}

    /**
     * For what comes next in a mailbox: what a play or errand of that number comes to, or a key.
     */
    record Browsing(Step step, Phase phase, long number, Instant deadline) implements Waiting {

        /** What is going on. */
        enum Phase {
            /** It is being looked what there is. */
            OPENING,
            /** It is said which message comes. */
            HEADING,
            /** The message is played. */
            MESSAGE,
            /** It is said what the keys do, or what one did. */
            SAYING,
            /** A key is waited for, in silence. */
            ASKING,
            /** The message is to be deleted, once it is marked as heard. */
            MARKING,
            DELETING,
            RESTORING,
            /** The last words. */
            LEAVING;

            boolean takesKeys() {
                return switch (this) {
                    case HEADING, MESSAGE, SAYING, ASKING -> true;
                    case OPENING, MARKING, DELETING, RESTORING, LEAVING -> false;
                };
            }

            /** Whether a key is asked for. */
            boolean asks() {
                return this == SAYING || this == ASKING;
            }
        }
    }

    /** For the new controller. */
    record HandingOver(Destination to, long effect, Instant deadline) implements Waiting {}

    /**
     * For a sip-ingress to say that it holds the call: after we took the run over, or after the one
     * that held it died. {@code to}: whom it was being handed to.
     */
    record Missing(Optional<Destination> to, Instant deadline) implements Waiting {}

    /** For the caller to have heard enough of himself. */
    record Echoing(long effect, Instant deadline) implements Waiting {}
}
