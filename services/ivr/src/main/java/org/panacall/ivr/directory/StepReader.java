// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.directory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.flow.expression.CallWords;
import org.panacall.flow.expression.ExpressionRefused;
import org.panacall.flow.expression.Grammar;
import org.panacall.ivr.GroupWording;
import org.panacall.ivr.core.EndReason;
import org.panacall.ivr.core.flow.Expression;
import org.panacall.ivr.core.flow.NameBook;
import org.panacall.ivr.core.flow.Prompt;
import org.panacall.ivr.core.flow.SayPart;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.flow.Words;
import org.panacall.ivr.core.id.Extension;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.QueueId;
import org.panacall.ivr.core.id.StepId;
import org.panacall.proto.directory.v1.CollectStep;
import org.panacall.proto.directory.v1.ConferenceStep;
import org.panacall.proto.directory.v1.DialByNameStep;
import org.panacall.proto.directory.v1.DialStep;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.MenuStep;
import org.panacall.proto.directory.v1.RateStep;
import org.panacall.proto.directory.v1.RecordMessageStep;
import org.panacall.proto.directory.v1.SayAs;
import org.panacall.proto.directory.v1.SubFlowStep;
import org.panacall.proto.directory.v1.TransferStep;

/** What the steps of one flow do. */
final class StepReader {

    private static final Duration FIRST_KEY = Duration.ofSeconds(5);
    private static final Duration INTER_KEY = Duration.ofMillis(1_500);
    private static final Duration BETWEEN_DIGITS = Duration.ofSeconds(4);
    private static final Duration BETWEEN_LETTERS = Duration.ofSeconds(3);
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration CONFERENCE = Duration.ofHours(2);
    private static final int PARTICIPANTS = 20;
    private static final List<Prompt> MUSIC = List.of(new Prompt.Stored("music/waiting", "", ""));
    private static final int ATTEMPTS = 3;
    private static final int BEST = 5;
    private static final int CONFIDENCE = 60;

    private final Flow flow;
    private final LookupReader lookups;
    private Grammar grammar;

    StepReader(Flow flow) {
        this.flow = flow;
        lookups = new LookupReader(flow, new HttpReader(flow, this::expression));
    }

    Step.Kind kind(org.panacall.proto.directory.v1.Step step) {
        return switch (step.getKindCase()) {
            case PLAY ->
                    new Step.Play(
                            Prompts.read(step.getPlay().getPromptsList()),
                            step.getPlay().getBargeIn());
            case MENU -> menu(step.getMenu());
            case QUEUE ->
                    new Step.Enqueue(
                            new QueueId(step.getQueue().getQueueId()),
                            step.getQueue().getAttributesMap(),
                            expressions(step.getQueue().getComputedMap()));
            case TRANSFER -> transfer(step.getTransfer());
            case RATE -> rate(step.getRate());
            case RING_GROUP -> new Step.Ring(GroupWording.read(step.getRingGroup()));
            case NOTIFY ->
                    new Step.Notify(new NotifyReader(this::expression).read(step.getNotify()));
            case ECHO -> new Step.Echo();
            case HANG_UP ->
                    step.getHangUp().getReason().isEmpty()
                            ? new Step.HangUp()
                            : new Step.HangUp(
                                    new EndReason(
                                            EndReason.Fault.NONE, step.getHangUp().getReason()));
            case ANSWER -> new Step.Answer();
            case COLLECT -> collect(step.getCollect());
            case DIAL -> dial(step.getDial());
            case DIAL_BY_NAME -> spell(step.getDialByName());
            case BRANCH ->
                    new Step.Branch(
                            step.getBranch().getCasesList().stream()
                                    .map(
                                            one ->
                                                    new Step.Case(
                                                            one.getExit(),
                                                            expression(one.getWhen())))
                                    .toList());
            case HOURS -> new Step.Hours(step.getHours().getCalendarId());
            case SCREEN -> new Step.Screen(step.getScreen().getListIdsList());
            case SET ->
                    new Step.Assign(
                            step.getSet().getAssignmentsList().stream()
                                    .map(
                                            one ->
                                                    new Step.Assignment(
                                                            one.getVariable(),
                                                            expression(one.getValue())))
                                    .toList());
            case LANGUAGE -> new Step.Choose(step.getLanguage().getLanguage());
            case SAY ->
                    new Step.Say(
                            step.getSay().getPartsList().stream().map(this::part).toList(),
                            step.getSay().getBargeIn());
            case SUB_FLOW -> subFlow(step.getSubFlow());
            case FINISH -> new Step.Finish(step.getFinish().getExit());
            case LOOP -> new Step.Loop(step.getLoop().getTimes());
            case WAIT -> new Step.Pause(Prompts.duration(step.getWait().getTime()));
            case TAG -> new Step.Tag(step.getTag().getName(), expression(step.getTag().getValue()));
            case RECORD -> record(step.getRecord());
            case RECORDING_NOTICE ->
                    new Step.RecordingNotice(
                            Prompts.read(step.getRecordingNotice().getPromptsList()));
            case CONFERENCE -> conference(step.getConference());
            case MESSAGES -> {
                var messages = step.getMessages();
                var patience = messages.getFirstKeyTimeout();
                yield new Step.Listen(orElse(messages.hasFirstKeyTimeout(), patience, FIRST_KEY));
            }
            case GO_TO -> new Step.GoTo(new FlowId(step.getGoTo().getFlowId()));
            case AWAIT -> new Step.Await(new StepId(step.getAwait().getStepId()));
            case HTTP -> new HttpReader(flow, this::expression).read(step.getHttp());
            case CONTACT -> lookups.contact(step);
            case MANAGER -> lookups.manager(step.getManager());
            case KIND_NOT_SET ->
                    throw new IllegalArgumentException(
                            "step " + step.getStepId() + " is of no kind we know");
        };
    }

