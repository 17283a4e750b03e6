// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.panacall.engine.Core;
import org.panacall.engine.Decision;
import org.panacall.ivr.core.IvrCommand.HandAllOver;
import org.panacall.ivr.core.IvrCommand.NoteCallEnded;
import org.panacall.ivr.core.IvrCommand.NoteControlLost;
import org.panacall.ivr.core.IvrCommand.NoteEffectDone;
import org.panacall.ivr.core.IvrCommand.NoteEffectFailed;
import org.panacall.ivr.core.IvrCommand.NoteKeyPressed;
import org.panacall.ivr.core.IvrCommand.NoteLegAnswered;
import org.panacall.ivr.core.IvrCommand.NoteLegEnded;
import org.panacall.ivr.core.IvrCommand.NotePlayEnded;
import org.panacall.ivr.core.IvrCommand.StartRun;
import org.panacall.ivr.core.IvrEvent.FlowFinished;
import org.panacall.ivr.core.IvrEvent.FlowStarted;
import org.panacall.ivr.core.id.CallId;
import org.panacall.ivr.core.run.Run;

/**
 * All runs of one instance, one a call.
 *
 * <p>Owned by a single thread. Each run goes by itself: what one does never depends on another.
 */
public final class Ivr implements Core<IvrCommand, IvrEvent, IvrEffect, Refusal> {

    private final Limits limits;
    private final SortedMap<String, Run> runs = new TreeMap<>();
    private final List<IvrEvent> events = new ArrayList<>();
    private final List<IvrEffect> effects = new ArrayList<>();

    public Ivr(Limits limits) {
        this.limits = limits;
    }

    /** Calls that a sip-ingress holds for us. */
    public List<Caller> callersAt(String sipIngress) {
        return runs.values().stream()
                .map(Run::caller)
                .filter(caller -> caller.origin().sipIngress().equals(sipIngress))
                .toList();
    }

    public int runs() {
        return runs.size();
    }

    @Override
    public Decision<IvrEvent, IvrEffect, Refusal> handle(IvrCommand command, Instant now) {
        var refusal =
                switch (command) {
                    case StartRun start -> start(start, now);
                    case NoteLegAnswered(var call, var leg) ->
                            with(call, now, run -> run.onLegAnswered(leg));
                    case NoteLegEnded(var call, var leg, var reason) ->
                            with(call, now, run -> run.onLegEnded(leg, reason));
                    case NoteKeyPressed(var call, var leg, var key) ->
                            with(call, now, run -> run.onKey(leg, key));
                    case NotePlayEnded(var call, var play) ->
                            with(call, now, run -> run.onPlayEnded(play));
                    case NoteCallEnded(var call, var reason) ->
                            with(call, now, run -> run.onCallEnded(reason));
                    case NoteControlLost(var call) -> with(call, now, Run::onControlLost);
                    case NoteEffectDone(var call, var effect) ->
                            with(call, now, run -> run.onEffectDone(effect));
                    case NoteEffectFailed(var call, var effect, var gone) ->
                            with(call, now, run -> run.onEffectFailed(effect, gone));
                    case HandAllOver _ -> handAllOver(now);
                };
        return decision(refusal);
    }

    @Override
    public Decision<IvrEvent, IvrEffect, Refusal> tick(Instant now) {
        var due = runs.values().stream().filter(run -> !run.deadline().isAfter(now)).toList();
        due.forEach(run -> let(run, now, Run::onDeadline));
        return decision(Optional.empty());
    }

    @Override
    public Optional<Instant> nextDeadline() {
        return runs.values().stream().map(Run::deadline).min(Instant::compareTo);
    }

    @Override
    public void apply(IvrEvent event) {
        var call = event.caller().call().value();
        if (event.fact() instanceof FlowStarted started) {
            runs.put(call, new Run(event.caller(), started, limits, event.at()));
        }
        runs.get(call).apply(event);
        if (event.fact() instanceof FlowFinished) {
            runs.remove(call);
        }
    }

    private Optional<Refusal> start(StartRun start, Instant now) {
        var call = start.caller().call().value();
        if (runs.containsKey(call)) {
            return Optional.empty();
        }
        if (runs.size() >= limits.runs()) {
            return Optional.of(new Refusal.TooManyRuns());
        }
        var started = new FlowStarted(start.flow(), start.dialPlan());
        var event = new IvrEvent(start.caller(), 1, now, started);
        apply(event);
        events.add(event);
        let(runs.get(call), now, run -> run.start(start.answered()));
        return Optional.empty();
    }

    private Optional<Refusal> handAllOver(Instant now) {
        List.copyOf(runs.values()).forEach(run -> let(run, now, Run::handOverNow));
        return Optional.empty();
    }

    /** Lets the run of a call do something; nothing happens when there is none any more. */
    private Optional<Refusal> with(CallId call, Instant now, Consumer<Run> what) {
        Optional.ofNullable(runs.get(call.value())).ifPresent(run -> let(run, now, what));
        return Optional.empty();
    }

    private void let(Run run, Instant now, Consumer<Run> what) {
        what.accept(run.at(now));
        run.drainInto(events, effects);
        if (run.finished()) {
            runs.remove(run.caller().call().value());
        }
    }

    private Decision<IvrEvent, IvrEffect, Refusal> decision(Optional<Refusal> refusal) {
        var decision = new Decision<>(events, effects, refusal);
        events.clear();
        effects.clear();
        return decision;
    }
}
