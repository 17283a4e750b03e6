// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.panacall.ivr.core.IvrCommand.Speech;
import org.panacall.ivr.core.IvrEvent.CallRated;
import org.panacall.ivr.core.IvrEvent.ChoiceHeard;
import org.panacall.ivr.core.IvrEvent.InputReceived;
import org.panacall.ivr.core.flow.Listening;
import org.panacall.ivr.core.flow.Prompt;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.flow.Step.Question;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.run.Waiting.Collecting;
import org.panacall.ivr.core.run.Waiting.FirstKey;
import org.panacall.ivr.core.run.Waiting.Prompting;

/** What a run asks and what is made of the answers. */
final class Questions {

    /** From the moment in which a caller begins to speak: longer than media needs. */
    private static final Duration SPEECH_WAIT = Duration.ofSeconds(15);

    private final Course course;
    private int attempts;

    Questions(Course course) {
        this.course = course;
    }

    Optional<StepId> open(Step step, Question question) {
        attempts = 0;
        var typed = course.takeKept();
        if (typed.isEmpty()) {
            return ask(step, question, question.prompts());
        }
        return collect(step, question, typed);
    }

    private Optional<StepId> ask(Step step, Question question, List<Prompt> prompts) {
        return ask(step, question, prompts, listening(question));
    }

    private Optional<StepId> ask(
            Step step, Question question, List<Prompt> prompts, Optional<Listening> listening) {
        if (prompts.isEmpty()) {
            awaitFirstKey(step, question, 0);
        } else {
            var play = course.say(prompts, true, listening);
            course.waitFor(new Prompting(step, question, play, course.playLimit()));
        }
        return Optional.empty();
    }

    private Optional<Listening> listening(Question question) {
        return question instanceof Step.Menu menu
                ? menu.keys().words().in(course.names().language(), menu.patience().firstKey())
                : Optional.empty();
    }

    /** The prompts are over. */
    void awaitFirstKey(Step step, Question question, long play) {
        var deadline = course.in(question.patience().firstKey());
        course.waitFor(new FirstKey(step, question, play, deadline));
    }

    /**
     * The caller speaks: what he says is worth waiting for, and counts like a key. When nobody
     * knows what it was he is asked again, to answer by keys.
     */
    Optional<StepId> heard(Step step, Question question, long play, Speech speech) {
        return switch (speech.outcome()) {
            case BEGAN -> {
                course.waitFor(new FirstKey(step, question, play, course.in(SPEECH_WAIT)));
                yield Optional.empty();
            }
            case FAILED -> ask(step, question, question.prompts(), Optional.empty());
            case CHOSEN, UNCLEAR ->
                    question instanceof Step.Menu menu
                            ? chosen(step, menu, speech)
                            : Optional.empty();
        };
    }

    private Optional<StepId> chosen(Step step, Step.Menu menu, Speech speech) {
        var accepted =
                menu.keys().keys().contains(speech.choice())
                        && speech.confidence() >= menu.keys().words().confidence();
        course.history.emit(
                new ChoiceHeard(step.id(), speech.choice(), speech.confidence(), accepted),
                course.now());
        return accepted ? chosen(step, menu, speech.choice()) : wrong(step, menu);
    }

    private Optional<StepId> chosen(Step step, Step.Menu menu, String key) {
        menu.keys().variable().ifPresent(name -> course.set(name, key));
        return course.leave(step, key);
    }

    /** Takes what was typed, or waits for more where something longer is possible. */
    Optional<StepId> collect(Step step, Question question, String typed) {
        return switch (Input.of(typed, question, course.plan())) {
            case COMPLETE_OR_MORE, MORE -> {
                var deadline = course.in(question.patience().interKey());
                course.waitFor(new Collecting(step, question, typed, deadline));
                yield Optional.empty();
            }
            case COMPLETE, WRONG -> taken(step, question, typed, false);
        };
    }

    /** Acts on what was typed; nothing more is going to come. */
    Optional<StepId> taken(Step step, Question question, String typed, boolean late) {
        var input = Input.of(typed, question, course.plan());
        var fits = input == Input.COMPLETE || late && input == Input.COMPLETE_OR_MORE;
        var accepted = fits && isValid(question, typed);
        course.history.emit(new InputReceived(step.id(), typed, accepted), course.now());
        if (!accepted) {
            return wrong(step, question);
        }
        return switch (question) {
            case Step.Collect _ -> course.leave(step, Step.DONE);
            case Step.Rate rate -> rated(step, rate, typed);
            case Step.Menu menu when menu.keys().keys().contains(typed) ->
                    chosen(step, menu, typed);
            case Step.Menu _ -> course.dial(step, typed);
        };
    }

    private Optional<StepId> rated(Step step, Step.Rate rate, String key) {
        var rating = Integer.parseInt(key);
        course.history.emit(new CallRated(step.id(), rating, rate.best()), course.now());
        rate.variable().ifPresent(name -> course.set(name, rating));
        return course.leave(step, Step.DONE);
    }

    /** Puts digits where they belong, since it is there that they are judged. */
    private boolean isValid(Question question, String typed) {
        if (!(question instanceof Step.Collect collect)) {
            return true;
        }
        var digits = collect.digits();
        course.set(digits.variable(), Input.value(typed, digits));
        return digits.valid()
                .map(valid -> course.value(valid).filter(Boolean.TRUE::equals).isPresent())
                .orElse(true);
    }

    private Optional<StepId> wrong(Step step, Question question) {
        attempts++;
        if (attempts >= question.patience().attempts()) {
            return course.leave(step, Step.INVALID);
        }
        var prompts = new ArrayList<>(question.invalidPrompts());
        prompts.addAll(question.prompts());
        return ask(step, question, prompts);
    }
}
