// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.check;

import com.google.protobuf.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.panacall.flow.expression.CallWords;
import org.panacall.flow.expression.ExpressionRefused;
import org.panacall.flow.expression.Grammar;
import org.panacall.flow.expression.ValueKind;
import org.panacall.proto.directory.v1.BranchStep;
import org.panacall.proto.directory.v1.CollectStep;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.FlowVariable;
import org.panacall.proto.directory.v1.MenuStep;
import org.panacall.proto.directory.v1.RateStep;
import org.panacall.proto.directory.v1.RecordMessageStep;
import org.panacall.proto.directory.v1.SayAs;
import org.panacall.proto.directory.v1.SayPart;
import org.panacall.proto.directory.v1.SetStep;
import org.panacall.proto.directory.v1.Step;
import org.panacall.proto.directory.v1.SubFlowStep;

/** What each kind of step must be. */
final class StepChecks {

    private static final Pattern EXIT = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Set<String> CURRENCIES = Set.of("RUB", "UAH", "USD", "EUR");
    private static final int KEY_WAIT_SECONDS_MAX = 60;
    private static final int ATTEMPTS_MAX = 10;
    private static final int MESSAGE_SECONDS_MAX = 600;
    private static final int SILENCE_SECONDS_MAX = 30;
    private static final int SHORTEST_SECONDS_MAX = 10;
    private static final int CASES_MAX = 50;
    private static final int PARTS_MAX = 20;

    private final FlowAround around;
    private final Findings findings;
    private final PromptChecks prompts;
    private final Grammar grammar;
    private final Map<String, ValueKind> variables = new TreeMap<>();
    private final Flow flow;
    private final LookupChecks lookups;

    StepChecks(Flow flow, FlowAround around, Findings findings) {
        this.flow = flow;
        this.around = around;
        this.findings = findings;
        prompts = new PromptChecks(flow, around, findings);
        lookups = new LookupChecks(around, findings, this);
        grammar = new Grammar(CallWords.of(flow));
        flow.getVariablesList()
                .forEach(one -> variables.put(one.getName(), CallWords.of(one.getKind())));
    }

