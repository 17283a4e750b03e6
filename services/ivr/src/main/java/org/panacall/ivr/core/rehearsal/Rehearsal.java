// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.EndReason;
import org.panacall.ivr.core.IvrCommand;
import org.panacall.ivr.core.IvrCommand.PlayEnd;
import org.panacall.ivr.core.IvrCommand.Recorded;
import org.panacall.ivr.core.IvrCommand.Speech;
import org.panacall.ivr.core.IvrCommand.SpeechOutcome;
import org.panacall.ivr.core.IvrEffect;
import org.panacall.ivr.core.IvrEvent;
import org.panacall.ivr.core.IvrEvent.ChoiceHeard;
import org.panacall.ivr.core.IvrEvent.InputReceived;
import org.panacall.ivr.core.IvrEvent.StepEntered;
import org.panacall.ivr.core.Limits;
import org.panacall.ivr.core.flow.Listening;
import org.panacall.ivr.core.flow.Prompt;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.mailbox.Listener;
import org.panacall.ivr.core.mailbox.Mailbox;
import org.panacall.ivr.core.mailbox.Message;
import org.panacall.ivr.core.outside.Outcome;
import org.panacall.ivr.core.run.Run;

/**
 * A flow gone through without a telephone, by the same run that takes callers through it: whoever
 * rehearses sees what a caller would hear, and where he would come to.
 */
public final class Rehearsal {

    /** Before words in an input that are said and not pressed. */
    public static final String SAY = "say ";

    private static final Duration UTTERANCE = Duration.ofSeconds(2);
    private static final Duration WAITED = Duration.ofHours(1);
    private static final int TURNS_MAX = 20_000;
    private static final String REHEARSED = "rehearsed";
    private static final int SIGNS_A_SECOND = 15;
    private static final Duration RING = Duration.ofSeconds(15);
    private static final EndReason HUNG_UP = new EndReason(EndReason.Fault.NONE, "caller-hung-up");

    /** What a caller notices, and what records would tell. */
    public sealed interface Moment {
        Instant at();
    }

    /** He hears it. */
    public record Heard(Instant at, List<Prompt> prompts) implements Moment {
        public Heard {
            prompts = List.copyOf(prompts);
        }
    }

    /** It happens in his run. */
    public record Happened(Instant at, IvrEvent event) implements Moment {}

    /**
     * What others do.
     *
     * @param inputs what is pressed each time a question is asked, or said after {@link #SAY}; an
     *     empty text, or none any more, when nothing is
     * @param outcomes what comes of what a step asks outside, and of transfers, by the step's id;
     *     other steps fail, and somebody answers other transfers
     * @param ear understands what is said
     */
    public record Replies(List<String> inputs, Map<String, Outcome> outcomes, Ear ear) {
        public Replies {
            inputs = List.copyOf(inputs);
            outcomes = Map.copyOf(outcomes);
        }

        /** By keys alone. */
        public Replies(List<String> inputs, Map<String, Outcome> outcomes) {
            this(inputs, outcomes, (listening, said) -> Optional.empty());
        }
    }

    /** Stands in for the recogniser. */
    public interface Ear {

        /** The choice that these words mean. */
        Optional<String> choice(Listening listening, String said);
    }

    private final Run.Drawing drawing;
    private final Limits limits;
    private final ArrayDeque<String> inputs;
    private final Map<String, Outcome> outcomes;
    private final Ear ear;
    private Run run;
    private boolean answered;
    private final List<Moment> moments = new ArrayList<>();
    private final ArrayDeque<IvrEffect> effects = new ArrayDeque<>();
    private Instant now;
    private long play;
    private long question;
    private Optional<Listening> listening = Optional.empty();
    private boolean asked;
    private PlayEnd end = PlayEnd.COMPLETED;

    private Rehearsal(
            Caller caller, Run.Drawing drawing, Limits limits, Replies replies, Instant at) {
        run = new Run(caller, drawing, limits, at);
        this.drawing = drawing;
        this.limits = limits;
        inputs = new ArrayDeque<>(replies.inputs());
        outcomes = replies.outcomes();
        ear = replies.ear();
        now = at;
    }

    /** Goes through a flow until it ends. */
    public static List<Moment> of(
            Caller caller, Run.Drawing drawing, Limits limits, Replies replies, Instant at) {
        var rehearsal = new Rehearsal(caller, drawing, limits, replies, at);
        rehearsal.go();
        return List.copyOf(rehearsal.moments);
    }

    /** The same by keys alone. */
    public static List<Moment> of(
            Caller caller, Run.Drawing drawing, Limits limits, List<String> inputs, Instant at) {
        return of(caller, drawing, limits, new Replies(inputs, Map.of()), at);
    }

    /** A mailbox in which so many made-up messages have waited for an hour. */
    public static Mailbox mailbox(int messages, Instant now) {
        var made =
                IntStream.range(0, messages)
                        .mapToObj(
                                number ->
                                        new Message(
                                                REHEARSED + "_" + number,
                                                now.minus(WAITED),
                                                "",
                                                UTTERANCE))
                        .toList();
        return new Mailbox(new Listener(REHEARSED, ""), made);
    }

