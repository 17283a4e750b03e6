// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.run;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.panacall.ivr.core.IvrCommand.PlayEnd;
import org.panacall.ivr.core.IvrEffect;
import org.panacall.ivr.core.IvrEvent.InputReceived;
import org.panacall.ivr.core.flow.Prompt;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.mailbox.ChangeMessage;
import org.panacall.ivr.core.mailbox.ChangeMessage.Change;
import org.panacall.ivr.core.mailbox.Mailbox;
import org.panacall.ivr.core.mailbox.Message;
import org.panacall.ivr.core.mailbox.OpenMailbox;
import org.panacall.ivr.core.outside.Errand;
import org.panacall.ivr.core.outside.Outcome;
import org.panacall.ivr.core.outside.Question;
import org.panacall.ivr.core.run.Waiting.Browsing;
import org.panacall.ivr.core.run.Waiting.Browsing.Phase;
import org.panacall.ivr.core.say.MessagePhrases;

/**
 * A step in which somebody of the clinic hears the messages that wait for him.
 *
 * <p>Where he is among them is not in the events: an heir opens the mailbox anew, in which what was
 * heard or deleted is no more.
 */
final class Voicebox {

    /** For the service that keeps messages. */
    private static final Duration WITHIN = Duration.ofSeconds(5);

    private final Course course;
    private final Set<String> heard = new TreeSet<>();
    private final Set<String> deleted = new TreeSet<>();
    private Mailbox box = Mailbox.EMPTY;
    private int place;
    private int asked;

    /** Number of the errand that marks a message as heard; 0: none is under way. */
    private long marking;

    Voicebox(Course course) {
        this.course = course;
    }

    Optional<StepId> open(Step step) {
        course.takeKept();
        heard.clear();
        deleted.clear();
        place = 0;
        marking = 0;
        return awaits(step, Phase.OPENING, ask(step, new OpenMailbox()));
    }

    private long ask(Step step, Errand errand) {
        var history = course.history;
        var number = history.nextEffect();
        var key =
                "%s_%s_%d_%d"
                        .formatted(
                                course.caller().origin().run(),
                                history.situation().key(step.id()),
                                history.visits(step.id()),
                                ++asked);
        var question = new Question(step.id(), errand, Collections.emptySortedMap(), key, WITHIN);
        history.act(new IvrEffect.Ask(course.caller(), number, question));
        return number;
    }

    private Optional<StepId> awaits(Step step, Phase phase, long number) {
        course.waitFor(new Browsing(step, phase, number, course.in(WITHIN)));
        return Optional.empty();
    }

    private Optional<StepId> say(Step step, Phase phase, String... texts) {
        var language = course.history.situation().language();
        var prompts = new ArrayList<Prompt>();
        for (var text : texts) {
            if (!text.isEmpty()) {
                prompts.add(new Prompt.Spoken(text, language));
            }
        }
        return play(step, phase, prompts, Duration.ZERO);
    }

    private Optional<StepId> play(Step step, Phase phase, List<Prompt> prompts, Duration longer) {
        var number = course.say(prompts, true);
        var until = course.playLimit().plus(longer);
        course.waitFor(new Browsing(step, phase, number, until));
        return Optional.empty();
    }

    private MessagePhrases phrases() {
        return MessagePhrases.in(course.names().language());
    }

    private Message message() {
        return box.messages().get(place);
    }

    /** What came of an errand that was waited for. */
    Optional<StepId> answered(Step step, Phase phase, Outcome outcome) {
        boolean done = outcome.exit().equals(Step.DONE);
        return switch (phase) {
            case OPENING -> opened(step, outcome);
            case MARKING -> {
                marking = 0;
                yield erase(step);
            }
            case DELETING -> {
                if (!done) {
                    yield cannot(step);
                }
                deleted.add(message().recording());
                yield say(step, Phase.SAYING, phrases().deleted());
            }
            case RESTORING -> {
                if (!done) {
                    yield cannot(step);
                }
                deleted.remove(message().recording());
                yield say(step, Phase.SAYING, phrases().restored(), phrases().menu());
            }
            case HEADING, MESSAGE, SAYING, ASKING, LEAVING -> Optional.empty();
        };
    }