    void check(String at, Step step) {
        switch (step.getKindCase()) {
            case PLAY -> prompts.check(at + ".play.prompts", step.getPlay().getPromptsList(), true);
            case MENU -> menu(at + ".menu", step.getMenu());
            case COLLECT -> collect(at + ".collect", step.getCollect());
            case DIAL -> {
                var dial = step.getDial();
                prompts.check(at + ".dial.prompts", dial.getPromptsList(), true);
                prompts.check(at + ".dial.invalidPrompts", dial.getInvalidPromptsList(), false);
                waits(at + ".dial", dial.getFirstKeyTimeout(), dial.getInterKeyTimeout());
                attempts(at + ".dial", dial.getMaxAttempts());
            }
            case DIAL_BY_NAME -> {
                var dial = step.getDialByName();
                prompts.check(at + ".dialByName.prompts", dial.getPromptsList(), true);
                prompts.check(
                        at + ".dialByName.invalidPrompts", dial.getInvalidPromptsList(), false);
                waits(at + ".dialByName", dial.getFirstKeyTimeout(), dial.getInterKeyTimeout());
                attempts(at + ".dialByName", dial.getMaxAttempts());
            }
            case BRANCH -> branch(at + ".branch", step.getBranch());
            case HOURS ->
                    findings.reference(
                            at + ".hours.calendar",
                            "calendar",
                            step.getHours().getCalendarId(),
                            around.calendars());
            case SCREEN -> {
                if (step.getScreen().getListIdsCount() == 0) {
                    findings.add(at + ".screen.lists", "are missing; say in which to look");
                }
                for (var list : step.getScreen().getListIdsList()) {
                    findings.reference(at + ".screen.lists", "number list", list, around.lists());
                }
            }
            case SET -> set(at + ".set", step.getSet());
            case LANGUAGE -> language(at + ".language", step.getLanguage().getLanguage());
            case SAY -> say(at + ".say", step.getSay().getPartsList());
            case SUB_FLOW -> subFlow(at + ".subFlow", step.getSubFlow());
            case FINISH -> finish(at + ".finish", step.getFinish().getExit());
            case LOOP -> findings.between(at + ".loop.times", step.getLoop().getTimes(), 1, 100);
            case WAIT -> findings.wait(at + ".wait.time", step.getWait().getTime(), 60);
            case TAG -> {
                word(at + ".tag.name", step.getTag().getName());
                anyValue(at + ".tag.value", step.getTag().getValue());
            }
            case GO_TO -> goTo(at + ".goTo.flow", step.getGoTo().getFlowId());
            case QUEUE -> {
                var queue = step.getQueue();
                var id = queue.getQueueId();
                findings.reference(at + ".queue.id", "queue", id, around.queues());
                queue.getComputedMap()
                        .forEach((name, value) -> anyValue(at + ".queue.computed." + name, value));
            }
            case TRANSFER ->
                    new TransferChecks(around, findings, this)
                            .check(at + ".transfer", step.getTransfer());
            case RATE -> rate(at + ".rate", step.getRate());
            case RING_GROUP ->
                    new RingGroupChecks(around, findings)
                            .check(at + ".ringGroup", step.getRingGroup());
            case NOTIFY ->
                    new NotifyChecks(around, findings, this)
                            .check(at + ".notify", step.getNotify(), flow);
            case HANG_UP -> {
                if (!step.getHangUp().getReason().isEmpty()) {
                    word(at + ".hangUp.reason", step.getHangUp().getReason());
                }
            }
            case CONTACT -> lookups.contact(at + ".contact", step.getContact());
            case MANAGER -> lookups.manager(at + ".manager", step.getManager());
            // What is awaited is checked with the whole flow.
            case ANSWER, ECHO, AWAIT -> {}
            case HTTP -> new HttpChecks(around, findings, this).check(at + ".http", step.getHttp());
            case RECORD -> record(at + ".record", step.getRecord());
            case RECORDING_NOTICE ->
                    prompts.check(
                            at + ".recordingNotice.prompts",
                            step.getRecordingNotice().getPromptsList(),
                            true);
            case CONFERENCE ->
                    new ConferenceChecks(findings, prompts, this)
                            .check(at + ".conference", step.getConference());
            case MESSAGES ->
                    findings.wait(
                            at + ".messages.firstKeyTimeout",
                            step.getMessages().getFirstKeyTimeout(),
                            KEY_WAIT_SECONDS_MAX);
            case KIND_NOT_SET ->
                    findings.add(at, "does nothing; say what it is: play, menu, queue or another");
        }
    }

    private void menu(String at, MenuStep menu) {
        prompts.check(at + ".prompts", menu.getPromptsList(), true);
        prompts.check(at + ".invalidPrompts", menu.getInvalidPromptsList(), false);
        if (new TreeSet<>(menu.getKeysList()).size() != menu.getKeysCount()) {
            findings.add(at + ".keys", "one is there twice; keep one");
        }
        for (var key : menu.getKeysList()) {
            if (!key.matches("[0-9*#]")) {
                findings.add(
                        at + ".keys", Findings.shown(key) + " is no key; must be one of 0-9 * #");
            }
        }
        if (menu.getKeysCount() == 0 && !menu.getExtensionDialling()) {
            findings.add(at + ".keys", "are missing; a caller could press nothing");
        }
        waits(at, menu.getFirstKeyTimeout(), menu.getInterKeyTimeout());
        attempts(at, menu.getMaxAttempts());
        new WordChecks(flow, around, findings, this).check(at, menu);
    }

    private void collect(String at, CollectStep collect) {
        prompts.check(at + ".prompts", collect.getPromptsList(), true);
        prompts.check(at + ".invalidPrompts", collect.getInvalidPromptsList(), false);
        waits(at, collect.getFirstKeyTimeout(), collect.getInterKeyTimeout());
        attempts(at, collect.getMaxAttempts());
        findings.between(at + ".maxDigits", collect.getMaxDigits(), 1, 32);
        findings.between(at + ".minDigits", collect.getMinDigits(), 1, collect.getMaxDigits());
        if (!collect.getTerminator().matches("[*#]?")) {
            findings.add(at + ".terminator", "must be # or *, or be left out");
        }
        variable(at + ".variable", collect.getVariable(), ValueKind.TEXT);
        if (!collect.getValid().isEmpty()) {
            value(at + ".valid", collect.getValid(), ValueKind.YES_NO);
        }
    }

