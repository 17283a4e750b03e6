// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core;

import java.time.Duration;
import java.time.Instant;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.run.Bookmark;

/**
 * One thing that happened in one run.
 *
 * @param sequence 1, 2, 3 … within the run
 */
public record IvrEvent(Caller caller, long sequence, Instant at, Fact fact) {

    /** What happened. */
    public sealed interface Fact {}

    public record FlowStarted(FlowId flow, long version) implements Fact {}

    /**
     * {@code visit}: how many times the run has been at this step, from 1. {@code kind} and {@code
     * flow} are for reports.
     */
    public record StepEntered(StepId step, int visit, String kind, String flow) implements Fact {}

    /** A variable of the flow that the run is in has another value, which may be personal. */
    public record VariableSet(String name, String value) implements Fact {
        @Override
        public String toString() {
            return "VariableSet[name=" + name + "]";
        }
    }

    public record LanguageChosen(String language) implements Fact {}

    /** The run goes through another flow, and will come back to the step it is at. */
    public record SubFlowEntered(FlowId flow, long version) implements Fact {}

    public record SubFlowLeft(String exit) implements Fact {}

    /** The run goes on with another flow, for good. */
    public record FlowChanged(FlowId flow, long version) implements Fact {}

    /** After FlowStarted: it goes on where it handed the call over, by that exit. */
    public record CallCameBack(Bookmark bookmark, String exit) implements Fact {
        @Override
        public String toString() {
            return "CallCameBack[exit=" + exit + "]";
        }
    }

    /** The caller rated, 1 for the worst. */
    public record CallRated(StepId step, int rating, int best) implements Fact {}

    /** Something for reports. */
    public record CallTagged(String name, String value) implements Fact {}

    /** The caller left a message for a queue or a person. */
    public record MessageRecorded(String recording, String mailbox, Duration length)
            implements Fact {}

    /**
     * The caller has heard to the end that the call may be recorded.
     *
     * @param prompts their ids; of those without, the hash of the text
     * @param version of the flow that says so
     */
    public record RecordingNoticePlayed(String language, String prompts, long version)
            implements Fact {}

    /** The caller pressed keys that the step took together. */
    public record InputReceived(StepId step, String keys, boolean accepted) implements Fact {}

    /**
     * The caller said something to a menu.
     *
     * @param choice key of the menu; empty when it was none, or several
     * @param confidence percent
     * @param accepted taken as if the key had been pressed
     */
    public record ChoiceHeard(StepId step, String choice, int confidence, boolean accepted)
            implements Fact {}

    public record StepLeft(StepId step, String exit) implements Fact {}

    /** It goes on at its last step, at that sip-ingress: somebody died. */
    public record RunResumed(String sipIngress) implements Fact {}

    /** The run is over. {@code target}: whom it was handed to, empty when to nobody. */
    public record FlowFinished(Ending ending, String target, EndReason reason) implements Fact {}

    /** How a run ends. */
    public enum Ending {
        HANDED_OVER,
        CALLER_HUNG_UP,
        HUNG_UP,
        FAILED
    }
}
