// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.EndReason;
import org.panacall.ivr.core.IvrCommand.Back;
import org.panacall.ivr.core.IvrCommand.PlayEnd;
import org.panacall.ivr.core.IvrCommand.Seen;
import org.panacall.ivr.core.IvrCommand.Speech;
import org.panacall.ivr.core.IvrEffect;
import org.panacall.ivr.core.IvrEvent;
import org.panacall.ivr.core.IvrEvent.CallCameBack;
import org.panacall.ivr.core.IvrEvent.Ending;
import org.panacall.ivr.core.IvrEvent.FlowStarted;
import org.panacall.ivr.core.IvrEvent.RunResumed;
import org.panacall.ivr.core.Limits;
import org.panacall.ivr.core.flow.Around;
import org.panacall.ivr.core.flow.Destination;
import org.panacall.ivr.core.flow.DialPlan;
import org.panacall.ivr.core.flow.Flow;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.id.LegId;
import org.panacall.ivr.core.outside.Outcome;
import org.panacall.ivr.core.run.Waiting.Answering;
import org.panacall.ivr.core.run.Waiting.Asking;
import org.panacall.ivr.core.run.Waiting.Browsing;
import org.panacall.ivr.core.run.Waiting.Collecting;
import org.panacall.ivr.core.run.Waiting.Conferring;
import org.panacall.ivr.core.run.Waiting.Echoing;
import org.panacall.ivr.core.run.Waiting.FirstKey;
import org.panacall.ivr.core.run.Waiting.HandingOver;
import org.panacall.ivr.core.run.Waiting.Missing;
import org.panacall.ivr.core.run.Waiting.Noticing;
import org.panacall.ivr.core.run.Waiting.Pausing;
import org.panacall.ivr.core.run.Waiting.Playing;
import org.panacall.ivr.core.run.Waiting.Prompting;
import org.panacall.ivr.core.run.Waiting.Recording;

/**
 * One caller going through one flow. Every failure takes the step's exit or the fallback queue.
 *
 * <p>Which steps were entered and left is in the events; what is waited for within a step is not,
 * so whoever rebuilds a run from events enters its step anew.
 */
public final class Run {

    private static final Duration ANSWER_NOTICE_WAIT = Duration.ofSeconds(1);

    private final Course course;
    private final History history;
    private final Limits limits;
    private boolean lastResort;

    /**
     * What a run goes by: a flow as it was drawn, whom one may dial in it, and what it looks at.
     */
    public record Drawing(Flow flow, DialPlan plan, Around around) {

        public Drawing(Flow flow, DialPlan plan) {
            this(flow, plan, Around.NOTHING);
        }
    }

    public Run(Caller caller, Drawing drawing, Limits limits, Instant now) {
        this(new Course(new History(caller, drawing.flow().id()), drawing, limits, now), limits);
        var flow = drawing.flow();
        history.emit(new FlowStarted(flow.id(), flow.version()), now);
        course.waitFor(new Answering(0, false, course.in(limits.answer())));
    }

    /** A run that somebody else began. It waits for a sip-ingress to say that its call is there. */
    public Run(Trace trace, Drawing drawing, Limits limits, Instant now) {
        this(new Course(new History(trace), drawing, limits, trace.startedAt()), limits);
        course.at(now);
        course.waitFor(new Missing(Optional.empty(), course.in(limits.missing())));
    }

    private Run(Course course, Limits limits) {
        this.course = course;
        this.history = course.history;
        this.limits = limits;
    }

    public Caller caller() {
        return history.caller();
    }

    /** Whether the caller is being asked something. */
    public boolean asks() {
        return switch (course.waiting()) {
            case Prompting _, FirstKey _, Collecting _ -> true;
            case Browsing(_, var phase, _, _) -> phase.asks();
            default -> false;
        };
    }

    /** How often its call came back, or it was resumed. */
    public int resumed() {
        return history.resumed();
    }

    public boolean finished() {
        return history.finished();
    }

    public Instant deadline() {
        var due = course.waiting().deadline();
        return due.isBefore(course.endsBy()) || isOnItsWay() ? due : course.endsBy();
    }

    /** Nothing is to be done about a run that is too long but what is being done. */
    private boolean isOnItsWay() {
        return course.waiting() instanceof HandingOver || course.waiting() instanceof Missing;
    }

    public void drainInto(List<IvrEvent> events, List<IvrEffect> effects) {
        history.drainInto(events, effects);
    }

    /** Sets the time of the turn; everything below happens at it. */
    public Run at(Instant moment) {
        course.at(moment);
        return this;
    }

    /** Begins; what the flow does not know as a variable is left out. */
    public void start(boolean answered, SortedMap<String, String> variables) {
        course.answered(answered);
        var own = course.flow().map(Flow::variables).orElse(Map.of());
        variables.forEach(
                (name, value) -> {
                    if (own.containsKey(name)) course.set(name, value);
                });
        course.begin();
    }

