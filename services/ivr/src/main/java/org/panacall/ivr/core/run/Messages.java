// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.panacall.ivr.core.IvrCommand.PlayEnd;
import org.panacall.ivr.core.IvrEffect;
import org.panacall.ivr.core.IvrEvent.MessageRecorded;
import org.panacall.ivr.core.IvrEvent.RecordingNoticePlayed;
import org.panacall.ivr.core.flow.Prompt;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.id.QueueId;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.run.Waiting.Conference;
import org.panacall.ivr.core.run.Waiting.Conferring;
import org.panacall.ivr.core.run.Waiting.Noticing;
import org.panacall.ivr.core.run.Waiting.Recording;

/** Steps in which a caller speaks to others: messages, what is said of them, and conferences. */
final class Messages {

    private static final Prompt.Tone TONE =
            new Prompt.Tone(1_000, 0, Duration.ofMillis(400), Duration.ZERO);

    private static final Pattern ROOM = Pattern.compile("[A-Za-z0-9_-]{1,40}");

    private final Course course;

    Messages(Course course) {
        this.course = course;
    }

    /** Prompts, a tone, and then it is the caller's turn. */
    Optional<StepId> record(Step step, Step.RecordMessage record) {
        var mailbox = record.mailbox();
        if (mailbox.isEmpty()) {
            mailbox = course.caller().origin().fromQueue();
        }
        if (mailbox.isEmpty()) {
            mailbox = course.fallback().map(QueueId::value).orElse("");
        }
        var prompts = new ArrayList<>(course.heard(record.prompts()));
        prompts.add(TONE);
        var number = course.history.nextEffect();
        var message = new IvrEffect.Message(mailbox, course.names().language(), record.extent());
        course.history.act(new IvrEffect.Record(course.caller(), number, prompts, message));
        var until = course.playLimit().plus(record.extent().longest());
        course.waitFor(new Recording(step, mailbox, number, until));
        return Optional.empty();
    }

    /** The message is over. */
    Optional<StepId> recorded(Step step, String mailbox, PlayEnd end) {
        if (!end.completed() || end.recorded().isEmpty()) {
            return course.leave(step, Step.FAILED);
        }
        var made = end.recorded().get();
        if (made.recording().isEmpty()) {
            return course.leave(step, Step.RecordMessage.TOO_SHORT);
        }
        course.history.emit(
                new MessageRecorded(made.recording(), mailbox, made.length()), course.now());
        return course.leave(step, Step.DONE);
    }

    /** No key cuts it short. */
    Optional<StepId> notice(Step step, Step.RecordingNotice notice) {
        var number = course.say(notice.prompts(), false);
        course.waitFor(new Noticing(step, notice, number, course.playLimit()));
        return Optional.empty();
    }

    /** Only what was heard to the end is a proof. */
    Optional<StepId> noticed(Step step, Step.RecordingNotice notice, PlayEnd end) {
        if (!end.completed()) {
            return course.leave(step, Step.FAILED);
        }
        var version = course.flow().map(flow -> flow.version()).orElse(0L);
        var what = new RecordingNoticePlayed(course.names().language(), names(notice), version);
        course.history.emit(what, course.now());
        return course.leave(step, Step.DONE);
    }

    private String names(Step.RecordingNotice notice) {
        return course.heard(notice.prompts()).stream()
                .map(
                        prompt ->
                                switch (prompt) {
                                    case Prompt.Stored stored -> stored.promptId();
                                    case Prompt.Spoken spoken ->
                                            Integer.toHexString(spoken.text().hashCode());
                                    default -> "";
                                })
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(","));
    }

    /** Into a room, if there is a name for it. */
    Optional<StepId> confer(Step step, Step.Confer confer) {
        var room = course.value(confer.room()).map(String::valueOf).orElse("");
        if (!ROOM.matcher(room).matches()) {
            return course.leave(step, Step.FAILED);
        }
        var number = course.history.nextEffect();
        var company = course.heard(confer.company().alone());
        course.history.act(
                new IvrEffect.JoinRoom(
                        course.caller(),
                        number,
                        step.id(),
                        room,
                        new Step.Company(
                                confer.company().most(), company, confer.company().signs())));
        var until = course.in(confer.longest());
        var in = new Conference(room, number);
        course.waitFor(new Conferring(step, confer, in, until));
        return Optional.empty();
    }

    /** The caller has been there long enough. */
    Optional<StepId> leaveRoom(Step step) {
        var number = course.history.nextEffect();
        course.history.act(new IvrEffect.LeaveRoom(course.caller(), number));
        return course.leave(step, Step.DONE);
    }
}
