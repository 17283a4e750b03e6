// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.EndReason;
import org.panacall.ivr.core.IvrEffect;
import org.panacall.ivr.core.IvrEvent;
import org.panacall.ivr.core.IvrEvent.Ending;
import org.panacall.ivr.core.IvrEvent.FlowFinished;
import org.panacall.ivr.core.IvrEvent.InputReceived;
import org.panacall.ivr.core.IvrEvent.StepEntered;
import org.panacall.ivr.core.IvrEvent.StepLeft;
import org.panacall.ivr.core.Limits;
import org.panacall.ivr.core.flow.Destination;
import org.panacall.ivr.core.flow.Destination.ToExtension;
import org.panacall.ivr.core.flow.Destination.ToQueue;
import org.panacall.ivr.core.flow.DialPlan;
import org.panacall.ivr.core.flow.Flow;
import org.panacall.ivr.core.flow.Prompt;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.id.LegId;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.run.Waiting.Answering;
import org.panacall.ivr.core.run.Waiting.Collecting;
import org.panacall.ivr.core.run.Waiting.Echoing;
import org.panacall.ivr.core.run.Waiting.FirstKey;
import org.panacall.ivr.core.run.Waiting.HandingOver;
import org.panacall.ivr.core.run.Waiting.Playing;
import org.panacall.ivr.core.run.Waiting.Prompting;

/**
 * One caller going through one flow. Every failure takes the step's exit or the fallback queue.
 *
 * <p>Which steps were entered and left is in the events; what is waited for within a step is not,
 * so whoever rebuilds a run from events enters its step anew.
 */
public final class Run {

    /** Keys kept or collected; who presses more is playing with the phone. */
    private static final int KEYS_MAX = 32;

    private static final Duration ANSWER_NOTICE_WAIT = Duration.ofSeconds(1);

    private final Caller caller;
    private final Flow flow;
    private final DialPlan plan;
    private final Limits limits;
    private final Instant endsBy;
    private final History history;
    private Waiting waiting;
    private Instant now;
    private String kept = "";
    private int attempts;

    public Run(Caller caller, IvrEvent.FlowStarted started, Limits limits, Instant now) {
        this.caller = caller;
        this.flow = started.flow();
        this.plan = started.dialPlan();
        this.limits = limits;
        this.endsBy = now.plus(limits.duration());
        this.history = new History(caller);
        this.now = now;
        this.waiting = new Answering(0, false, now.plus(limits.answer()));
    }

    public Caller caller() {
        return caller;
    }

    public boolean finished() {
        return history.finished();
    }

    public Instant deadline() {
        var due = waiting.deadline();
        return due.isBefore(endsBy) || waiting instanceof HandingOver ? due : endsBy;
    }

    public void apply(IvrEvent event) {
        history.apply(event);
    }

    public void drainInto(List<IvrEvent> events, List<IvrEffect> effects) {
        history.drainInto(events, effects);
    }

    /** Sets the time of the turn; everything below happens at it. */
    public Run at(Instant moment) {
        now = moment;
        return this;
    }

    public void start(boolean answered) {
        if (answered) {
            go(Optional.of(flow.entry()));
            return;
        }
        var number = history.nextEffect();
        history.act(new IvrEffect.AnswerLeg(caller, number));
        waiting = new Answering(number, false, in(limits.answer()));
    }

    public void onLegAnswered(LegId leg) {
        if (waiting instanceof Answering && leg.equals(caller.leg())) {
            go(Optional.of(flow.entry()));
        }
    }

    public void onLegEnded(LegId leg, EndReason reason) {
        if (leg.equals(caller.leg())) {
            finish(Ending.CALLER_HUNG_UP, "", reason);
        }
    }

    public void onCallEnded(EndReason reason) {
        finish(Ending.CALLER_HUNG_UP, "", reason);
    }

    public void onControlLost() {
        var target = waiting instanceof HandingOver(var to, _, _) ? to.target() : "";
        finish(Ending.HANDED_OVER, target, EndReason.HANDED_OVER);
    }

    public void onKey(LegId leg, String key) {
        if (!leg.equals(caller.leg())) {
            return;
        }
        switch (waiting) {
            case Playing(var step, var bargeIn, _, _) when bargeIn -> {
                kept = capped(kept + key);
                go(leave(step, Step.DONE));
            }
            case Prompting(var step, var menu, _, _) -> go(collect(step, menu, key));
            case FirstKey(var step, var menu, _) -> go(collect(step, menu, key));
            case Collecting(var step, var menu, var typed, _) ->
                    go(collect(step, menu, capped(typed + key)));
            // Nobody asked for a key.
            case Playing _, Answering _, HandingOver _, Echoing _ -> {}
        }
    }

