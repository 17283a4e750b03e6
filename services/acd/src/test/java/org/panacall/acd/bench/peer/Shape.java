// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.bench.peer;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A clinic for a comparison: who serves which queue, and how much is asked of them.
 *
 * @param load offered work over the working time of all agents, of the whole day
 */
public record Shape(String name, int agents, int queues, double load) {

    /** Of ten hours, by half-hour: a Monday. The mean is one. */
    private static final double[] PROFILE = {
        1.25, 1.45, 1.4, 1.25, 1.15, 1.05, 1.0, 0.95, 0.85, 0.8,
        0.8, 0.85, 0.9, 0.95, 1.0, 1.0, 0.95, 0.9, 0.8, 0.7
    };

    static final Duration SLICE = Duration.ofMinutes(30);
    static final Duration DAY = SLICE.multipliedBy(PROFILE.length);
    static final Duration TALK = Duration.ofSeconds(170);
    static final Duration WRAP_UP = Duration.ofSeconds(10);
    static final Duration PATIENCE = Duration.ofSeconds(240);

    /** The same of everybody, so that what differs is the rule and no setting. */
    static final Duration RING = Duration.ofSeconds(15);

    private static final int QUEUES_AN_AGENT = 3;

    /** Calls a second in a part of the day, over all queues. */
    double arrivals(int slice) {
        var worked = TALK.plus(WRAP_UP).toMillis() / 1_000.0;
        return PROFILE[slice] * load * agents / worked;
    }

    static int slices() {
        return PROFILE.length;
    }

    /** The first queues are the larger ones. */
    double[] shares() {
        return IntStream.range(0, queues).mapToDouble(queue -> 1.0 / (queue + 2)).toArray();
    }

    /** Who serves a queue, in the order of the configuration. */
    List<Integer> servants(int queue) {
        return IntStream.range(0, agents).filter(agent -> level(agent, queue) > 0).boxed().toList();
    }

    /**
     * 1 for those whose work a queue is, 2 for those who help out, 0 for who does not serve it. Of
     * a single queue the second half helps out.
     */
    int level(int agent, int queue) {
        if (queues == 1) {
            return agent < (agents + 1) / 2 ? 1 : 2;
        }
        var away = Math.floorMod(queue - home(agent), queues);
        return away == 0 ? 1 : away < QUEUES_AN_AGENT ? 2 : 0;
    }

    /** As many agents are at home in a queue as its share of calls asks for. */
    private int home(int agent) {
        var shares = shares();
        var all = IntStream.range(0, queues).mapToDouble(queue -> shares[queue]).sum();
        var point = (agent + 0.5) / agents * all;
        for (int queue = 0; queue < queues; queue++) {
            point -= shares[queue];
            if (point < 0) {
                return queue;
            }
        }
        return queues - 1;
    }
}