    private void rate(String at, RateStep rate) {
        prompts.check(at + ".prompts", rate.getPromptsList(), true);
        prompts.check(at + ".invalidPrompts", rate.getInvalidPromptsList(), false);
        findings.wait(at + ".firstKeyTimeout", rate.getFirstKeyTimeout(), KEY_WAIT_SECONDS_MAX);
        attempts(at, rate.getMaxAttempts());
        findings.between(at + ".best", rate.getBest(), 2, 9);
        if (!rate.getVariable().isEmpty()) {
            variable(at + ".variable", rate.getVariable(), ValueKind.NUMBER);
        }
    }

    private void record(String at, RecordMessageStep record) {
        prompts.check(at + ".prompts", record.getPromptsList(), true);
        if (!record.getQueueId().isEmpty()) {
            findings.reference(at + ".queue", "queue", record.getQueueId(), around.queues());
        }
        if (!record.getExtension().isEmpty()) {
            findings.reference(
                    at + ".extension", "person", record.getExtension(), around.extensions());
        }
        if (!record.getQueueId().isEmpty() && !record.getExtension().isEmpty()) {
            findings.add(at, "is for a queue or for a person, not for both; leave one out");
        }
        findings.wait(at + ".longest", record.getLongest(), MESSAGE_SECONDS_MAX);
        findings.wait(at + ".silence", record.getSilence(), SILENCE_SECONDS_MAX);
        findings.wait(at + ".shortest", record.getShortest(), SHORTEST_SECONDS_MAX);
        if (!record.getEndKeys().matches("[0-9*#]{0,12}")) {
            findings.add(at + ".endKeys", "must be keys of 0-9 * #, or be left out");
        }
    }

    private void branch(String at, BranchStep branch) {
        if (branch.getCasesCount() == 0) {
            findings.add(at + ".cases", "are missing; a branch needs one at least");
        }
        findings.atMost(at + ".cases", "cases", branch.getCasesCount(), CASES_MAX);
        for (int i = 0; i < branch.getCasesCount(); i++) {
            var one = branch.getCases(i);
            var here = at + ".cases[" + i + "]";
            if (!EXIT.matcher(one.getExit()).matches() || one.getExit().equals("else")) {
                findings.add(here + ".exit", "must be a word of its own in lower case letters");
            }
            value(here + ".when", one.getWhen(), ValueKind.YES_NO);
        }
    }

    private void set(String at, SetStep set) {
        if (set.getAssignmentsCount() == 0) {
            findings.add(at + ".assignments", "are missing; say which variable gets what");
        }
        for (int i = 0; i < set.getAssignmentsCount(); i++) {
            var one = set.getAssignments(i);
            var here = at + ".assignments[" + i + "]";
            var kind = variables.get(one.getVariable());
            if (kind == null) {
                unknownVariable(here + ".variable", one.getVariable());
            } else {
                value(here + ".value", one.getValue(), kind);
            }
        }
    }

    private void language(String at, String language) {
        var known =
                flow.getLanguagesCount() == 0
                        ? Set.of(around.language())
                        : new TreeSet<>(flow.getLanguagesList());
        findings.reference(at + ".language", "language of this flow", language, known);
    }

    private void say(String at, List<SayPart> parts) {
        if (parts.isEmpty()) {
            findings.add(at + ".parts", "are missing; a caller would hear silence");
        }
        findings.atMost(at + ".parts", "parts", parts.size(), PARTS_MAX);
        for (int i = 0; i < parts.size(); i++) {
            part(at + ".parts[" + i + "]", parts.get(i));
        }
    }

