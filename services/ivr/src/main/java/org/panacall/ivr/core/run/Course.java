// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.EndReason;
import org.panacall.ivr.core.IvrEffect;
import org.panacall.ivr.core.IvrEvent.Ending;
import org.panacall.ivr.core.IvrEvent.FlowFinished;
import org.panacall.ivr.core.IvrEvent.StepEntered;
import org.panacall.ivr.core.IvrEvent.StepLeft;
import org.panacall.ivr.core.IvrEvent.VariableSet;
import org.panacall.ivr.core.Limits;
import org.panacall.ivr.core.flow.Around;
import org.panacall.ivr.core.flow.Destination;
import org.panacall.ivr.core.flow.Destination.ToExtension;
import org.panacall.ivr.core.flow.Destination.ToGroup;
import org.panacall.ivr.core.flow.Destination.ToNumber;
import org.panacall.ivr.core.flow.Destination.ToQueue;
import org.panacall.ivr.core.flow.DialPlan;
import org.panacall.ivr.core.flow.Expression;
import org.panacall.ivr.core.flow.Flow;
import org.panacall.ivr.core.flow.Listening;
import org.panacall.ivr.core.flow.Prompt;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.QueueId;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.run.Waiting.Answering;
import org.panacall.ivr.core.run.Waiting.Echoing;
import org.panacall.ivr.core.run.Waiting.HandingOver;
import org.panacall.ivr.core.run.Waiting.Pausing;
import org.panacall.ivr.core.run.Waiting.Playing;
import org.panacall.ivr.core.say.Sayings;

/**
 * The way of one caller through his flow: from step to step until one waits for something. Owned by
 * a {@link Run}, which says what happens meanwhile.
 */
final class Course {

    /** Keys kept or collected; who presses more is playing with the phone. */
    private static final int KEYS_MAX = 34;

    private static final int VALUE_MAX = 1_000;

    final History history;
    final Questions questions = new Questions(this);
    final Errands errands = new Errands(this);
    final Messages messages = new Messages(this);
    final Voicebox voicebox = new Voicebox(this);
    private final Deeds deeds = new Deeds(this);
    private final Run.Drawing drawing;
    private final Limits limits;
    private final Instant endsBy;
    private Waiting waiting;
    private Instant now;
    private boolean answered;
    private String kept = "";

