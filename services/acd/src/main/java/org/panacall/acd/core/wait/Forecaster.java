// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.wait;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
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

    /** With more crews or queues than these their lines are not walked together any more. */
    public static final int MANY = 32;

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
        var experience = experiences.apply(queue);
        var step = experience.handling().mean() / STEPS_A_CALL;
        var lines =
                crews.size() <= MANY && ahead.size() <= MANY
                        ? together(queue, ahead, seconds(waited), step)
                        : alone(serving, queue, ahead, seconds(waited), step);
        return walk(lines, experience, step);
    }

    private Lines together(QueueId queue, Map<QueueId, Integer> ahead, double waited, double step) {
        var lines = new Lines(queue, ahead, experiences, waited);
        for (var crew : crews) {
            if (crew.size() > 0 && lines.concern(crew)) {
                lines.add(crew, new Outflow(crew, queue, this::handling, step));
            }
        }
        return lines;
    }

    /** Each agent counts by the share that the queue has of the calls that he may take now. */
    private Lines alone(
            List<Crew> serving,
            QueueId queue,
            Map<QueueId, Integer> ahead,
            double waited,
            double step) {
        var own = ahead.getOrDefault(queue, 0) + 1;
        var agents = 0.0;
        var share = 0.0;
        var busy = new ArrayList<Crew.Busy>();
        for (var crew : serving) {
            var all = 1;
            for (var served : crew.queues()) {
                all += ahead.getOrDefault(served, 0);
            }
            agents += crew.size();
            share += crew.size() * (double) own / all;
            busy.addAll(crew.busy());
        }
        var one = new TreeSet<>(List.of(queue));
        var crew = new Crew(one, (int) agents - busy.size(), busy);
        var lines = new Lines(queue, Map.of(queue, own - 1), experiences, waited);
        var outflow = new Outflow(crew, queue, this::handling, step);
        lines.add(crew, outflow.times(share / agents));
        return lines;
    }

    private Handling handling(QueueId queue) {
        return experiences.apply(queue).handling();
    }

    /** Goes on from call to call before him, in the mean. */
    private static Forecast walk(Lines lines, Experience experience, double step) {
        var calls = lines.own();
        var time = 0.0;
        var last = 0.0;
        var mark = calls;
        var variance = 0.0;
        while (lines.own() > 0 && time < LONGEST_SECONDS) {
            var now = (int) (time / step + 1e-9);
            lines.look(now, time);
            var before = lines.before();
            var left = (now + 1) * step - time;
            var next = lines.timeTo(before);
            lines.pass(Math.min(left, next));
            time += Math.min(left, next);
            if (next <= left) {
                lines.arriveAt(before);
                variance += (time - last) * (time - last) / Math.max(1, mark - before);
                last = time;
                mark = before;
            }
        }
        return forecast(experience, calls, time, variance);
    }

    private static Forecast forecast(
            Experience experience, double calls, double time, double variance) {
        var calibration = experience.calibration();
        var gap = Math.sqrt(variance / calls);
        var expected = Math.max(1, time + calibration.offset() * gap);
        return new Forecast(
                duration(expected),
                duration(expected + calibration.reach() * Math.sqrt(variance)),
                duration(gap),
                (int) experience.handling().samples());
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis((long) Math.ceil(seconds * 1000));
    }
}
