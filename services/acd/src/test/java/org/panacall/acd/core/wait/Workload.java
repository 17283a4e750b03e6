// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.wait;

import java.util.List;
import java.util.TreeSet;
import org.panacall.acd.core.id.QueueId;

/**
 * A contact centre's traffic, as far as waits depend on it. Each half hour has a load between the
 * bounds; twice a day a fifth of the agents is away for an hour.
 *
 * @param deviation sigma of the logarithm of a talk's length
 * @param patience mean of callers' patience, exponential
 */
record Workload(
        String name,
        List<Traffic> queues,
        List<Team> teams,
        double deviation,
        double patience,
        Load load) {

    static final double TALK = 150;
    static final double WRAP_UP = 30;
    static final double RING = 4;
    static final double OCCUPIED = RING + TALK + WRAP_UP;

    /** Bounds of the load that is offered, of what all agents could do. */
    record Load(double least, double most) {}

    /**
     * A queue.
     *
     * @param share of all calls
     * @param urgent share of its calls that have waited for some minutes when they come
     */
    record Traffic(QueueId id, double share, double urgent) {}

    /** So many agents who serve these queues. */
    record Team(int agents, List<QueueId> queues) {}

    static final double HEAD_START = 180;
    private static final QueueId ONE = new QueueId("one");
    private static final QueueId TWO = new QueueId("two");
    private static final QueueId THREE = new QueueId("three");

    /** One queue: what goals.md speaks of. */
    static Workload single(int agents) {
        return new Workload(
                agents + " agents",
                List.of(new Traffic(ONE, 1, 0)),
                List.of(new Team(agents, List.of(ONE))),
                0.8326,
                300,
                new Load(0.8, 1.1));
    }

    Workload named(String other) {
        return new Workload(other, queues, teams, deviation, patience, load);
    }

    Workload deviating(double other) {
        return new Workload(name + ", sigma " + other, queues, teams, other, patience, load);
    }

    /** A fifth of the calls comes with a head start of three minutes. */
    static Workload urgent(int agents) {
        return new Workload(
                agents + " agents, a fifth urgent",
                List.of(new Traffic(ONE, 1, 0.2)),
                List.of(new Team(agents, List.of(ONE))),
                0.8326,
                300,
                new Load(0.8, 1.1));
    }

    /** Three queues, whose agents partly serve two or all of them. */
    static Workload shared() {
        return new Workload(
                "3 queues, 20 of 30 agents shared",
                List.of(
                        new Traffic(ONE, 0.5, 0),
                        new Traffic(TWO, 0.3, 0),
                        new Traffic(THREE, 0.2, 0)),
                List.of(
                        new Team(6, List.of(ONE)),
                        new Team(4, List.of(TWO)),
                        new Team(10, List.of(ONE, TWO)),
                        new Team(10, List.of(ONE, TWO, THREE))),
                0.8326,
                300,
                new Load(0.8, 1.1));
    }

    int agents() {
        return teams.stream().mapToInt(Team::agents).sum();
    }

    TreeSet<QueueId> queueIds() {
        var ids = new TreeSet<QueueId>();
        queues.forEach(queue -> ids.add(queue.id()));
        return ids;
    }
}
