// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.run;

import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.ivr.core.IvrEvent.CallTagged;
import org.panacall.ivr.core.IvrEvent.FlowChanged;
import org.panacall.ivr.core.IvrEvent.LanguageChosen;
import org.panacall.ivr.core.IvrEvent.NotificationRequested;
import org.panacall.ivr.core.IvrEvent.Sent;
import org.panacall.ivr.core.IvrEvent.StepLeft;
import org.panacall.ivr.core.IvrEvent.SubFlowEntered;
import org.panacall.ivr.core.IvrEvent.SubFlowLeft;
import org.panacall.ivr.core.flow.Destination;
import org.panacall.ivr.core.flow.Destination.RingGroup;
import org.panacall.ivr.core.flow.Destination.ToExtension;
import org.panacall.ivr.core.flow.Destination.ToGroup;
import org.panacall.ivr.core.flow.Destination.ToNumber;
import org.panacall.ivr.core.flow.Destination.ToQueue;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.outside.Notification;

/** Steps that a caller does not notice: they are left in the moment in which they are entered. */
final class Deeds {

    /** Flows within flows. */
    private static final int DEPTH_MAX = 8;

    private static final int NOTIFICATIONS_MAX = 5;
    private static final int SUBJECT_MAX = 200;
    private static final int TEXT_MAX = 1_000;
    private static final int VALUE_MAX = 200;
    private static final String LANGUAGE = "language";
    private static final String CATEGORY = "category";
    private static final String RECORDING_NOTICE = "recording-notice";
    private static final String COUNTER = "#";

    private final Course course;

    Deeds(Course course) {
        this.course = course;
    }

    Optional<StepId> carryOut(Step step) {
        return switch (step.kind()) {
            case Step.Branch branch -> course.leave(step, exit(branch));
            case Step.Hours(var calendar) -> course.leave(step, isOpen(calendar));
            case Step.Screen screen -> course.leave(step, isListed(screen));
            case Step.Assign assign -> course.leave(step, assigned(assign));
            case Step.Choose(var language) -> {
                course.history.emit(new LanguageChosen(language), course.now());
                yield course.leave(step, Step.DONE);
            }
            case Step.Tag(var name, var expression) -> {
                var value = course.value(expression).map(String::valueOf).orElse("");
                course.history.emit(new CallTagged(name, value), course.now());
                yield course.leave(step, Step.DONE);
            }
            case Step.Notify(var what) -> notify(step, what);
            case Step.Loop(var times) -> course.leave(step, counted(step, times));
            case Step.SubFlow sub -> enter(step, sub);
            case Step.Finish(var exit) -> finish(step, exit);
            case Step.GoTo goTo -> change(step, goTo);
            default -> throw new IllegalArgumentException("not done at once: " + step.id());
        };
    }

    Optional<StepId> enqueue(Step step, Step.Enqueue queue) {
        var attributes = new TreeMap<>(queue.attributes());
        queue.computed()
                .forEach(
                        (name, expression) ->
                                course.value(expression)
                                        .map(String::valueOf)
                                        .filter(value -> !value.isEmpty())
                                        .ifPresent(value -> attributes.put(name, value)));
        var chosen = course.history.situation().language();
        if (!chosen.isEmpty()) {
            attributes.putIfAbsent(LANGUAGE, chosen);
        }
        var category = course.names().contact("contact.category");
        if (!category.isEmpty()) {
            attributes.putIfAbsent(CATEGORY, category);
        }
        // It is a proof: what a flow's author writes is none.
        attributes.remove(RECORDING_NOTICE);
        if (course.history.situation().noticed()) {
            attributes.put(RECORDING_NOTICE, "played");
        }
        return course.handOver(new ToQueue(queue.queue(), attributes));
    }

    Destination to(Step step, Step.Transfer transfer) {
        var only = transfer.to() instanceof Step.Person person && person.only();
        var terms = terms(step, transfer.ringTimeout(), only);
        var fallback = course.fallback();
        return switch (transfer.to()) {
            case Step.Person(var extension, _) -> new ToExtension(extension, fallback, terms);
            case Step.Telephone(var number) -> new ToNumber(number, fallback, terms);
        };
    }

    Destination to(Step step, RingGroup group) {
        var terms = terms(step, Optional.of(group.whole()), false);
        return new ToGroup(group, course.fallback(), terms);
    }

    /** Only exits that are drawn bring a call back. */
    private Destination.Terms terms(Step step, Optional<Duration> ringTimeout, boolean only) {
        var exits = Step.NOT_TAKEN.stream().filter(step.exits()::containsKey).toList();
        var bookmark =
                Optional.of(course.history.bookmark())
                        .filter(one -> !exits.isEmpty())
                        .filter(Bookmark::isLight);
        return new Destination.Terms(ringTimeout, only, exits, bookmark);
    }

    /** A message that cannot be sent keeps nobody, unless the flow wants to know of it. */
    private Optional<StepId> notify(Step step, Notification what) {
        var visits = course.history.visits(step.id());
        var sent = visits > NOTIFICATIONS_MAX ? Optional.<Sent>empty() : sent(what);
        sent.ifPresent(
                message ->
                        course.history.emit(
                                new NotificationRequested(
                                        notificationId(step, visits), what.way(), message),
                                course.now()));
        var failed = sent.isEmpty() && step.exit(Step.FAILED).isPresent();
        return course.leave(step, failed ? Step.FAILED : Step.DONE);
    }