    public void onPlayEnded(long play) {
        switch (waiting) {
            case Playing(var step, _, var number, _) when number == play ->
                    go(leave(step, Step.DONE));
            case Prompting(var step, var menu, var number, _) when number == play ->
                    waiting = new FirstKey(step, menu, in(menu.patience().firstKey()));
            // An older play: a key or a deadline was faster.
            default -> {}
        }
    }

    public void onEffectDone(long effect) {
        switch (waiting) {
            case HandingOver(var to, var number, _) when number == effect ->
                    finish(Ending.HANDED_OVER, to.target(), EndReason.HANDED_OVER);
            // A leg that had been answered before may get no notice of it.
            case Answering(var number, _, _) when number == effect ->
                    waiting = new Answering(number, true, in(ANSWER_NOTICE_WAIT));
            default -> {}
        }
    }

    public void onEffectFailed(long effect, boolean callGone) {
        if (callGone) {
            finish(Ending.FAILED, "", EndReason.CALL_GONE);
            return;
        }
        switch (waiting) {
            case Answering(var number, _, _) when number == effect -> fallBack();
            case Echoing(var number, _) when number == effect -> fallBack();
            case HandingOver(var to, var number, _) when number == effect -> handOverFailed(to);
            // A play that did not begin is a play that has ended. The rest can be missed.
            default -> onPlayEnded(effect);
        }
    }

    public void onDeadline() {
        if (waiting instanceof HandingOver(var to, _, var due)) {
            if (!due.isAfter(now)) {
                handOverFailed(to);
            }
        } else if (!endsBy.isAfter(now)) {
            tooLong();
        } else if (!waiting.deadline().isAfter(now)) {
            waitedInVain();
        }
    }

    /** Ends the run in good order: the caller goes to the fallback queue. */
    public void handOverNow() {
        if (!(waiting instanceof HandingOver)) {
            fallBack();
        }
    }

    private void waitedInVain() {
        switch (waiting) {
            case Answering(_, var sent, _) when sent -> go(Optional.of(flow.entry()));
            case Answering _ -> fallBack();
            case Playing(var step, _, var play, _) -> {
                stop(play);
                go(leave(step, Step.DONE));
            }
            case Prompting(var step, var menu, var play, _) -> {
                stop(play);
                waiting = new FirstKey(step, menu, in(menu.patience().firstKey()));
            }
            case FirstKey(var step, _, _) -> go(leave(step, Step.NO_INPUT));
            case Collecting(var step, var menu, var typed, _) -> go(taken(step, menu, typed, true));
            case HandingOver(var to, _, _) -> handOverFailed(to);
            case Echoing _ -> tooLong();
        }
    }

    private void tooLong() {
        if (waiting instanceof Echoing) {
            hangUp(Ending.HUNG_UP, EndReason.TOO_LONG);
        } else {
            fallBack();
        }
    }

    /** Goes from step to step until one waits for something. Bounded by the run's steps. */
    private void go(Optional<StepId> first) {
        for (var next = first; next.isPresent(); ) {
            next = enter(next.get());
        }
    }

    /** Enters a step; the next one when this one is left at once. */
    private Optional<StepId> enter(StepId id) {
        var found = flow.step(id);
        if (found.isEmpty() || history.steps() >= limits.steps()) {
            return fallBack();
        }
        history.emit(new StepEntered(id, history.nextVisit(id)), now);
        var step = found.get();
        return switch (step.kind()) {
            case Step.Play play -> play(step, play);
            case Step.Menu menu -> open(step, menu);
            case Step.Enqueue(var queue, var attributes) ->
                    handOver(new ToQueue(queue, attributes));
            case Step.Transfer(var extension) ->
                    handOver(new ToExtension(extension, flow.fallback()));
            case Step.Echo _ -> echo();
            case Step.HangUp _ -> hangUp(Ending.HUNG_UP, EndReason.FLOW_ENDED);
        };
    }

    private Optional<StepId> leave(Step step, String exit) {
        history.emit(new StepLeft(step.id(), exit), now);
        var next = step.exit(exit);
        return next.isPresent() ? next : fallBack();
    }

    private Optional<StepId> play(Step step, Step.Play play) {
        if (play.prompts().isEmpty() || play.bargeIn() && !kept.isEmpty()) {
            return leave(step, Step.DONE);
        }
        var number = say(play.prompts(), play.bargeIn());
        waiting = new Playing(step, play.bargeIn(), number, in(limits.play()));
        return Optional.empty();
    }