    /** Goes on where a flow handed the call over. */
    public void comeBack(Back back, boolean answered) {
        course.answered(answered);
        history.emit(new CallCameBack(back.bookmark(), back.exit()), course.now());
        course.goOnBy(back.exit());
    }

    /** Whether its call is on its way to somebody, so that it may be back before we hear of it. */
    public boolean isHandingOver() {
        return goingTo().isPresent();
    }

    public void onLegAnswered(LegId leg) {
        if (course.waiting() instanceof Answering && leg.equals(caller().leg())) {
            course.goOnAnswered();
        }
    }

    public void onLegEnded(LegId leg, EndReason reason) {
        if (leg.equals(caller().leg())) {
            course.finish(Ending.CALLER_HUNG_UP, "", reason);
        }
    }

    public void onCallEnded(EndReason reason) {
        course.finish(Ending.CALLER_HUNG_UP, "", reason);
    }

    public void onControlLost() {
        var target = goingTo().map(Destination::target).orElse("");
        course.finish(Ending.HANDED_OVER, target, EndReason.HANDED_OVER);
    }

    public void onKey(LegId leg, String key) {
        if (!leg.equals(caller().leg())) {
            return;
        }
        switch (course.waiting()) {
            case Playing(var step, var bargeIn, _, _) when bargeIn -> {
                course.keep(key);
                course.go(course.leave(step, Step.DONE));
            }
            case Prompting(var step, var question, _, _) ->
                    course.go(course.questions.collect(step, question, key));
            case FirstKey(var step, var question, _, _) ->
                    course.go(course.questions.collect(step, question, key));
            case Collecting(var step, var question, var typed, _) -> {
                var more = Course.capped(typed + key);
                course.go(course.questions.collect(step, question, more));
            }
            case Conferring(var step, var confer, _, _) when key.equals(confer.leaveKey()) ->
                    course.go(course.messages.leaveRoom(step));
            case Browsing(var step, var phase, _, _) ->
                    course.go(course.voicebox.key(step, phase, key));
            // Nobody asked for a key.
            default -> {}
        }
    }

    public void onPlayEnded(long play, PlayEnd end) {
        switch (course.waiting()) {
            case Playing(var step, _, var number, _) when number == play ->
                    course.go(course.leave(step, Step.DONE));
            case Prompting(var step, var question, var number, _) when number == play ->
                    course.questions.awaitFirstKey(step, question, number);
            case Noticing(var step, var notice, var number, _) when number == play ->
                    course.go(course.messages.noticed(step, notice, end));
            case Recording(var step, var mailbox, var number, _) when number == play ->
                    course.go(course.messages.recorded(step, mailbox, end));
            case Browsing(var step, var phase, var number, _) when number == play ->
                    course.go(course.voicebox.played(step, phase, end));
            // An older play: a key or a deadline was faster.
            default -> {}
        }
    }

    /** The room is full, or not to be had. */
    public void onRoomEnded(String room, boolean full) {
        if (course.waiting() instanceof Conferring(var step, _, var in, _)
                && in.room().equals(room)) {
            course.go(course.leave(step, full ? Step.Confer.FULL : Step.FAILED));
        }
    }

    /** Keys win: whoever has begun to type, or has gone on, is not heard. */
    public void onSpeech(long play, Speech speech) {
        switch (course.waiting()) {
            case Prompting(var step, var question, var number, _) when number == play ->
                    course.go(course.questions.heard(step, question, number, speech));
            case FirstKey(var step, var question, var number, _) when number == play ->
                    course.go(course.questions.heard(step, question, number, speech));
            default -> {}
        }
    }

    /** What came of an errand; one that nobody waits for any more is dropped. */
    public void onOutcome(long number, Outcome outcome) {
        switch (course.waiting()) {
            case Asking(var step, var asked, _) when asked == number ->
                    course.go(course.errands.taken(step, outcome));
            case Browsing(var step, var phase, var asked, _) when asked == number ->
                    course.go(course.voicebox.answered(step, phase, outcome));
            default -> {
                course.voicebox.settled(number);
                course.errands.keep(number, outcome);
            }
        }
    }

    public void onEffectDone(long effect) {
        switch (course.waiting()) {
            case HandingOver(var to, var number, _) when number == effect ->
                    course.finish(Ending.HANDED_OVER, to.target(), EndReason.HANDED_OVER);
            // A leg that had been answered before may get no notice of it.
            case Answering(var number, _, _) when number == effect ->
                    course.waitFor(new Answering(number, true, course.in(ANSWER_NOTICE_WAIT)));
            default -> {}
        }
    }

