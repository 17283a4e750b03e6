// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.seed;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds what would let a caller down in a flow: exits to nowhere or missing, steps nobody comes to,
 * unknown queues and people, prompts without words.
 */
final class FlowCheck {

    private static final int STEPS_MAX = 500;
    private static final int ATTEMPTS_MAX = 10;
    private static final int TEXT_MAX = 1_000;
    private static final Duration KEY_WAIT_MAX = Duration.ofMinutes(1);

    private final String path;
    private final Seed.Flow flow;
    private final Set<String> queues;
    private final Set<String> people;
    private final PromptTexts texts;
    private final Map<String, Seed.Step> steps = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();

    FlowCheck(
            String path,
            Seed.Flow flow,
            Set<String> queues,
            Set<String> people,
            PromptTexts texts) {
        this.path = path;
        this.flow = flow;
        this.queues = queues;
        this.people = people;
        this.texts = texts;
    }

    List<String> faults() {
        if (flow.name() == null) {
            faults.add(path + ".name: is missing");
        }
        if (flow.steps().size() > STEPS_MAX) {
            faults.add(path + ".steps: are more than " + STEPS_MAX + "; split the flow");
        }
        reference(path + ".fallbackQueue", flow.fallbackQueue(), queues, "queue");
        for (int i = 0; i < flow.steps().size(); i++) {
            var step = flow.steps().get(i);
            var at = path + ".steps[" + i + "]";
            if (step.id() == null || !SeedCheck.ID.matcher(step.id()).matches()) {
                faults.add(at + ".id: is '" + step.id() + "', must be lower case letters and -");
            } else if (steps.putIfAbsent(step.id(), step) != null) {
                faults.add(at + ".id: '" + step.id() + "' is there twice; choose another");
            }
        }
        reference(path + ".entry", flow.entry(), steps.keySet(), "step");
        steps.forEach((id, step) -> step(path + ".steps(" + id + ")", step));
        unreachable();
        return faults;
    }

    private void step(String at, Seed.Step step) {
        var kinds = new ArrayList<String>();
        var exits = new TreeSet<String>();
        if (step.play() != null) {
            kinds.add("play");
            exits.add("done");
            prompts(at + ".play.prompts", step.play().prompts(), true);
        }
        if (step.menu() != null) {
            kinds.add("menu");
            exits.addAll(step.menu().keys());
            exits.addAll(List.of("no-input", "invalid"));
            menu(at + ".menu", step.menu());
        }
        if (step.queue() != null) {
            kinds.add("queue");
            reference(at + ".queue.id", step.queue().id(), queues, "queue");
        }
        if (step.transfer() != null) {
            kinds.add("transfer");
            reference(at + ".transfer.extension", step.transfer().extension(), people, "person");
        }
        if (step.echo() != null) {
            kinds.add("echo");
        }
        if (step.hangUp() != null) {
            kinds.add("hangUp");
        }
        if (kinds.size() != 1) {
            faults.add(
                    at
                            + ": needs one of play, menu, queue, transfer, echo and hangUp, has "
                            + kinds);
            return;
        }
        exits(at + ".exits", step.exits(), exits);
    }

    private void exits(String at, Map<String, String> given, Set<String> wanted) {
        for (var exit : wanted) {
            if (!given.containsKey(exit)) {
                faults.add(at + "." + exit + ": is missing; say which step comes next");
            }
        }
        given.forEach(
                (exit, target) -> {
                    if (!wanted.contains(exit)) {
                        faults.add(
                                at + "." + exit + ": this step has no such exit, only " + wanted);
                    } else {
                        reference(at + "." + exit, target, steps.keySet(), "step");
                    }
                });
    }

    private void menu(String at, Seed.Menu menu) {
        prompts(at + ".prompts", menu.prompts(), true);
        prompts(at + ".invalidPrompts", menu.invalidPrompts(), false);
        if (new TreeSet<>(menu.keys()).size() != menu.keys().size()) {
            faults.add(at + ".keys: one is there twice; keep one");
        }
        for (var key : menu.keys()) {
            if (!key.matches("[0-9*#]")) {
                faults.add(at + ".keys: '" + key + "' is no key; must be one of 0-9 * #");
            }
        }
        between(at + ".firstKeyTimeout", menu.firstKeyTimeout());
        between(at + ".interKeyTimeout", menu.interKeyTimeout());
        if (menu.maxAttempts() == null
                || menu.maxAttempts() < 1
                || menu.maxAttempts() > ATTEMPTS_MAX) {
            faults.add(at + ".maxAttempts: must be between 1 and " + ATTEMPTS_MAX);
        }
    }

    private void prompts(String at, List<Seed.Prompt> prompts, boolean needed) {
        if (needed && prompts.isEmpty()) {
            faults.add(at + ": are missing; a caller would hear silence");
        }
        for (int i = 0; i < prompts.size(); i++) {
            var prompt = prompts.get(i);
            var here = at + "[" + i + "]";
            if (prompt.id() == null || !prompt.id().matches("[a-z0-9-]{1,40}(/[a-z0-9-]{1,40})?")) {
                faults.add(
                        here + ".id: is '" + prompt.id() + "', must be lower case letters and -");
                continue;
            }
            var text = texts.of(prompt);
            if (text.isEmpty()) {
                faults.add(here + ": has no words; give it a text or write " + texts.file(prompt));
            } else if (text.get().isEmpty() || text.get().length() > TEXT_MAX) {
                faults.add(here + ": its text must have 1 to " + TEXT_MAX + " characters");
            }
        }
    }

    private void unreachable() {
        var reached = new TreeSet<String>();
        var open = new ArrayDeque<String>();
        if (flow.entry() != null) {
            open.add(flow.entry());
        }
        while (!open.isEmpty()) {
            var id = open.remove();
            if (steps.containsKey(id) && reached.add(id)) {
                open.addAll(steps.get(id).exits().values());
            }
        }
        for (var id : steps.keySet()) {
            if (!reached.contains(id)) {
                faults.add(
                        path
                                + ".steps("
                                + id
                                + "): nobody comes here from '"
                                + flow.entry()
                                + "'; add an exit to it or delete it");
            }
        }
    }

    private void reference(String at, String name, Set<String> known, String what) {
        if (name == null || !known.contains(name)) {
            faults.add(at + ": there is no " + what + " '" + name + "'; known are " + known);
        }
    }

    private void between(String at, Duration wait) {
        if (wait == null
                || wait.isNegative()
                || wait.isZero()
                || wait.compareTo(KEY_WAIT_MAX) > 0) {
            faults.add(at + ": must be more than 0s and at most " + KEY_WAIT_MAX.toSeconds() + "s");
        }
    }
}
