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
import org.panacall.ivr.core.IvrCommand.NoteCallAdopted;
import org.panacall.ivr.core.IvrCommand.NoteCallEnded;
import org.panacall.ivr.core.IvrCommand.NoteCallFound;
import org.panacall.ivr.core.IvrCommand.NoteCallMissing;
import org.panacall.ivr.core.IvrCommand.NoteControlLost;
import org.panacall.ivr.core.IvrCommand.NoteEffectDone;
import org.panacall.ivr.core.IvrCommand.NoteEffectFailed;
import org.panacall.ivr.core.IvrCommand.NoteEffectLost;
import org.panacall.ivr.core.IvrCommand.NoteKeyPressed;
import org.panacall.ivr.core.IvrCommand.NoteLegAnswered;
import org.panacall.ivr.core.IvrCommand.NoteLegEnded;
import org.panacall.ivr.core.IvrCommand.NoteOutcome;
import org.panacall.ivr.core.IvrCommand.NotePlayEnded;
import org.panacall.ivr.core.IvrCommand.NoteRoomEnded;
import org.panacall.ivr.core.IvrCommand.NoteSpeech;
import org.panacall.ivr.core.IvrCommand.StartRun;
import org.panacall.ivr.core.id.CallId;
import org.panacall.ivr.core.run.Run;
import org.panacall.ivr.core.run.Trace;

/**
 * All runs of one instance, one a call.
 *
 * <p>Owned by a single thread. Each run goes by itself: what one does never depends on another.
 */
public final class Ivr implements Core<IvrCommand, IvrEvent, IvrEffect, Refusal> {

    private final Limits limits;
    private final SortedMap<String, Run> runs = new TreeMap<>();
    private final Agenda agenda = new Agenda();
    private final List<IvrEvent> events = new ArrayList<>();
    private final List<IvrEffect> effects = new ArrayList<>();

    public Ivr(Limits limits) {
        this.limits = limits;
    }

    /** Goes on with a run that somebody else began. Before the first command. */
    public void inherit(Trace trace, Run.Drawing drawing, Instant now) {
        put(new Run(trace, drawing, limits, now));
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
                    case NotePlayEnded(var call, var play, var end) ->
                            with(call, now, run -> run.onPlayEnded(play, end));
                    case NoteRoomEnded(var call, var room, var full) ->
                            with(call, now, run -> run.onRoomEnded(room, full));
                    case NoteSpeech(var call, var play, var speech) ->
                            with(call, now, run -> run.onSpeech(play, speech));
                    case NoteCallEnded(var call, var reason) ->
                            with(call, now, run -> run.onCallEnded(reason));
                    case NoteControlLost(var call) -> with(call, now, Run::onControlLost);
                    case NoteEffectDone(var call, var effect) ->
                            with(call, now, run -> run.onEffectDone(effect));
                    case NoteEffectFailed(var call, var effect, var gone) ->
                            with(call, now, run -> run.onEffectFailed(effect, gone));
                    case NoteEffectLost(var call, var effect, var unknown) ->
                            with(call, now, run -> run.onEffectLost(effect, unknown));
                    case NoteOutcome(var call, var effect, var outcome) ->
                            with(call, now, run -> run.onOutcome(effect, outcome));
                    case NoteCallFound(var call, var sipIngress, var seen) ->
                            with(call, now, run -> run.onFound(sipIngress, seen));
                    case NoteCallMissing(var call) -> with(call, now, Run::onMissing);
                    case NoteCallAdopted(var call, var sipIngress, var seen) ->
                            with(call, now, run -> run.onAdopted(sipIngress, seen));
                    case HandAllOver _ -> handAllOver(now);
                };
        return decision(refusal);
    }

    @Override
    public Decision<IvrEvent, IvrEffect, Refusal> tick(Instant now) {
        agenda.due(now).forEach(call -> let(runs.get(call), now, Run::onDeadline));
        return decision(Optional.empty());
    }

    @Override
    public Optional<Instant> nextDeadline() {
        return agenda.next();
    }

    @Override
    public void apply(IvrEvent event) {
        // Runs change as they decide; an heir rebuilds them from their traces.
    }

    private Optional<Refusal> start(StartRun start, Instant now) {
        var call = start.caller().call().value();
        var present = Optional.ofNullable(runs.get(call));
        if (present.isPresent() && !isBackAlready(present.get(), start)) {
            return Optional.empty();
        }
        present.ifPresent(run -> let(run, now, Run::onControlLost));
        if (runs.size() >= limits.runs()) {
            return Optional.of(new Refusal.TooManyRuns());
        }
        let(
                put(new Run(start.caller(), start.drawing(), limits, now)),
                now,
                run ->
                        start.back()
                                .ifPresentOrElse(
                                        back -> run.comeBack(back, start.answered()),
                                        () -> run.start(start.answered(), start.variables())));
        return Optional.empty();
    }

    /** Its call came back before sip-ingress's word that it was handed over. */
    private static boolean isBackAlready(Run run, StartRun start) {
        return run.isHandingOver()
                && start.back()
                        .filter(back -> back.bookmark().resumed() > run.resumed())
                        .isPresent();
    }

    private Run put(Run run) {
        var call = run.caller().call().value();
        runs.put(call, run);
        agenda.set(call, run.deadline());
        return run;
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
        var call = run.caller().call().value();
        if (run.finished()) {
            runs.remove(call);
            agenda.remove(call);
        } else {
            agenda.set(call, run.deadline());
        }
    }

    private Decision<IvrEvent, IvrEffect, Refusal> decision(Optional<Refusal> refusal) {
        var decision = new Decision<>(events, effects, refusal);
        events.clear();
        effects.clear();
        return decision;
    }
}