    Course(History history, Run.Drawing drawing, Limits limits, Instant startedAt) {
        this.history = history;
        this.drawing = drawing;
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

    /** The flow that the run is in; none when the tenant has it no more. */
    Optional<Flow> flow() {
        return flow(history.situation().innermost().flow());
    }

    Optional<Flow> flow(FlowId id) {
        return id.equals(drawing.flow().id())
                ? Optional.of(drawing.flow())
                : Optional.ofNullable(drawing.around().flows().get(id));
    }

    DialPlan plan() {
        return drawing.plan();
    }

    Around around() {
        return drawing.around();
    }

    /** What names stand for now. */
    Names names() {
        var at = flow().orElseGet(drawing::flow);
        return new Names(caller(), around(), at, history.situation(), now);
    }

    /** What an expression is now; empty when it cannot be computed. */
    Optional<Object> value(Expression expression) {
        return expression.value(names()::find);
    }

    void set(String variable, Object value) {
        var text = String.valueOf(value);
        var kept = text.length() <= VALUE_MAX ? text : text.substring(0, VALUE_MAX);
        history.emit(new VariableSet(variable, kept), now);
    }

    /** Keeps a key that cut a prompt short, for the next menu. */
    void keep(String key) {
        kept = capped(kept + key);
    }

    /** What was pressed before anybody asked. */
    String takeKept() {
        var keys = kept;
        kept = "";
        return keys;
    }

    void answered(boolean is) {
        answered = is;
    }

    /** Begins at the flow's entry, with the answer unless that is the flow's own matter. */
    void begin() {
        if (answered || drawing.flow().answersItself()) {
            go(Optional.of(drawing.flow().entry()));
        } else {
            answer();
        }
    }

    /** Our answer has taken effect. */
    void goOnAnswered() {
        answered = true;
        if (history.step().isEmpty()) {
            begin();
        } else {
            resume();
        }
    }

    /** Asks for our answer to take effect. */
    private void answer() {
        var number = history.nextEffect();
        history.act(new IvrEffect.AnswerLeg(caller(), number));
        waiting = new Answering(number, false, in(limits.answer()));
    }

    /** Goes on at the step entered last, from its beginning. */
    void again() {
        kept = "";
        if (history.step().isEmpty() || !answered && !drawing.flow().answersItself()) {
            begin();
        } else {
            resume();
        }
    }

    private void resume() {
        var step = history.step().flatMap(id -> flow().flatMap(flow -> flow.step(id)));
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
        var found = flow().flatMap(flow -> flow.step(id));
        if (found.isEmpty() || history.steps() >= limits.steps()) {
            return fallBack();
        }
        var step = found.get();
        var flow = history.situation().innermost().flow().value();
        history.emit(new StepEntered(id, history.nextVisit(id), step.kind().word(), flow), now);
        return begin(step);
    }

    private Optional<StepId> begin(Step step) {
        if (!answered && (step.kind().isHeard() || step.kind() instanceof Step.Answer)) {
            answer();
            return Optional.empty();
        }
        return switch (step.kind()) {
            case Step.Play play -> play(step, play.prompts(), play.bargeIn());
            case Step.Say say -> say(step, say);
            case Step.Question question -> questions.open(step, question);
            case Step.Enqueue queue -> deeds.enqueue(step, queue);
            case Step.Transfer transfer -> handOver(deeds.to(step, transfer));
            case Step.Ring(var group) -> handOver(deeds.to(step, group));
            case Step.Lead lead -> lead(step, lead);
            case Step.Echo _ -> echo();
            case Step.HangUp(var reason) -> hangUp(Ending.HUNG_UP, reason);
            case Step.Answer _ -> leave(step, Step.DONE);
            case Step.RecordMessage record -> messages.record(step, record);
            case Step.RecordingNotice notice -> messages.notice(step, notice);
            case Step.Confer confer -> messages.confer(step, confer);
            case Step.Listen _ -> voicebox.open(step);
            case Step.Pause(var time) -> {
                waiting = new Pausing(step, in(time));
                yield Optional.empty();
            }
            case Step.Outside outside -> errands.open(step, outside);
            case Step.Await(var asking) -> errands.await(step, asking);
            default -> deeds.carryOut(step);
        };
    }

    Optional<StepId> leave(Step step, String exit) {
        history.emit(new StepLeft(step.id(), exit), now);
        var next = step.exit(exit);
        return next.isPresent() ? next : fallBack();
    }

    private Optional<StepId> play(Step step, List<Prompt> prompts, boolean bargeIn) {
        if (prompts.isEmpty() || bargeIn && !kept.isEmpty()) {
            return leave(step, Step.DONE);
        }
        waiting = new Playing(step, bargeIn, say(prompts, bargeIn), in(limits.play()));
        return Optional.empty();
    }

    private Optional<StepId> say(Step step, Step.Say say) {
        var chosen = history.situation().language();
        var usual = around().place().language();
        var prompts = Sayings.prompts(say.parts(), this::value, chosen, usual);
        return prompts.isPresent()
                ? play(step, prompts.get(), say.bargeIn())
                : leave(step, Step.FAILED);
    }

    /** A person is rung as one whom a step names, a queue as one that a step names. */
    private Optional<StepId> lead(Step step, Step.Lead lead) {
        var entry = value(lead.to()).map(String::valueOf).flatMap(plan()::entry);
        return switch (entry.orElse(null)) {
            case DialPlan.Reach(ToExtension to) -> {
                var person = new Step.Person(to.extension(), lead.only());
                var transfer = new Step.Transfer(person, lead.ringTimeout());
                yield begin(new Step(step.id(), transfer, step.exits()));
            }
            case DialPlan.Reach(ToQueue(var queue, var attributes)) ->
                    begin(new Step(step.id(), new Step.Enqueue(queue, attributes), step.exits()));
            case null, default -> leave(step, Step.FAILED);
        };
    }

    /** Dials an extension that is there. */
    Optional<StepId> dial(Step step, String extension) {
        history.emit(new StepLeft(step.id(), Step.EXTENSION), now);
        return switch (plan().entry(extension).orElseThrow()) {
            case DialPlan.Reach(ToExtension(var person, _, _)) ->
                    handOver(new ToExtension(person, fallback()));
            case DialPlan.Reach(ToQueue queue) -> handOver(queue);
            case DialPlan.Reach(ToNumber number) -> handOver(number);
            case DialPlan.Reach(ToGroup group) -> handOver(group);
            case DialPlan.Echo _ -> echo();
        };
    }

    long say(List<Prompt> prompts, boolean bargeIn) {
        return say(prompts, bargeIn, Optional.empty());
    }

    long say(List<Prompt> prompts, boolean bargeIn, Optional<Listening> listening) {
        var number = history.nextEffect();
        history.act(new IvrEffect.Play(caller(), number, heard(prompts), bargeIn, listening));
        return number;
    }

    /** Prompts in the caller's language. */
    List<Prompt> heard(List<Prompt> prompts) {
        var language = history.situation().language();
        var usual = around().place().language();
        return prompts.stream().map(prompt -> prompt.in(language, usual)).toList();
    }

    void stop(long play) {
        history.act(new IvrEffect.StopPlay(caller(), history.nextEffect(), play));
    }

    /** The call is back at the step that handed it over. */
    void goOnBy(String exit) {
        var step = history.step().flatMap(id -> flow().flatMap(flow -> flow.step(id)));
        go(step.isPresent() ? leave(step.get(), exit) : fallBack());
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

    /** Where the innermost flow that says so sends a caller when all else fails. */
    Optional<QueueId> fallback() {
        return history.situation().frames().reversed().stream()
                .map(frame -> flow(frame.flow()).flatMap(Flow::fallback))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> drawing.flow().fallback());
    }

    Optional<StepId> fallBack() {
        var queue = fallback();
        return queue.isEmpty()
                ? hangUp(Ending.FAILED, EndReason.NOBODY_TOOK_IT)
                : handOver(plain(queue.get()));
    }

    void handOverFailed(Destination to) {
        var step = history.step().flatMap(id -> flow().flatMap(flow -> flow.step(id)));
        if (isFallback(to)) {
            hangUp(Ending.FAILED, EndReason.NOBODY_TOOK_IT);
        } else if (step.isPresent() && step.get().exit(Step.FAILED).isPresent()) {
            go(leave(step.get(), Step.FAILED));
        } else {
            fallBack();
        }
    }

    private boolean isFallback(Destination to) {
        return fallback().filter(queue -> to.equals(plain(queue))).isPresent();
    }

    private static Destination plain(QueueId queue) {
        return new ToQueue(queue, new TreeMap<>());
    }

    Optional<StepId> hangUp(Ending ending, EndReason reason) {
        history.act(new IvrEffect.HangUpCall(caller(), history.nextEffect(), reason));
        finish(ending, "", reason);
        return Optional.empty();
    }

    void finish(Ending ending, String target, EndReason reason) {
        history.emit(new FlowFinished(ending, target, reason), now);
    }

    /** When a play that begins now is not believed any more. */
    Instant playLimit() {
        return in(limits.play());
    }

    Instant in(Duration wait) {
        return now.plus(wait);
    }

    static String capped(String keys) {
        return keys.length() <= KEYS_MAX ? keys : keys.substring(0, KEYS_MAX);
    }
}