    private Optional<StepId> open(Step step, Step.Menu menu) {
        attempts = 0;
        if (kept.isEmpty()) {
            return ask(step, menu, menu.prompts());
        }
        var typed = kept;
        kept = "";
        return collect(step, menu, typed);
    }

    private Optional<StepId> ask(Step step, Step.Menu menu, List<Prompt> prompts) {
        if (prompts.isEmpty()) {
            waiting = new FirstKey(step, menu, in(menu.patience().firstKey()));
        } else {
            waiting = new Prompting(step, menu, say(prompts, true), in(limits.play()));
        }
        return Optional.empty();
    }

    /** Takes what was typed, or waits for more where something longer is possible. */
    private Optional<StepId> collect(Step step, Step.Menu menu, String typed) {
        return switch (Input.of(typed, menu.keys(), plan)) {
            case COMPLETE_OR_MORE, MORE -> {
                waiting = new Collecting(step, menu, typed, in(menu.patience().interKey()));
                yield Optional.empty();
            }
            case COMPLETE, WRONG -> taken(step, menu, typed, false);
        };
    }

    /** Acts on what was typed; nothing more is going to come. */
    private Optional<StepId> taken(Step step, Step.Menu menu, String typed, boolean late) {
        var input = Input.of(typed, menu.keys(), plan);
        var accepted = input == Input.COMPLETE || late && input == Input.COMPLETE_OR_MORE;
        history.emit(new InputReceived(step.id(), typed, accepted), now);
        if (!accepted) {
            return wrong(step, menu);
        }
        return menu.keys().keys().contains(typed) ? leave(step, typed) : dial(step, typed);
    }

    private Optional<StepId> wrong(Step step, Step.Menu menu) {
        attempts++;
        if (attempts >= menu.patience().attempts()) {
            return leave(step, Step.INVALID);
        }
        var prompts = new ArrayList<>(menu.invalidPrompts());
        prompts.addAll(menu.prompts());
        return ask(step, menu, prompts);
    }

    private Optional<StepId> dial(Step step, String extension) {
        history.emit(new StepLeft(step.id(), Step.EXTENSION), now);
        return switch (plan.entry(extension).orElseThrow()) {
            case DialPlan.Reach(ToExtension(var person, _)) ->
                    handOver(new ToExtension(person, flow.fallback()));
            case DialPlan.Reach(ToQueue queue) -> handOver(queue);
            case DialPlan.Echo _ -> echo();
        };
    }

    private long say(List<Prompt> prompts, boolean bargeIn) {
        var number = history.nextEffect();
        history.act(new IvrEffect.Play(caller, number, prompts, bargeIn));
        return number;
    }

    private void stop(long play) {
        history.act(new IvrEffect.StopPlay(caller, history.nextEffect(), play));
    }

    private Optional<StepId> echo() {
        var number = history.nextEffect();
        history.act(new IvrEffect.EchoLeg(caller, number));
        waiting = new Echoing(number, endsBy);
        return Optional.empty();
    }

    private Optional<StepId> handOver(Destination to) {
        var number = history.nextEffect();
        history.act(new IvrEffect.HandOver(caller, number, to));
        waiting = new HandingOver(to, number, in(limits.handOver()));
        return Optional.empty();
    }

    private Optional<StepId> fallBack() {
        if (flow.fallback().isEmpty()) {
            return hangUp(Ending.FAILED, EndReason.NOBODY_TOOK_IT);
        }
        return handOver(fallback());
    }

    private void handOverFailed(Destination to) {
        if (flow.fallback().isPresent() && !to.equals(fallback())) {
            handOver(fallback());
        } else {
            hangUp(Ending.FAILED, EndReason.NOBODY_TOOK_IT);
        }
    }

    private Destination fallback() {
        return new ToQueue(flow.fallback().orElseThrow(), new TreeMap<>());
    }

    private Optional<StepId> hangUp(Ending ending, EndReason reason) {
        history.act(new IvrEffect.HangUpCall(caller, history.nextEffect(), reason));
        finish(ending, "", reason);
        return Optional.empty();
    }

    private void finish(Ending ending, String target, EndReason reason) {
        history.emit(new FlowFinished(ending, target, reason), now);
    }

    private Instant in(Duration wait) {
        return now.plus(wait);
    }

    private static String capped(String keys) {
        return keys.length() <= KEYS_MAX ? keys : keys.substring(0, KEYS_MAX);
    }
}