    private Optional<StepId> opened(Step step, Outcome outcome) {
        if (!outcome.exit().equals(Step.DONE)) {
            var unknown = outcome.exit().equals(OpenMailbox.UNKNOWN);
            return course.leave(step, unknown ? OpenMailbox.UNKNOWN : Step.FAILED);
        }
        box = outcome.mailbox();
        var count = phrases().count(box.messages().size());
        return box.messages().isEmpty() ? say(step, Phase.LEAVING, count) : announce(step, count);
    }

    /** An errand is over that nobody waited for. */
    void settled(long number) {
        if (marking == number) {
            marking = 0;
        }
    }

    /** Which message it is, when it came and from whom; then the message follows. */
    private Optional<StepId> announce(Step step, String before) {
        var zone = course.around().place().zone();
        var at = ZonedDateTime.ofInstant(message().at(), zone);
        var today = ZonedDateTime.ofInstant(course.now(), zone).toLocalDate();
        var texts = new ArrayList<String>();
        texts.add(before);
        texts.add(phrases().which(place + 1));
        texts.add(phrases().when(at.toLocalDateTime(), today));
        texts.addAll(phrases().from(message().number()));
        return say(step, Phase.HEADING, texts.toArray(String[]::new));
    }

    private Optional<StepId> hear(Step step) {
        var by = box.listener();
        var kept = new Prompt.Kept(message().recording(), by.person(), by.extension());
        return play(step, Phase.MESSAGE, List.of(kept), message().length());
    }

    /** A play is over. */
    Optional<StepId> played(Step step, Phase phase, PlayEnd end) {
        return switch (phase) {
            case HEADING -> hear(step);
            case MESSAGE -> {
                if (!end.completed()) {
                    yield say(step, Phase.SAYING, phrases().unheard(), phrases().menu());
                }
                if (heard.add(message().recording())) {
                    marking = ask(step, change(Change.HEARD));
                }
                yield say(step, Phase.SAYING, phrases().menu());
            }
            case SAYING -> {
                var until = course.in(((Step.Listen) step.kind()).patience());
                course.waitFor(new Browsing(step, Phase.ASKING, 0, until));
                yield Optional.empty();
            }
            case LEAVING -> course.leave(step, Step.DONE);
            case OPENING, MARKING, DELETING, RESTORING, ASKING -> Optional.empty();
        };
    }

    private Errand change(Change change) {
        return new ChangeMessage(box.listener(), message().recording(), change);
    }

    /** Nothing came in time. */
    Optional<StepId> late(Step step, Phase phase, long number) {
        return switch (phase) {
            case OPENING -> course.leave(step, Step.FAILED);
            case HEADING, MESSAGE, SAYING, LEAVING -> {
                course.stop(number);
                yield played(step, phase, PlayEnd.BROKEN_OFF);
            }
            case ASKING -> move(step, 1);
            case MARKING, DELETING, RESTORING -> cannot(step);
        };
    }

    Optional<StepId> key(Step step, Phase phase, String key) {
        if (!phase.takesKeys()) {
            return Optional.empty();
        }
        boolean undoes = key.equals("0") && deleted.contains(message().recording());
        boolean accepted = undoes || "1234*".contains(key);
        course.history.emit(new InputReceived(step.id(), key, accepted), course.now());
        if (undoes) {
            return awaits(step, Phase.RESTORING, ask(step, change(Change.RESTORED)));
        }
        return switch (key) {
            case "1" -> hear(step);
            case "2" -> move(step, 1);
            case "3" -> marking == 0 ? erase(step) : awaits(step, Phase.MARKING, marking);
            case "4" -> move(step, -1);
            case "*" -> course.leave(step, Step.DONE);
            default -> say(step, Phase.SAYING, phrases().wrong(), phrases().menu());
        };
    }

    /** Marking it as heard comes before, as it would bring a deleted message back. */
    private Optional<StepId> erase(Step step) {
        return awaits(step, Phase.DELETING, ask(step, change(Change.DELETED)));
    }

    /** To the next one that is not deleted; before the first there is the first. */
    private Optional<StepId> move(Step step, int by) {
        int next = place + by;
        while (next >= 0 && next < box.messages().size() && isDeleted(next)) {
            next += by;
        }
        if (next >= box.messages().size()) {
            return say(step, Phase.LEAVING, phrases().over());
        }
        if (next >= 0) {
            place = next;
        }
        return announce(step, "");
    }

    private boolean isDeleted(int at) {
        return deleted.contains(box.messages().get(at).recording());
    }

    private Optional<StepId> cannot(Step step) {
        return say(step, Phase.SAYING, phrases().cannot(), phrases().menu());
    }
}