    private Step.Kind transfer(TransferStep transfer) {
        var ringTimeout =
                transfer.hasRingTimeout()
                        ? Optional.of(Prompts.duration(transfer.getRingTimeout()))
                        : Optional.<Duration>empty();
        if (!transfer.getComputed().isEmpty()) {
            var whom = expression(transfer.getComputed());
            return new Step.Lead(whom, transfer.getOnlyExtension(), ringTimeout);
        }
        var to =
                transfer.getNumber().isEmpty()
                        ? new Step.Person(
                                new Extension(transfer.getExtension()), transfer.getOnlyExtension())
                        : new Step.Telephone(transfer.getNumber());
        return new Step.Transfer(to, ringTimeout);
    }

    private static Step.Rate rate(RateStep rate) {
        return new Step.Rate(
                Prompts.read(rate.getPromptsList()),
                Prompts.read(rate.getInvalidPromptsList()),
                rate.getBest() == 0 ? BEST : rate.getBest(),
                Optional.of(rate.getVariable()).filter(name -> !name.isEmpty()),
                new Step.Patience(
                        orElse(rate.hasFirstKeyTimeout(), rate.getFirstKeyTimeout(), FIRST_KEY),
                        INTER_KEY,
                        attempts(rate.getMaxAttempts())));
    }

    private static Step.Menu menu(MenuStep menu) {
        return new Step.Menu(
                Prompts.read(menu.getPromptsList()),
                Prompts.read(menu.getInvalidPromptsList()),
                new Step.Keys(
                        menu.getKeysList(),
                        menu.getExtensionDialling(),
                        words(menu),
                        Optional.of(menu.getVariable()).filter(name -> !name.isEmpty())),
                new Step.Patience(
                        orElse(menu.hasFirstKeyTimeout(), menu.getFirstKeyTimeout(), FIRST_KEY),
                        orElse(menu.hasInterKeyTimeout(), menu.getInterKeyTimeout(), INTER_KEY),
                        attempts(menu.getMaxAttempts())));
    }

    private static Words words(MenuStep menu) {
        return new Words(
                menu.getWordsList().stream()
                        .map(
                                one ->
                                        new Words.Entry(
                                                one.getKey(),
                                                one.getLanguage(),
                                                one.getPhrasesList()))
                        .toList(),
                menu.getConfidencePercent() == 0 ? CONFIDENCE : menu.getConfidencePercent());
    }

    /** A menu without keys of its own. */
    private static Step.Menu dial(DialStep dial) {
        return new Step.Menu(
                Prompts.read(dial.getPromptsList()),
                Prompts.read(dial.getInvalidPromptsList()),
                new Step.Keys(List.of(), true),
                new Step.Patience(
                        orElse(dial.hasFirstKeyTimeout(), dial.getFirstKeyTimeout(), FIRST_KEY),
                        orElse(dial.hasInterKeyTimeout(), dial.getInterKeyTimeout(), INTER_KEY),
                        attempts(dial.getMaxAttempts())));
    }

