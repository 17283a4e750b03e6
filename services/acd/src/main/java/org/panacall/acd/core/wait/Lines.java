// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.wait;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.panacall.acd.core.id.QueueId;

/**
 * The calls that come before a caller, in his queue (the first) and in others that share agents
 * with it, as they become fewer in the mean.
 */
final class Lines {

    /** Long lines are walked in this many strides, short ones call by call. */
    private static final double STRIDES = 48;

    private final List<QueueId> queues = new ArrayList<>();
    private final List<Experience> experiences = new ArrayList<>();
    private final List<Flow> flows = new ArrayList<>();
    private final double waited;

    /** Calls before him; in his own queue his own is the last of them. */
    private final double[] calls;

    /** Calls a second by which each line becomes shorter at the moment. */
    private final double[] rates;

    /** Where a crew's free agents go. */
    private record Flow(int[] queues, Outflow outflow) {}

    Lines(
            QueueId own,
            Map<QueueId, Integer> ahead,
            Function<QueueId, Experience> experiences,
            double waited) {
        this.waited = waited;
        queues.add(own);
        ahead.keySet().stream().filter(queue -> !queue.equals(own)).sorted().forEach(queues::add);
        queues.forEach(queue -> this.experiences.add(experiences.apply(queue)));
        calls = new double[queues.size()];
        rates = new double[queues.size()];
        for (int index = 0; index < calls.length; index++) {
            calls[index] = ahead.getOrDefault(queues.get(index), 0);
        }
        calls[0]++;
    }

    boolean concern(Crew crew) {
        return queues.stream().anyMatch(crew.queues()::contains);
    }

    void add(Crew crew, Outflow outflow) {
        var served = crew.queues().stream().mapToInt(queues::indexOf).filter(i -> i >= 0);
        flows.add(new Flow(served.toArray(), outflow));
    }

    double own() {
        return calls[0];
    }

    /** Works out the rates in that step of time. An agent takes the oldest of the calls he may. */
    void look(int step, double time) {
        for (int index = 0; index < rates.length; index++) {
            var waiting = index == 0 ? Math.ceil(calls[0] - 1e-9) - 1 : calls[index];
            var experience = experiences.get(index);
            rates[index] =
                    waiting * experience.patience().rate()
                            - experience.arrivals().overtaking(waited, time);
        }
        for (var flow : flows) {
            var waiting = 0.0;
            for (var queue : flow.queues()) {
                waiting += calls[queue];
            }
            var share = waiting > 0 ? flow.outflow().perSecond(step) / waiting : 0;
            for (var queue : flow.queues()) {
                rates[queue] += share * calls[queue];
            }
        }
    }

    /** How many are left, his own included, at the next mark. */
    double before() {
        var stride = Math.max(1, Math.floor(calls[0] / STRIDES));
        return Math.max(0, Math.ceil(calls[0] - 1e-9) - stride);
    }

    /** At the present rates. */
    double timeTo(double left) {
        return rates[0] > 0 ? (calls[0] - left) / rates[0] : Double.MAX_VALUE;
    }

    void pass(double time) {
        for (int index = 0; index < calls.length; index++) {
            calls[index] = Math.max(index == 0 ? 1e-6 : 0, calls[index] - rates[index] * time);
        }
    }

    /** Leaves no rest of rounding. */
    void arriveAt(double left) {
        calls[0] = left;
    }
}
