// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.run;

import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.ivr.core.IvrEffect;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.outside.Outcome;
import org.panacall.ivr.core.outside.Question;
import org.panacall.ivr.core.run.Waiting.Asking;

/**
 * What a run asks outside. What was asked ahead changes nothing until a step awaits it, so that
 * variables never change under the steps between.
 *
 * <p>What was asked is not in the events: an heir asks again by the same key, when a step waits.
 */
final class Errands {

    private static final int AHEAD_MAX = 16;

    private final Course course;
    private final TreeMap<Place, Asked> ahead = new TreeMap<>();

    /** A step within the flows that a run is in. */
    private record Place(int depth, String step) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return depth == other.depth
                    ? step.compareTo(other.step)
                    : Integer.compare(depth, other.depth);
        }
    }

    /** Something under way, or what came of it. */
    private record Asked(long number, Instant until, Optional<Outcome> outcome) {
        private Asked with(Outcome is) {
            return new Asked(number, until, Optional.of(is));
        }
    }

    Errands(Course course) {
        this.course = course;
    }

    Optional<StepId> open(Step step, Step.Outside outside) {
        if (!outside.ahead()) {
            return wait(step, ask(step.id(), outside));
        }
        if (ahead.size() < AHEAD_MAX) {
            ahead.put(place(step.id()), ask(step.id(), outside));
        }
        return course.leave(step, Step.STARTED);
    }

    /** Waits for what a step has asked; asks now when that is not known of. */
    Optional<StepId> await(Step step, StepId awaited) {
        var known = ahead.remove(place(awaited));
        if (known != null) {
            return wait(step, known);
        }
        var asking = course.flow().flatMap(flow -> flow.step(awaited)).map(Step::kind);
        return asking.isPresent() && asking.get() instanceof Step.Outside outside
                ? wait(step, ask(awaited, outside))
                : course.leave(step, Step.FAILED);
    }

    private Optional<StepId> wait(Step step, Asked asked) {
        if (asked.outcome().isPresent()) {
            return taken(step, asked.outcome().get());
        }
        if (!asked.until().isAfter(course.now())) {
            // Its time was over before anybody waited.
            return taken(step, Outcome.of(Step.TIMEOUT));
        }
        course.waitFor(new Asking(step, asked.number(), asked.until()));
        return Optional.empty();
    }

    /** Sets the variables that it gives, and leaves by its exit. */
    Optional<StepId> taken(Step step, Outcome outcome) {
        outcome.values().forEach(course::set);
        var exit = step.exit(outcome.exit()).isPresent() ? outcome.exit() : Step.FAILED;
        return course.leave(step, exit);
    }

    /** An outcome that no step waits for yet. */
    void keep(long number, Outcome outcome) {
        ahead.replaceAll((_, asked) -> asked.number() == number ? asked.with(outcome) : asked);
    }

    /** The flows from that depth on are left: nobody will wait any more. */
    void forgetFrom(int depth) {
        ahead.keySet().removeIf(place -> place.depth() >= depth);
    }

    private Asked ask(StepId step, Step.Outside outside) {
        var arguments = new TreeMap<String, Object>();
        for (var argument : outside.arguments().entrySet()) {
            var value = course.value(argument.getValue());
            if (value.isEmpty()) {
                return new Asked(0, course.now(), Optional.of(Outcome.of(Step.FAILED)));
            }
            arguments.put(argument.getKey(), value.get());
        }
        var number = course.history.nextEffect();
        var within = outside.within();
        var question = new Question(step, outside.errand(), arguments, key(step), within);
        course.history.act(new IvrEffect.Ask(course.caller(), number, question));
        return new Asked(number, course.in(within), Optional.empty());
    }

    private String key(StepId step) {
        var history = course.history;
        return String.join(
                "_",
                course.caller().origin().run(),
                history.situation().key(step),
                Integer.toString(history.visits(step)));
    }

    private Place place(StepId step) {
        return new Place(course.history.situation().frames().size(), step.value());
    }
}
