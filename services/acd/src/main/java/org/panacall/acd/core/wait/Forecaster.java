// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.wait;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.panacall.acd.core.id.QueueId;

/**
 * Forecasts waits from how things stand at one moment. The line before a caller shrinks as agents
 * become free and as callers give up; an agent who serves several queues takes the call that waits
 * longest, so the older calls of each of them shrink together. Known as the Markovian queue-length
 * predictor (Ibrahim and Whitt 2009) where there is one queue and talks have no age.
 */
public final class Forecaster {

    private static final double STEPS_A_CALL = 16;
    private static final double LONGEST_SECONDS = 4 * 3600;

    private final List<Crew> crews;
    private final Function<QueueId, Experience> experiences;

    public Forecaster(List<Crew> crews, Function<QueueId, Experience> experiences) {
        this.crews = List.copyOf(crews);
        this.experiences = experiences;
    }

    /**
     * What a caller may expect.
     *
     * @param ahead waiting calls that come before his, in his queue and in those that share its
     *     agents
     * @param waited how long he counts as having waited, a head start included
     */
    public Forecast forecast(QueueId queue, Map<QueueId, Integer> ahead, Duration waited) {
        var serving = crews.stream().filter(crew -> crew.queues().contains(queue)).toList();
        if (serving.stream().allMatch(crew -> crew.size() == 0)) {
            return Forecast.NONE;
        }
        var walk = new Walk(queue, ahead, waited);
        while (walk.own > 0 && walk.seconds < LONGEST_SECONDS) {
            walk.on();
        }
        return walk.forecast();
    }

    /** The way of one caller to the head of the line, in the mean. */
    private final class Walk {
        private final QueueId queue;
        private final Experience experience;
        private final double step;
        private final double waited;
        private final NavigableMap<QueueId, Double> rivals = new TreeMap<>();
        private final int calls;
        private final List<Flow> flows = new ArrayList<>();

        /** Calls before him, and his own. */
        private double own;

        private double seconds;
        private double lastCall;
        private double variance;

        private record Flow(Crew crew, Outflow outflow) {}

        private Walk(QueueId queue, Map<QueueId, Integer> ahead, Duration waited) {
            this.waited = waited.toMillis() / 1000.0;
            this.queue = queue;
            experience = experiences.apply(queue);
            step = experience.handling().mean() / STEPS_A_CALL;
            own = ahead.getOrDefault(queue, 0) + 1;
            calls = (int) own;
            ahead.forEach((other, count) -> rivals.put(other, (double) count));
            rivals.remove(queue);
            Function<QueueId, Handling> handlings = id -> experiences.apply(id).handling();
            for (var crew : crews) {
                if (crew.size() > 0 && concerns(crew)) {
                    flows.add(new Flow(crew, new Outflow(crew, queue, handlings, step)));
                }
            }
        }

        private boolean concerns(Crew crew) {
            return crew.queues().contains(queue)
                    || crew.queues().stream().anyMatch(rivals::containsKey);
        }

        /** To the next step of time, or until one call less is before him. */
        private void on() {
            var now = (int) (seconds / step + 1e-9);
            var outflows = new TreeMap<QueueId, Double>();
            for (var flow : flows) {
                share(flow.crew(), flow.outflow().perSecond(now), outflows);
            }
            var before = Math.ceil(own - 1e-9) - 1;
            var rate = outflows.getOrDefault(queue, 0.0) + before * experience.patience().rate();
            var time = (now + 1) * step - seconds;
            rate -= overtaking(queue);
            var next = rate > 0 ? (own - before) / rate : Double.MAX_VALUE;
            if (next <= time) {
                time = next;
                own = before;
                var gap = seconds + time - lastCall;
                variance += gap * gap;
                lastCall = seconds + time;
            } else {
                own -= rate * time;
            }
            seconds += time;
            shrink(outflows, time);
        }

        /** Divides a crew's free agents among its queues by the calls that wait there. */
        private void share(Crew crew, double perSecond, Map<QueueId, Double> outflows) {
            var waiting = 0.0;
            for (var served : crew.queues()) {
                waiting += served.equals(queue) ? own : rivals.getOrDefault(served, 0.0);
            }
            for (var served : crew.queues()) {
                var part = served.equals(queue) ? own : rivals.getOrDefault(served, 0.0);
                if (part > 0) {
                    outflows.merge(served, perSecond * part / waiting, Double::sum);
                }
            }
        }

        private double overtaking(QueueId other) {
            return experiences.apply(other).arrivals().overtaking(waited, seconds);
        }

        private void shrink(Map<QueueId, Double> outflows, double time) {
            for (var rival : rivals.entrySet()) {
                var rate =
                        outflows.getOrDefault(rival.getKey(), 0.0)
                                + rival.getValue()
                                        * experiences.apply(rival.getKey()).patience().rate()
                                - overtaking(rival.getKey());
                rival.setValue(Math.max(0, rival.getValue() - rate * time));
            }
        }

        private Forecast forecast() {
            var calibration = experience.calibration();
            var deviation = Math.sqrt(variance);
            // The mean gap on the way, for a queue of one call as for one of a hundred.
            var gap = Math.sqrt(variance / Math.max(1, calls));
            var expected = Math.max(1, seconds + calibration.offset() * gap);
            return new Forecast(
                    duration(expected),
                    duration(expected + calibration.reach() * deviation),
                    duration(gap),
                    (int) experience.handling().samples());
        }

        private static Duration duration(double seconds) {
            return Duration.ofMillis((long) (seconds * 1000));
        }
    }
}
