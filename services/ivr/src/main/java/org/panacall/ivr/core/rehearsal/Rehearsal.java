// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.EndReason;
import org.panacall.ivr.core.IvrCommand.PlayEnd;
import org.panacall.ivr.core.IvrCommand.Recorded;
import org.panacall.ivr.core.IvrEffect;
import org.panacall.ivr.core.IvrEvent;
import org.panacall.ivr.core.IvrEvent.InputReceived;
import org.panacall.ivr.core.IvrEvent.StepEntered;
import org.panacall.ivr.core.Limits;
import org.panacall.ivr.core.flow.Prompt;
import org.panacall.ivr.core.run.Run;

/**
 * A flow gone through without a telephone, by the same run that takes callers through it: whoever
 * rehearses sees what a caller would hear, and where he would come to.
 */
public final class Rehearsal {

    private static final int TURNS_MAX = 20_000;
    private static final String REHEARSED = "rehearsed";
    private static final int SIGNS_A_SECOND = 15;
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

    private final Run run;
    private final ArrayDeque<String> inputs;
    private final List<Moment> moments = new ArrayList<>();
    private final ArrayDeque<IvrEffect> effects = new ArrayDeque<>();
    private Instant now;
    private long play;
    private boolean asked;
    private PlayEnd end = PlayEnd.COMPLETED;

    private Rehearsal(
            Caller caller, Run.Drawing drawing, Limits limits, List<String> inputs, Instant at) {
        run = new Run(caller, drawing, limits, at);
        this.inputs = new ArrayDeque<>(inputs);
        now = at;
    }

    /**
     * Goes through a flow until it ends.
     *
     * @param inputs what is pressed each time a question is asked; an empty text, or none any more,
     *     when nothing is
     */
    public static List<Moment> of(
            Caller caller, Run.Drawing drawing, Limits limits, List<String> inputs, Instant at) {
        var rehearsal = new Rehearsal(caller, drawing, limits, inputs, at);
        rehearsal.go();
        return List.copyOf(rehearsal.moments);
    }

    private void go() {
        run.at(now).start(false);
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
            press(inputs.isEmpty() ? "" : inputs.poll());
        } else if (play > 0) {
            var ended = play;
            play = 0;
            run.onPlayEnded(ended, end);
        } else {
            now = run.deadline().isBefore(now) ? now : run.deadline();
            run.at(now).onDeadline();
        }
    }

    private void press(String keys) {
        for (int at = 0; at < keys.length() && !run.finished(); at++) {
            run.onKey(run.caller().leg(), keys.substring(at, at + 1));
        }
    }

    private void carryOut(IvrEffect effect) {
        switch (effect) {
            case IvrEffect.AnswerLeg _ -> run.onLegAnswered(run.caller().leg());
            case IvrEffect.Play(_, var number, var prompts, _) -> {
                moments.add(new Heard(now, prompts));
                play = number;
                end = PlayEnd.COMPLETED;
                now = now.plus(length(prompts));
            }
            case IvrEffect.Record(_, var number, var prompts, var message) -> {
                moments.add(new Heard(now, prompts));
                play = number;
                var said = message.extent().shortest().plusSeconds(1);
                end = new PlayEnd(true, Optional.of(new Recorded(REHEARSED, said)));
                now = now.plus(length(prompts)).plus(said);
            }
            case IvrEffect.HandOver over -> run.onEffectDone(over.number());
            case IvrEffect.EchoLeg _ -> run.onLegEnded(run.caller().leg(), HUNG_UP);
            case IvrEffect.StopPlay _ -> play = 0;
            case IvrEffect.HangUpCall _ -> {}
        }
    }

    private void note() {
        var events = new ArrayList<IvrEvent>();
        var decided = new ArrayList<IvrEffect>();
        run.drainInto(events, decided);
        effects.addAll(decided);
        for (var event : events) {
            moments.add(new Happened(event.at(), event));
            var again = event.fact() instanceof InputReceived input && !input.accepted();
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
