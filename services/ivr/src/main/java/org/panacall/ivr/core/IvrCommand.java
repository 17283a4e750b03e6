// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core;

import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import org.panacall.ivr.core.flow.DialPlan;
import org.panacall.ivr.core.flow.Flow;
import org.panacall.ivr.core.id.CallId;
import org.panacall.ivr.core.id.LegId;
import org.panacall.ivr.core.outside.Outcome;
import org.panacall.ivr.core.run.Bookmark;
import org.panacall.ivr.core.run.Run;

/** What can be asked of, or told to, the runs. What concerns no run any more does nothing. */
public sealed interface IvrCommand {

    /**
     * Takes a call through a flow. Idempotent by call.
     *
     * @param back where it goes on; empty: at the flow's entry
     * @param variables of the flow, and what they hold at first; others are left out
     */
    record StartRun(
            Caller caller,
            Run.Drawing drawing,
            boolean answered,
            Optional<Back> back,
            SortedMap<String, String> variables)
            implements IvrCommand {

        public StartRun(Caller caller, Run.Drawing drawing, boolean answered, Optional<Back> back) {
            this(caller, drawing, answered, back, Collections.emptySortedMap());
        }

        public StartRun(Caller caller, Run.Drawing drawing, boolean answered) {
            this(caller, drawing, answered, Optional.empty());
        }

        /** Through a flow that looks at nothing around it. */
        public StartRun(Caller caller, Flow flow, DialPlan dialPlan, boolean answered) {
            this(caller, new Run.Drawing(flow, dialPlan), answered);
        }
    }

    /** How a call comes back: by that exit of the step at the bookmark. */
    record Back(Bookmark bookmark, String exit) {}

    record NoteLegAnswered(CallId call, LegId leg) implements IvrCommand {}

    record NoteLegEnded(CallId call, LegId leg, EndReason reason) implements IvrCommand {}

    /** One of 0-9 * # A-D. */
    record NoteKeyPressed(CallId call, LegId leg, String key) implements IvrCommand {}

    /** The play of that effect number is over, however it ended. */
    record NotePlayEnded(CallId call, long play, PlayEnd end) implements IvrCommand {

        /** It was heard to its end. */
        public NotePlayEnded(CallId call, long play) {
            this(call, play, PlayEnd.COMPLETED);
        }
    }

    /**
     * How a play ended.
     *
     * @param completed heard, or recorded, to its end
     * @param recorded what came of the recording that followed
     */
    record PlayEnd(boolean completed, Optional<Recorded> recorded) {
        public static final PlayEnd COMPLETED = new PlayEnd(true, Optional.empty());
        public static final PlayEnd BROKEN_OFF = new PlayEnd(false, Optional.empty());
    }

    /** A recording; its id is empty when too little was said. */
    record Recorded(String recording, Duration length) {}

    /** The caller is not in that room. */
    record NoteRoomEnded(CallId call, String room, boolean full) implements IvrCommand {}

    /** A caller who is listened to with the play of that effect number speaks, or has spoken. */
    record NoteSpeech(CallId call, long play, Speech speech) implements IvrCommand {}

    /**
     * How listening to a caller goes.
     *
     * @param choice the key that he said; empty unless one was heard
     * @param confidence percent
     */
    record Speech(SpeechOutcome outcome, String choice, int confidence) {

        /** Without a choice. */
        public static Speech of(SpeechOutcome outcome) {
            return new Speech(outcome, "", 0);
        }
    }

    /** What is known of what a caller says. */
    enum SpeechOutcome {
        /** He speaks. */
        BEGAN,
        CHOSEN,
        /** He said something else, or several of the choices. */
        UNCLEAR,
        /** Nobody knows what he said. */
        FAILED
    }

    record NoteCallEnded(CallId call, EndReason reason) implements IvrCommand {}

    record NoteControlLost(CallId call) implements IvrCommand {}

    /** sip-ingress carried the effect out. */
    record NoteEffectDone(CallId call, long effect) implements IvrCommand {}

    /** sip-ingress refused the effect or could not be reached; {@code callGone}: for good. */
    record NoteEffectFailed(CallId call, long effect, boolean callGone) implements IvrCommand {}

    /**
     * The sip-ingress of the call could not be reached with an effect, or, {@code unknown}, knows
     * no such call; another may be about to adopt it.
     */
    record NoteEffectLost(CallId call, long effect, boolean unknown) implements IvrCommand {}

    /** What came of the errand of that effect. */
    record NoteOutcome(CallId call, long effect, Outcome outcome) implements IvrCommand {}

    /** A sip-ingress lists the call. */
    record NoteCallFound(CallId call, String sipIngress, Seen seen) implements IvrCommand {}

    /** The sip-ingress that held the call lists it no more; another may be about to adopt it. */
    record NoteCallMissing(CallId call) implements IvrCommand {}

    /** A sip-ingress has adopted the call of a dead one. */
    record NoteCallAdopted(CallId call, String sipIngress, Seen seen) implements IvrCommand {}

    /** How a sip-ingress sees a call: whether we control it, whether its caller is answered. */
    record Seen(boolean ours, boolean answered) {}

    /** Hands every call to its fallback queue: this instance is going to stop. */
    record HandAllOver() implements IvrCommand {}
}
