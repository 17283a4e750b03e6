// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.panacall.ivr.core.IvrEvent.CallCameBack;
import org.panacall.ivr.core.IvrEvent.CallRated;
import org.panacall.ivr.core.IvrEvent.CallTagged;
import org.panacall.ivr.core.IvrEvent.ChoiceHeard;
import org.panacall.ivr.core.IvrEvent.Fact;
import org.panacall.ivr.core.IvrEvent.FlowChanged;
import org.panacall.ivr.core.IvrEvent.FlowFinished;
import org.panacall.ivr.core.IvrEvent.FlowStarted;
import org.panacall.ivr.core.IvrEvent.InputReceived;
import org.panacall.ivr.core.IvrEvent.LanguageChosen;
import org.panacall.ivr.core.IvrEvent.MessageRecorded;
import org.panacall.ivr.core.IvrEvent.RecordingNoticePlayed;
import org.panacall.ivr.core.IvrEvent.RunResumed;
import org.panacall.ivr.core.IvrEvent.StepEntered;
import org.panacall.ivr.core.IvrEvent.StepLeft;
import org.panacall.ivr.core.IvrEvent.SubFlowEntered;
import org.panacall.ivr.core.IvrEvent.SubFlowLeft;
import org.panacall.ivr.core.IvrEvent.VariableSet;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.lookup.ContactLookup;

/**
 * Where a run is and what it remembers: all of it told by its events.
 *
 * @param frames the flows it is in, outermost first; one at least
 * @param language that was chosen; empty: none
 * @param noticed the caller knows that the call may be recorded
 */
public record Situation(List<Frame> frames, String language, boolean noticed) {

    /**
     * A flow that a run is in.
     *
     * @param version of the flow as the run goes through it; 0: not known
     * @param step entered last; in outer flows the one that leads into the next
     * @param variables that were set, as text
     */
    public record Frame(
            FlowId flow, long version, Optional<StepId> step, SortedMap<String, String> variables) {

        public Frame {
            variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
        }

        static Frame at(FlowId flow, long version) {
            return new Frame(flow, version, Optional.empty(), Collections.emptySortedMap());
        }

        private Frame entered(StepId id) {
            return new Frame(flow, version, Optional.of(id), variables);
        }

        private Frame with(String name, String value) {
            var next = new TreeMap<>(variables);
            next.put(name, value);
            return new Frame(flow, version, step, next);
        }
    }

    public Situation {
        frames = List.copyOf(frames);
    }

    /** At the beginning of a flow. */
    static Situation of(FlowId flow, long version) {
        return new Situation(List.of(Frame.at(flow, version)), "", false);
    }

    public Frame innermost() {
        return frames.getLast();
    }

    /** What is known of the caller's contact, whichever flow has looked for it. */
    SortedMap<String, String> callWide() {
        return frames.getFirst()
                .variables()
                .subMap(ContactLookup.PREFIX, ContactLookup.PREFIX + Character.MAX_VALUE);
    }

    /** How a step is called when its visits are counted. */
    String key(StepId step) {
        return frames.size() == 1 ? step.value() : innermost().flow() + "/" + step.value();
    }

    /** How it is after something happened. */
    public Situation after(Fact fact) {
        return switch (fact) {
            case FlowStarted(var flow, var version) -> of(flow, version);
            case FlowChanged(var flow, var version) ->
                    new Situation(
                            List.of(new Frame(flow, version, Optional.empty(), callWide())),
                            language,
                            noticed);
            case StepEntered entered -> with(innermost().entered(entered.step()));
            case VariableSet(var name, var value) -> {
                var next = new ArrayList<>(frames);
                int at = name.startsWith(ContactLookup.PREFIX) ? 0 : frames.size() - 1;
                next.set(at, frames.get(at).with(name, value));
                yield new Situation(next, language, noticed);
            }
            case LanguageChosen(var chosen) -> new Situation(frames, chosen, noticed);
            case SubFlowEntered(var flow, var version) -> {
                var deeper = new ArrayList<>(frames);
                deeper.add(Frame.at(flow, version));
                yield new Situation(deeper, language, noticed);
            }
            case SubFlowLeft _ ->
                    frames.size() == 1
                            ? this
                            : new Situation(
                                    frames.subList(0, frames.size() - 1), language, noticed);
            case RecordingNoticePlayed _ -> new Situation(frames, language, true);
            case CallCameBack(var bookmark, _) -> bookmark.situation();
            case InputReceived _, ChoiceHeard _, StepLeft _, RunResumed _ -> this;
            case MessageRecorded _, CallTagged _, CallRated _, FlowFinished _ -> this;
        };
    }

    private Situation with(Frame changed) {
        var next = new ArrayList<>(frames);
        next.set(next.size() - 1, changed);
        return new Situation(next, language, noticed);
    }
}