    private void go() {
        run.at(now).start(false, Collections.emptySortedMap());
        note();
        for (int turn = 0; !run.finished() && turn < TURNS_MAX; turn++) {
            step();
            note();
        }
    }

    private void step() {
        run.at(now);
        var effect = effects.poll();
        if (effect != null) {
            carryOut(effect);
        } else if (run.asks() && !asked) {
            asked = true;
            reply(inputs.isEmpty() ? "" : inputs.poll());
        } else if (play > 0) {
            var ended = play;
            play = 0;
            run.onPlayEnded(ended, end);
        } else {
            now = run.deadline().isBefore(now) ? now : run.deadline();
            run.at(now).onDeadline();
        }
    }

    private void reply(String input) {
        if (input.startsWith(SAY)) {
            say(input.substring(SAY.length()));
        } else {
            press(input);
        }
    }

    /** Who is not listened to speaks in vain. */
    private void say(String words) {
        if (listening.isEmpty() || play != question) {
            return;
        }
        play = 0;
        run.onSpeech(question, Speech.of(SpeechOutcome.BEGAN));
        now = now.plus(UTTERANCE);
        run.at(now)
                .onSpeech(
                        question,
                        ear.choice(listening.get(), words)
                                .map(key -> new Speech(SpeechOutcome.CHOSEN, key, 100))
                                .orElse(Speech.of(SpeechOutcome.UNCLEAR)));
    }

    private void press(String keys) {
        for (int at = 0; at < keys.length() && !run.finished(); at++) {
            run.onKey(run.caller().leg(), keys.substring(at, at + 1));
        }
    }

    private void carryOut(IvrEffect effect) {
        switch (effect) {
            case IvrEffect.AnswerLeg _ -> {
                answered = true;
                run.onLegAnswered(run.caller().leg());
            }
            case IvrEffect.Play(_, var number, var prompts, _, var orders) -> {
                moments.add(new Heard(now, prompts));
                play = number;
                question = number;
                listening = orders;
                end = PlayEnd.COMPLETED;
                now = now.plus(length(prompts));
            }
            case IvrEffect.HandOver over -> handOver(over);
            case IvrEffect.Record(_, var number, var prompts, var message) -> {
                moments.add(new Heard(now, prompts));
                play = number;
                var said = message.extent().shortest().plusSeconds(1);
                end = new PlayEnd(true, Optional.of(new Recorded(REHEARSED, said)));
                now = now.plus(length(prompts)).plus(said);
            }
            case IvrEffect.EchoLeg _ -> run.onLegEnded(run.caller().leg(), HUNG_UP);
            case IvrEffect.StopPlay _ -> play = 0;
            case IvrEffect.JoinRoom(_, _, var step, var room, _) -> {
                var outcome = outcomes.get(step.value());
                if (outcome != null) {
                    run.onRoomEnded(room, outcome.exit().equals(Step.Confer.FULL));
                }
            }
            case IvrEffect.LeaveRoom _ -> {}
            case IvrEffect.HangUpCall _ -> {}
            case IvrEffect.Ask(_, var number, var question) ->
                    run.onOutcome(
                            number,
                            outcomes.getOrDefault(
                                    question.step().value(), Outcome.of(Step.FAILED)));
        }
    }

    /** Who is rung answers, or the call is back when his phone has rung. */
    private void handOver(IvrEffect.HandOver over) {
        run.onEffectDone(over.number());
        var terms = over.to().terms();
        if (terms.isEmpty()) {
            return;
        }
        var bookmark = terms.get().bookmark();
        var outcome =
                bookmark.flatMap(mark -> mark.situation().innermost().step())
                        .map(step -> outcomes.get(step.value()))
                        .map(Outcome::exit)
                        .orElse("");
        if (bookmark.isPresent() && terms.get().exits().contains(outcome)) {
            note();
            if (outcome.equals("no-answer")) {
                now = now.plus(terms.get().ringTimeout().orElse(RING));
            }
            run = new Run(run.caller(), drawing, limits, now).at(now);
            run.comeBack(new IvrCommand.Back(bookmark.get(), outcome), answered);
        }
    }

    private void note() {
        var events = new ArrayList<IvrEvent>();
        var decided = new ArrayList<IvrEffect>();
        run.drainInto(events, decided);
        effects.addAll(decided);
        for (var event : events) {
            moments.add(new Happened(event.at(), event));
            var again =
                    event.fact() instanceof InputReceived input && !input.accepted()
                            || event.fact() instanceof ChoiceHeard heard && !heard.accepted();
            if (again || event.fact() instanceof StepEntered) {
                asked = false;
            }
        }
        // A question is asked anew when it is heard anew.
        if (effects.stream().anyMatch(IvrEffect.Play.class::isInstance)) {
            asked = false;
        }
    }

    /** About as long as it would take to say. */
    private static Duration length(List<Prompt> prompts) {
        int signs =
                prompts.stream()
                        .mapToInt(
                                prompt ->
                                        switch (prompt) {
                                            case Prompt.Stored stored ->
                                                    stored.fallbackText().length();
                                            case Prompt.Spoken spoken -> spoken.text().length();
                                            default -> SIGNS_A_SECOND;
                                        })
                        .sum();
        return Duration.ofSeconds(1 + signs / SIGNS_A_SECOND);
    }
}
