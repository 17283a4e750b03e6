// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.mailbox;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.engine.Decision;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.EndReason;
import org.panacall.ivr.core.Ivr;
import org.panacall.ivr.core.IvrCommand;
import org.panacall.ivr.core.IvrCommand.NoteKeyPressed;
import org.panacall.ivr.core.IvrCommand.NoteOutcome;
import org.panacall.ivr.core.IvrCommand.NotePlayEnded;
import org.panacall.ivr.core.IvrCommand.PlayEnd;
import org.panacall.ivr.core.IvrCommand.StartRun;
import org.panacall.ivr.core.IvrEffect;
import org.panacall.ivr.core.IvrEvent;
import org.panacall.ivr.core.Limits;
import org.panacall.ivr.core.Refusal;
import org.panacall.ivr.core.flow.Around;
import org.panacall.ivr.core.flow.DialPlan;
import org.panacall.ivr.core.flow.Flow;
import org.panacall.ivr.core.flow.NumberPlan;
import org.panacall.ivr.core.flow.Prompt;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.id.CallId;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.LegId;
import org.panacall.ivr.core.id.QueueId;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.id.TenantId;
import org.panacall.ivr.core.outside.Outcome;
import org.panacall.ivr.core.run.Run;
import org.panacall.simkit.VirtualClock;

/** Somebody at his phone who rang for his messages, on virtual time. */
final class MailboxStage {

    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Limits LIMITS =
            new Limits(
                    3,
                    500,
                    Duration.ofHours(1),
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(3),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(10));
    private static final Caller CALLER =
            new Caller(
                    new CallId("call_1"),
                    new LegId("leg_1"),
                    new TenantId("demo"),
                    new Caller.Numbers("104", "800"),
                    new Caller.Origin("run_1", "127.0.0.1:9010", ""));

    final VirtualClock clock = new VirtualClock();
    final List<IvrEvent> events = new ArrayList<>();
    final List<IvrEffect> effects = new ArrayList<>();
    private final Ivr ivr = new Ivr(LIMITS);

    /** Begins in that language. */
    MailboxStage(String language) {
        var around =
                new Around(
                        new Around.Place(ZoneId.of("Europe/Moscow"), language),
                        Map.of(),
                        Collections.emptySortedMap(),
                        Collections.emptySortedMap(),
                        Map.of(),
                        NumberPlan.NONE);
        var drawing = new Run.Drawing(flow(), new DialPlan(new TreeMap<>()), around);
        tell(new StartRun(CALLER, drawing, true));
    }

    private static Flow flow() {
        var messages = new StepId("messages");
        var steps = new TreeMap<String, Step>();
        var exits = new TreeMap<String, StepId>();
        for (var exit : List.of("done", "unknown", "failed")) {
            exits.put(exit, new StepId(exit));
            var hangUp = new Step.HangUp(new EndReason(EndReason.Fault.NONE, exit));
            steps.put(exit, new Step(new StepId(exit), hangUp, Map.of()));
        }
        steps.put("messages", new Step(messages, new Step.Listen(PATIENCE), exits));
        var byId = new java.util.LinkedHashMap<StepId, Step>();
        steps.values().forEach(step -> byId.put(step.id(), step));
        return new Flow(
                new FlowId("messages"), 1, messages, byId, Optional.of(new QueueId("registry")));
    }

    /** The mailbox is opened: so many messages, each a minute younger than the one before. */
    MailboxStage opens(int count) {
        var messages = new ArrayList<Message>();
        for (int i = 0; i < count; i++) {
            messages.add(
                    new Message(
                            "recording_" + (i + 1),
                            clock.instant().minus(Duration.ofHours(1)).plusSeconds(60L * i),
                            i % 2 == 0 ? "+7916*****67" : "",
                            Duration.ofMinutes(5)));
        }
        var mailbox = new Mailbox(new Listener("agent_104", "104"), messages);
        return answers(new Outcome(Step.DONE, Collections.emptySortedMap(), mailbox));
    }

    /** What was asked last comes to that. */
    MailboxStage answers(Outcome outcome) {
        return tell(new NoteOutcome(CALLER.call(), lastAsk().number(), outcome));
    }

    MailboxStage answers(String exit) {
        return answers(Outcome.of(exit));
    }

    MailboxStage press(String key) {
        return tell(new NoteKeyPressed(CALLER.call(), CALLER.leg(), key));
    }

    MailboxStage playEnds() {
        return tell(new NotePlayEnded(CALLER.call(), lastPlay().number()));
    }

    MailboxStage playFails() {
        var end = PlayEnd.BROKEN_OFF;
        return tell(new NotePlayEnded(CALLER.call(), lastPlay().number(), end));
    }

    private MailboxStage tell(IvrCommand command) {
        note(ivr.handle(command, clock.instant()));
        return this;
    }

    /** Time goes by; deadlines take effect when they are due. */
    MailboxStage after(Duration elapsed) {
        var until = clock.instant().plus(elapsed);
        while (ivr.nextDeadline().filter(due -> !due.isAfter(until)).isPresent()) {
            clock.advanceTo(ivr.nextDeadline().orElseThrow());
            note(ivr.tick(clock.instant()));
        }
        clock.advanceTo(until);
        return this;
    }

    private void note(Decision<IvrEvent, IvrEffect, Refusal> decision) {
        events.addAll(decision.events());
        effects.addAll(decision.effects());
    }

    IvrEffect.Play lastPlay() {
        return last(IvrEffect.Play.class).orElseThrow();
    }

    IvrEffect.Ask lastAsk() {
        return last(IvrEffect.Ask.class).orElseThrow();
    }

    private <E extends IvrEffect> Optional<E> last(Class<E> kind) {
        return effects.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .reduce((earlier, later) -> later);
    }

    /** What is heard at present: words, or the recording's id. */
    String hears() {
        return String.join(
                " ",
                lastPlay().prompts().stream()
                        .map(
                                prompt ->
                                        prompt instanceof Prompt.Kept kept
                                                ? kept.recording()
                                                : ((Prompt.Spoken) prompt).text())
                        .toList());
    }

    /** What was made of messages: "HEARD recording_1". */
    List<String> changes() {
        return effects.stream()
                .filter(IvrEffect.Ask.class::isInstance)
                .map(effect -> ((IvrEffect.Ask) effect).question().errand())
                .filter(ChangeMessage.class::isInstance)
                .map(ChangeMessage.class::cast)
                .map(change -> change.change() + " " + change.recording())
                .toList();
    }

    /** By which exit the step was left; empty while it was not. */
    String exit() {
        return effects.getLast() instanceof IvrEffect.HangUpCall end ? end.reason().reason() : "";
    }
}
