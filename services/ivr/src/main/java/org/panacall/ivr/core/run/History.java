// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.IvrEffect;
import org.panacall.ivr.core.IvrEvent;
import org.panacall.ivr.core.IvrEvent.Fact;
import org.panacall.ivr.core.IvrEvent.FlowFinished;
import org.panacall.ivr.core.IvrEvent.StepEntered;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.StepId;

/** What a run's events say of it, and what it has decided in the present turn. */
final class History {

    /** More than the effects of a run: those of each resumption are numbered apart. */
    private static final long EFFECTS_MAX = 1_000_000;

    private final TreeMap<String, Integer> visits = new TreeMap<>();
    private final List<IvrEvent> events = new ArrayList<>();
    private final List<IvrEffect> effects = new ArrayList<>();
    private long sequence;
    private Caller caller;
    private Situation situation;
    private long effectNumber;
    private int resumed;
    private int steps;
    private boolean finished;

    History(Caller caller, FlowId flow) {
        this.caller = caller;
        situation = Situation.of(flow, 0);
    }

    /** As it is known of a run that somebody else began. */
    History(Trace trace) {
        this(trace.caller(), trace.flow());
        sequence = trace.sequence();
        situation = trace.situation();
        visits.putAll(trace.visits());
        steps = trace.visits().values().stream().mapToInt(Integer::intValue).sum();
        resumed = trace.resumed();
        effectNumber = resumed * EFFECTS_MAX;
    }

    Caller caller() {
        return caller;
    }

    /** The step entered last. */
    Optional<StepId> step() {
        return situation.innermost().step();
    }

    Situation situation() {
        return situation;
    }

    void emit(Fact fact, Instant now) {
        var event = new IvrEvent(caller, sequence + 1, now, fact);
        apply(event);
        events.add(event);
    }

    /** The only place where what events tell changes, live and on replay. */
    void apply(IvrEvent event) {
        sequence = event.sequence();
        switch (event.fact()) {
            case StepEntered entered -> {
                steps++;
                visits.put(situation.key(entered.step()), entered.visit());
            }
            case FlowFinished _ -> finished = true;
            case IvrEvent.CallCameBack(var bookmark, _) -> {
                visits.putAll(bookmark.visits());
                steps = visits.values().stream().mapToInt(Integer::intValue).sum();
                resumed = bookmark.resumed();
                effectNumber = resumed * EFFECTS_MAX;
            }
            case IvrEvent.RunResumed(var sipIngress) -> {
                caller = caller.at(sipIngress);
                resumed++;
                effectNumber = resumed * EFFECTS_MAX;
            }
            default -> {}
        }
        situation = situation.after(event.fact());
    }

    /** The number that the next effect must carry. */
    long nextEffect() {
        return ++effectNumber;
    }

    void act(IvrEffect effect) {
        effects.add(effect);
    }

    int nextVisit(StepId step) {
        return visits(step) + 1;
    }

    /** How often it has been at a step of the flow that it is in. */
    int visits(StepId step) {
        return visits.getOrDefault(situation.key(step), 0);
    }

    /** Where the flow goes on should the call that is about to go come back. */
    Bookmark bookmark() {
        return new Bookmark(situation, visits, resumed + 1);
    }

    int resumed() {
        return resumed;
    }

    int steps() {
        return steps;
    }

    boolean finished() {
        return finished;
    }

    /** Gives what was decided since the last time. */
    void drainInto(List<IvrEvent> toEvents, List<IvrEffect> toEffects) {
        toEvents.addAll(events);
        toEffects.addAll(effects);
        events.clear();
        effects.clear();
    }
}
