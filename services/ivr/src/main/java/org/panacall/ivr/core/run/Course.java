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
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.run.Waiting.Answering;
import org.panacall.ivr.core.run.Waiting.Collecting;
import org.panacall.ivr.core.run.Waiting.Echoing;
import org.panacall.ivr.core.run.Waiting.FirstKey;
import org.panacall.ivr.core.run.Waiting.HandingOver;
import org.panacall.ivr.core.run.Waiting.Playing;
import org.panacall.ivr.core.run.Waiting.Prompting;

/**
 * The way of one caller through his flow: from step to step until one waits for something. Owned by
 * a {@link Run}, which says what happens meanwhile.
 */
final class Course {

    /** Keys kept or collected; who presses more is playing with the phone. */
    private static final int KEYS_MAX = 32;

    final History history;
    private final Flow flow;
    private final DialPlan plan;
    private final Limits limits;
    private final Instant endsBy;
    private Waiting waiting;
    private Instant now;
    private String kept = "";
    private int attempts;

    Course(History history, Run.Drawing drawing, Limits limits, Instant startedAt) {
        this.history = history;
        this.flow = drawing.flow();
        this.plan = drawing.plan();
        this.limits = limits;
        this.endsBy = startedAt.plus(limits.duration());
        this.now = startedAt;
    }

    Waiting waiting() {
        return waiting;
    }

    void waitFor(Waiting next) {
        waiting = next;
    }

    Instant now() {
        return now;
    }

    void at(Instant moment) {
        now = moment;
    }

    Instant endsBy() {
        return endsBy;
    }

    Caller caller() {
        return history.caller();
    }

    StepId entry() {
        return flow.entry();
    }

    String flowId() {
        return flow.id().value();
    }

    /** Keeps a key that cut a prompt short, for the next menu. */
    void keep(String key) {
        kept = capped(kept + key);
    }

    /** Asks for our answer to take effect. */
    void answer() {
        var number = history.nextEffect();
        history.act(new IvrEffect.AnswerLeg(caller(), number));
        waiting = new Answering(number, false, in(limits.answer()));
    }

    /** Goes on at the step entered last, from its beginning. */
    void again() {
        kept = "";
        var step = history.step().flatMap(flow::step);
        go(step.isPresent() ? begin(step.get()) : fallBack());
    }

    /** Goes from step to step until one waits for something. Bounded by the run's steps. */
    void go(Optional<StepId> first) {
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
        return begin(found.get());
    }

    private Optional<StepId> begin(Step step) {
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

    Optional<StepId> leave(Step step, String exit) {
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
    Optional<StepId> collect(Step step, Step.Menu menu, String typed) {
        return switch (Input.of(typed, menu.keys(), plan)) {
            case COMPLETE_OR_MORE, MORE -> {
                waiting = new Collecting(step, menu, typed, in(menu.patience().interKey()));
                yield Optional.empty();
            }
            case COMPLETE, WRONG -> taken(step, menu, typed, false);
        };
    }

    /** Acts on what was typed; nothing more is going to come. */
    Optional<StepId> taken(Step step, Step.Menu menu, String typed, boolean late) {
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
        history.act(new IvrEffect.Play(caller(), number, prompts, bargeIn));
        return number;
    }

    void stop(long play) {
        history.act(new IvrEffect.StopPlay(caller(), history.nextEffect(), play));
    }

    private Optional<StepId> echo() {
        var number = history.nextEffect();
        history.act(new IvrEffect.EchoLeg(caller(), number));
        waiting = new Echoing(number, endsBy);
        return Optional.empty();
    }

    Optional<StepId> handOver(Destination to) {
        var number = history.nextEffect();
        var mark = history.steps() + (isFallback(to) ? "-fallback" : "");
        history.act(new IvrEffect.HandOver(caller(), number, to, mark));
        waiting = new HandingOver(to, number, in(limits.handOver()));
        return Optional.empty();
    }

    Optional<StepId> fallBack() {
        if (flow.fallback().isEmpty()) {
            return hangUp(Ending.FAILED, EndReason.NOBODY_TOOK_IT);
        }
        return handOver(fallback());
    }

    void handOverFailed(Destination to) {
        if (flow.fallback().isPresent() && !isFallback(to)) {
            handOver(fallback());
        } else {
            hangUp(Ending.FAILED, EndReason.NOBODY_TOOK_IT);
        }
    }

    private boolean isFallback(Destination to) {
        return flow.fallback().isPresent() && to.equals(fallback());
    }

    private Destination fallback() {
        return new ToQueue(flow.fallback().orElseThrow(), new TreeMap<>());
    }

    Optional<StepId> hangUp(Ending ending, EndReason reason) {
        history.act(new IvrEffect.HangUpCall(caller(), history.nextEffect(), reason));
        finish(ending, "", reason);
        return Optional.empty();
    }

    void finish(Ending ending, String target, EndReason reason) {
        history.emit(new FlowFinished(ending, target, reason), now);
    }

    Instant in(Duration wait) {
        return now.plus(wait);
    }

    static String capped(String keys) {
        return keys.length() <= KEYS_MAX ? keys : keys.substring(0, KEYS_MAX);
    }
}
