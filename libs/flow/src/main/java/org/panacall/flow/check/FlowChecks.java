// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.panacall.defaults.tree.Flaw;
import org.panacall.flow.expression.CallWords;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.FlowVariable;
import org.panacall.proto.directory.v1.Step;

/**
 * Finds what would let a caller down in a flow: steps nobody comes to, circles without a question,
 * exits to nowhere or missing, prompts without words in a language, unknown queues, people,
 * calendars and variables, expressions that make no sense. Each flaw names its step and says what
 * to do.
 */
public final class FlowChecks {

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");
    private static final Pattern VARIABLE = Pattern.compile("[a-z][A-Za-z0-9_]{0,39}");
    private static final Set<String> LANGUAGES = Set.of("ru", "uk", "en");
    private static final int STEPS_MAX = 500;
    private static final int VARIABLES_MAX = 50;
    private static final int NAME_MAX = 100;

    private final Flow flow;
    private final FlowAround around;
    private final Findings findings = new Findings();

    private FlowChecks(Flow flow, FlowAround around) {
        this.flow = flow;
        this.around = around.with(flow);
    }

    /** Everything wrong with a flow, at most a hundred flaws. */
    public static List<Flaw> flaws(Flow flow, FlowAround around) {
        var checks = new FlowChecks(flow, around);
        checks.head();
        checks.variables();
        if (flow.getStepsCount() > STEPS_MAX) {
            checks.findings.add("steps", "are more than " + STEPS_MAX + "; split the flow");
        } else {
            checks.steps();
        }
        return checks.findings.all();
    }

    private void head() {
        if (!ID.matcher(flow.getFlowId()).matches()) {
            findings.add("id", "must be lower case letters, digits, - and _, at most 40");
        }
        if (flow.getName().isBlank() || flow.getName().length() > NAME_MAX) {
            findings.add("name", "is missing; must have 1 to " + NAME_MAX + " characters");
        }
        if (!flow.getSubFlow() || !flow.getFallbackQueueId().isEmpty()) {
            findings.reference(
                    "fallbackQueue", "queue", flow.getFallbackQueueId(), around.queues());
        }
        for (var language : flow.getLanguagesList()) {
            findings.reference("languages", "language", language, LANGUAGES);
        }
        if (new TreeSet<>(flow.getLanguagesList()).size() != flow.getLanguagesCount()) {
            findings.add("languages", "one is there twice; keep one");
        }
    }

    private void variables() {
        findings.atMost("variables", "variables", flow.getVariablesCount(), VARIABLES_MAX);
        var names = new TreeSet<String>();
        for (int i = 0; i < flow.getVariablesCount(); i++) {
            var variable = flow.getVariables(i);
            var at = "variables[" + i + "]";
            if (!VARIABLE.matcher(variable.getName()).matches()) {
                findings.add(at + ".name", "must be a letter, then letters, digits and _");
            } else if (CallWords.reserved().contains(variable.getName())) {
                findings.add(at + ".name", "belongs to the call; choose another");
            } else if (!names.add(variable.getName())) {
                findings.add(at + ".name", "is there twice; choose another");
            }
            initial(at + ".initial", variable);
        }
    }

    private void initial(String at, FlowVariable variable) {
        var text = variable.getInitial();
        var fits =
                switch (CallWords.of(variable.getKind())) {
                    case NUMBER -> text.matches("(-?[0-9]{1,9})?");
                    case YES_NO -> text.matches("(true|false)?");
                    case TEXT, TEXTS -> text.length() <= NAME_MAX;
                };
        if (!fits) {
            findings.add(at, "must be " + CallWords.of(variable.getKind()).words());
        }
    }

    private void steps() {
        var known = new TreeSet<String>();
        for (int i = 0; i < flow.getStepsCount(); i++) {
            var id = flow.getSteps(i).getStepId();
            var at = "steps[" + i + "].id";
            if (!ID.matcher(id).matches()) {
                findings.add(
                        at,
                        "is %s, must be lower case letters, digits, - and _"
                                .formatted(Findings.shown(id)));
            } else if (!known.add(id)) {
                findings.add(at, Findings.shown(id) + " is there twice; choose another");
            }
        }
        findings.reference("entry", "step", flow.getEntryStepId(), known);
        var checks = new StepChecks(flow, around, findings);
        for (var step : flow.getStepsList()) {
            var at = "steps(" + step.getStepId() + ")";
            checks.check(at, step);
            exits(at + ".exits", step, known);
        }
        Asking.check(flow, findings);
        ways();
    }

    private void exits(String at, Step step, Set<String> known) {
        var exits = StepExits.of(step, flow, around);
        for (var exit : exits.wanted()) {
            if (!step.containsExits(exit)) {
                findings.add(at + "." + exit, "is missing; say which step comes next");
            }
        }
        for (Map.Entry<String, String> exit : step.getExitsMap().entrySet()) {
            var here = at + "." + exit.getKey();
            if (!exits.wanted().contains(exit.getKey())
                    && !exits.possible().contains(exit.getKey())) {
                findings.add(here, "this step has no such exit, only " + exits.named());
            } else {
                findings.reference(here, "step", exit.getValue(), known);
            }
        }
    }

    private void ways() {
        var paths = new Paths(flow);
        for (var id : paths.unreachable()) {
            findings.add(
                    "steps(" + id + ")",
                    "nobody comes here from '%s'; add an exit to it or delete it"
                            .formatted(flow.getEntryStepId()));
        }
        for (var id : paths.endless()) {
            findings.add(
                    "steps(" + id + ")",
                    "leads back to itself without asking the caller; add a menu or a loop with a"
                            + " bound");
        }
        if (flow.getSubFlow() && flow.getStepsList().stream().noneMatch(Step::hasFinish)) {
            findings.add("steps", "none is a finish; a sub-flow needs one to come back");
        }
        var circle = Paths.calledByItself(flow, around.flows());
        if (!circle.isEmpty()) {
            findings.add(
                    "steps", "the flow is its own sub-flow (" + String.join(" → ", circle) + ")");
        }
    }
}