    public void onEffectFailed(long effect, boolean callGone) {
        if (callGone) {
            course.finish(Ending.FAILED, "", EndReason.CALL_GONE);
            return;
        }
        switch (course.waiting()) {
            case Answering(var number, _, _) when number == effect -> course.fallBack();
            case Echoing(var number, _) when number == effect -> course.fallBack();
            case Conferring(var step, _, var in, _) when in.effect() == effect ->
                    course.go(course.leave(step, Step.FAILED));
            case HandingOver(var to, var number, _) when number == effect ->
                    course.handOverFailed(to);
            // A play that did not begin is a play that has ended. The rest can be missed.
            default -> onPlayEnded(effect, PlayEnd.BROKEN_OFF);
        }
    }

    /** sip-ingress is away: the call may turn up at another one, so the flow must not run on. */
    public void onEffectLost(long effect, boolean unknown) {
        if (lastResort) {
            onEffectFailed(effect, unknown);
        } else {
            onMissing();
        }
    }

    public void onMissing() {
        if (!(course.waiting() instanceof Missing)) {
            course.waitFor(new Missing(goingTo(), course.in(limits.missing())));
        }
    }

    public void onFound(String sipIngress, Seen seen) {
        var moved = !sipIngress.equals(caller().origin().sipIngress());
        if (course.waiting() instanceof Missing || moved) {
            onAdopted(sipIngress, seen);
        } else if (seen.answered()) {
            onLegAnswered(caller().leg());
        }
    }

    /** Goes on at the last step, from its beginning; keys that were pressed meanwhile are lost. */
    public void onAdopted(String sipIngress, Seen seen) {
        var to = goingTo();
        history.emit(new RunResumed(sipIngress), course.now());
        if (!seen.ours()) {
            course.finish(
                    Ending.HANDED_OVER,
                    to.map(Destination::target).orElse(""),
                    EndReason.HANDED_OVER);
        } else if (to.isPresent()) {
            course.handOver(to.get());
        } else {
            course.answered(seen.answered());
            if (course.endsBy().isAfter(course.now())) {
                course.again();
            } else {
                // It was missing for the rest of its time.
                course.fallBack();
            }
        }
    }

    private Optional<Destination> goingTo() {
        return switch (course.waiting()) {
            case HandingOver(var to, _, _) -> Optional.of(to);
            case Missing(var to, _) -> to;
            default -> Optional.empty();
        };
    }

    public void onDeadline() {
        if (isOnItsWay()) {
            if (!course.waiting().deadline().isAfter(course.now())) {
                waitedInVain();
            }
        } else if (!course.endsBy().isAfter(course.now())) {
            tooLong();
        } else if (!course.waiting().deadline().isAfter(course.now())) {
            waitedInVain();
        }
    }

    /** Ends the run in good order: the caller goes to the fallback queue. */
    public void handOverNow() {
        if (!(course.waiting() instanceof HandingOver)) {
            course.fallBack();
        }
    }

    private void waitedInVain() {
        switch (course.waiting()) {
            case Answering(_, var sent, _) when sent -> course.goOnAnswered();
            case Answering _ -> course.fallBack();
            case Playing(var step, _, var play, _) -> {
                course.stop(play);
                course.go(course.leave(step, Step.DONE));
            }
            case Prompting(var step, var question, var play, _) -> {
                course.stop(play);
                course.questions.awaitFirstKey(step, question, play);
            }
            case Noticing(var step, _, var play, _) -> giveUp(step, play);
            case Recording(var step, _, var play, _) -> giveUp(step, play);
            case FirstKey(var step, _, _, _) -> course.go(course.leave(step, Step.NO_INPUT));
            case Collecting(var step, var question, var typed, _) ->
                    course.go(course.questions.taken(step, question, typed, true));
            case Asking(var step, _, _) ->
                    course.go(course.errands.taken(step, Outcome.of(Step.TIMEOUT)));
            case Pausing(var step, _) -> course.go(course.leave(step, Step.DONE));
            case Conferring(var step, _, _, _) -> course.go(course.messages.leaveRoom(step));
            case Browsing(var step, var phase, var number, _) ->
                    course.go(course.voicebox.late(step, phase, number));
            case HandingOver(var to, _, _) -> course.handOverFailed(to);
            case Missing _ -> {
                lastResort = true;
                course.fallBack();
            }
            case Echoing _ -> tooLong();
        }
    }

    private void giveUp(Step step, long play) {
        course.stop(play);
        course.go(course.leave(step, Step.FAILED));
    }

    private void tooLong() {
        switch (course.waiting()) {
            case Echoing _, Conferring _, Browsing _ ->
                    course.hangUp(Ending.HUNG_UP, EndReason.TOO_LONG);
            default -> course.fallBack();
        }
    }
}