    private String notificationId(Step step, int visits) {
        var place = course.history.situation().key(step.id());
        return "notification_%s_%s_%d".formatted(course.caller().call(), place, visits);
    }

    private Optional<Sent> sent(Notification what) {
        var to =
                what.to()
                        .map(expression -> course.value(expression).map(String::valueOf))
                        .orElse(Optional.of(course.caller().numbers().caller()))
                        .filter(what.way()::reaches);
        var language =
                what.language(
                        course.history.situation().language(), course.around().place().language());
        var letter = language.map(what.texts()::get);
        var subject = filled(letter.map(Notification.Letter::subject), SUBJECT_MAX);
        var text = filled(letter.map(Notification.Letter::text), TEXT_MAX);
        var values = new TreeMap<String, String>();
        what.values()
                .forEach(
                        (name, expression) ->
                                filled(Optional.of(Notification.Text.of(expression)), VALUE_MAX)
                                        .ifPresent(value -> values.put(name, value)));
        return to.isEmpty()
                        || subject.isEmpty()
                        || text.isEmpty()
                        || values.size() < what.values().size()
                ? Optional.empty()
                : Optional.of(
                        new Sent(
                                to.get(),
                                language.orElse(""),
                                what.template(),
                                values,
                                subject.get(),
                                text.get()));
    }

    /** Nothing is written as nothing; empty when a value cannot be computed. */
    private Optional<String> filled(Optional<Notification.Text> text, int lettersMax) {
        return text.isEmpty() ? Optional.of("") : text.get().filled(course::value, lettersMax);
    }

    private String exit(Step.Branch branch) {
        return branch.cases().stream()
                .filter(one -> course.value(one.when()).filter(Boolean.TRUE::equals).isPresent())
                .map(Step.Case::exit)
                .findFirst()
                .orElse(Step.Branch.ELSE);
    }

    /** A calendar that is gone is open: better a patient too many than none. */
    private String isOpen(String calendar) {
        var open =
                Optional.ofNullable(course.around().calendars().get(calendar))
                        .map(known -> known.open(course.now()))
                        .orElse(true);
        return open ? "open" : "closed";
    }

    private String isListed(Step.Screen screen) {
        var lists = course.around().lists();
        var number = course.caller().numbers().caller();
        var listed =
                screen.lists().stream()
                        .anyMatch(id -> lists.containsKey(id) && lists.get(id).has(number));
        return listed ? "listed" : "not-listed";
    }

    private String assigned(Step.Assign assign) {
        for (var one : assign.assignments()) {
            var value = course.value(one.value());
            if (value.isEmpty()) {
                return Step.FAILED;
            }
            course.set(one.variable(), value.get());
        }
        return Step.DONE;
    }

    private String counted(Step step, int times) {
        var counter = COUNTER + step.id();
        var set = course.history.situation().innermost().variables().get(counter);
        int passed = set == null ? 0 : Integer.parseInt(set);
        var again = passed < times;
        course.set(counter, again ? passed + 1 : 0);
        return again ? "again" : "over";
    }

    private Optional<StepId> enter(Step step, Step.SubFlow sub) {
        var flow = course.flow(sub.flow());
        if (flow.isEmpty() || course.history.situation().frames().size() >= DEPTH_MAX) {
            return course.leave(step, Step.FAILED);
        }
        var arguments = new TreeMap<String, Object>();
        for (var argument : sub.arguments().entrySet()) {
            var value = course.value(argument.getValue());
            if (value.isEmpty()) {
                return course.leave(step, Step.FAILED);
            }
            arguments.put(argument.getKey(), value.get());
        }
        course.history.emit(
                new SubFlowEntered(flow.get().id(), flow.get().version()), course.now());
        arguments.forEach(course::set);
        return Optional.of(flow.get().entry());
    }

    private Optional<StepId> finish(Step step, String exit) {
        var history = course.history;
        if (history.situation().frames().size() == 1) {
            return course.fallBack();
        }
        history.emit(new StepLeft(step.id(), exit), course.now());
        var inner = course.names();
        course.errands.forgetFrom(history.situation().frames().size());
        history.emit(new SubFlowLeft(exit), course.now());
        var entered = history.step().flatMap(id -> course.flow().flatMap(flow -> flow.step(id)));
        if (entered.isEmpty() || !(entered.get().kind() instanceof Step.SubFlow sub)) {
            return course.fallBack();
        }
        sub.results().forEach((ours, theirs) -> course.set(ours, inner.text(theirs)));
        return course.leave(entered.get(), exit);
    }

    private Optional<StepId> change(Step step, Step.GoTo goTo) {
        var flow = course.flow(goTo.flow());
        if (flow.isEmpty()) {
            return course.fallBack();
        }
        course.history.emit(new StepLeft(step.id(), "flow"), course.now());
        course.errands.forgetFrom(0);
        course.history.emit(new FlowChanged(flow.get().id(), flow.get().version()), course.now());
        return Optional.of(flow.get().entry());
    }
}