    private static NameBook.Spell spell(DialByNameStep dial) {
        return new NameBook.Spell(
                Prompts.read(dial.getPromptsList()),
                Prompts.read(dial.getInvalidPromptsList()),
                "",
                new Step.Patience(
                        orElse(dial.hasFirstKeyTimeout(), dial.getFirstKeyTimeout(), FIRST_KEY),
                        orElse(
                                dial.hasInterKeyTimeout(),
                                dial.getInterKeyTimeout(),
                                BETWEEN_LETTERS),
                        attempts(dial.getMaxAttempts())));
    }

    private Step.Collect collect(CollectStep collect) {
        var digits =
                new Step.Digits(
                        collect.getMinDigits(),
                        collect.getMaxDigits(),
                        collect.getTerminator(),
                        collect.getVariable(),
                        collect.getValid().isEmpty()
                                ? Optional.empty()
                                : Optional.of(expression(collect.getValid())));
        return new Step.Collect(
                Prompts.read(collect.getPromptsList()),
                Prompts.read(collect.getInvalidPromptsList()),
                digits,
                new Step.Patience(
                        orElse(
                                collect.hasFirstKeyTimeout(),
                                collect.getFirstKeyTimeout(),
                                FIRST_KEY),
                        orElse(
                                collect.hasInterKeyTimeout(),
                                collect.getInterKeyTimeout(),
                                BETWEEN_DIGITS),
                        attempts(collect.getMaxAttempts())));
    }

    private static Step.RecordMessage record(RecordMessageStep record) {
        return new Step.RecordMessage(
                Prompts.read(record.getPromptsList()),
                record.getQueueId().isEmpty() ? record.getExtension() : record.getQueueId(),
                new Step.Extent(
                        orElse(record.hasLongest(), record.getLongest(), LONGEST),
                        orElse(record.hasSilence(), record.getSilence(), SILENCE),
                        orElse(record.hasShortest(), record.getShortest(), SHORTEST),
                        record.getEndKeys().isEmpty() ? "#" : record.getEndKeys()));
    }

    /** Whoever is alone hears what waiting callers hear, unless something else is drawn. */
    private Step.Confer conference(ConferenceStep conference) {
        var alone = Prompts.read(conference.getAlonePromptsList());
        return new Step.Confer(
                expression(conference.getRoom()),
                new Step.Company(
                        conference.getParticipants() == 0
                                ? PARTICIPANTS
                                : conference.getParticipants(),
                        alone.isEmpty() ? MUSIC : alone,
                        !conference.getSilent()),
                orElse(conference.hasLongest(), conference.getLongest(), CONFERENCE),
                conference.getLeaveKey());
    }

    private Step.SubFlow subFlow(SubFlowStep sub) {
        return new Step.SubFlow(
                new FlowId(sub.getFlowId()),
                expressions(sub.getArgumentsMap()),
                new TreeMap<>(sub.getResultsMap()));
    }

    private SayPart part(org.panacall.proto.directory.v1.SayPart part) {
        return part.hasPrompt()
                ? new SayPart.Fixed(Prompts.read(part.getPrompt()))
                : new SayPart.Computed(
                        expression(part.getValue()), as(part.getAs()), part.getCurrency());
    }

    private static SayPart.As as(SayAs as) {
        return switch (as) {
            case SAY_AS_TEXT, SAY_AS_UNSPECIFIED, UNRECOGNIZED -> SayPart.As.TEXT;
            case SAY_AS_NUMBER -> SayPart.As.NUMBER;
            case SAY_AS_ORDINAL -> SayPart.As.ORDINAL;
            case SAY_AS_DIGITS -> SayPart.As.DIGITS;
            case SAY_AS_DATE -> SayPart.As.DATE;
            case SAY_AS_TIME -> SayPart.As.TIME;
            case SAY_AS_MONEY -> SayPart.As.MONEY;
            case SAY_AS_MINUTES -> SayPart.As.MINUTES;
        };
    }

    private TreeMap<String, Expression> expressions(Map<String, String> sources) {
        var expressions = new TreeMap<String, Expression>();
        sources.forEach((name, source) -> expressions.put(name, expression(source)));
        return expressions;
    }

    private Expression expression(String source) {
        if (grammar == null) {
            grammar = new Grammar(CallWords.of(flow));
        }
        try {
            var formula = grammar.formula(source);
            return formula::value;
        } catch (ExpressionRefused fault) {
            throw new IllegalArgumentException("an expression " + fault.getMessage(), fault);
        }
    }

    private static int attempts(int drawn) {
        return drawn == 0 ? ATTEMPTS : drawn;
    }

    private static Duration orElse(
            boolean given, com.google.protobuf.Duration drawn, Duration usual) {
        return given ? Prompts.duration(drawn) : usual;
    }
}