    private void part(String at, SayPart part) {
        if (part.hasPrompt() == !part.getValue().isEmpty()) {
            findings.add(at, "needs either a prompt or a value");
            return;
        }
        if (part.hasPrompt()) {
            prompts.check(at + ".prompt", part.getPrompt());
            return;
        }
        switch (part.getAs()) {
            case SAY_AS_NUMBER, SAY_AS_ORDINAL, SAY_AS_MONEY, SAY_AS_MINUTES ->
                    value(at + ".value", part.getValue(), ValueKind.NUMBER);
            case SAY_AS_TEXT, SAY_AS_DIGITS, SAY_AS_DATE, SAY_AS_TIME ->
                    value(at + ".value", part.getValue(), ValueKind.TEXT);
            case SAY_AS_UNSPECIFIED, UNRECOGNIZED -> anyValue(at + ".value", part.getValue());
        }
        if (part.getAs() == SayAs.SAY_AS_MONEY && !CURRENCIES.contains(part.getCurrency())) {
            findings.reference(at + ".currency", "currency", part.getCurrency(), CURRENCIES);
        }
    }

    private void subFlow(String at, SubFlowStep step) {
        var other = around.flows().get(step.getFlowId());
        if (other == null || !other.getSubFlow()) {
            var known =
                    around.flows().values().stream()
                            .filter(Flow::getSubFlow)
                            .map(Flow::getFlowId)
                            .toList();
            findings.reference(at + ".flow", "sub-flow", step.getFlowId(), known);
            return;
        }
        var theirs = new TreeMap<String, ValueKind>();
        for (FlowVariable one : other.getVariablesList()) {
            theirs.put(one.getName(), CallWords.of(one.getKind()));
        }
        step.getArgumentsMap()
                .forEach(
                        (name, value) -> {
                            var here = at + ".arguments." + name;
                            findings.reference(
                                    here, "variable of the sub-flow", name, theirs.keySet());
                            if (theirs.containsKey(name)) {
                                value(here, value, theirs.get(name));
                            }
                        });
        step.getResultsMap()
                .forEach(
                        (ours, name) -> {
                            var here = at + ".results." + ours;
                            findings.reference(
                                    here, "variable of the sub-flow", name, theirs.keySet());
                            variable(here, ours, theirs.getOrDefault(name, variables.get(ours)));
                        });
    }

    private void finish(String at, String exit) {
        if (!flow.getSubFlow()) {
            findings.add(at, "is for sub-flows; hang up or lead on, or mark the flow as subFlow");
        } else if (!EXIT.matcher(exit).matches()) {
            findings.add(at + ".exit", "must be a word in lower case letters, like done");
        }
    }

    private void goTo(String at, String flowId) {
        var known =
                around.flows().values().stream()
                        .filter(other -> !other.getSubFlow())
                        .map(Flow::getFlowId)
                        .toList();
        findings.reference(at, "flow", flowId, known);
    }

    private void word(String at, String word) {
        if (!WORD.matcher(word).matches()) {
            findings.add(at, "must be a word in lower case letters, digits and -");
        }
    }

    private void waits(String at, Duration firstKey, Duration interKey) {
        findings.wait(at + ".firstKeyTimeout", firstKey, KEY_WAIT_SECONDS_MAX);
        findings.wait(at + ".interKeyTimeout", interKey, KEY_WAIT_SECONDS_MAX);
    }

    private void attempts(String at, int attempts) {
        findings.between(at + ".maxAttempts", attempts, 1, ATTEMPTS_MAX);
    }

    /** That there is such a variable. */
    void variable(String at, String name, ValueKind kind) {
        var is = variables.get(name);
        if (is == null) {
            unknownVariable(at, name);
        } else if (is != kind) {
            findings.add(at, "holds %s, must hold %s".formatted(is.words(), kind.words()));
        }
    }

    void known(String at, String name) {
        if (!variables.containsKey(name)) {
            unknownVariable(at, name);
        }
    }

    private void unknownVariable(String at, String name) {
        findings.add(
                at,
                "there is no variable %s; declare it among the flow's variables"
                        .formatted(Findings.shown(name)));
    }

    void value(String at, String source, ValueKind kind) {
        try {
            grammar.formula(source, kind);
        } catch (ExpressionRefused fault) {
            findings.add(at, fault.getMessage());
        }
    }

    void anyValue(String at, String source) {
        try {
            grammar.formula(source);
        } catch (ExpressionRefused fault) {
            findings.add(at, fault.getMessage());
        }
    }
}
