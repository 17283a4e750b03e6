// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.strategy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.panacall.tests.load.Phones;

/**
 * A strategy in a queue of its own with six agents.
 *
 * @param name also the queue's id
 * @param settings of the queue, as a change by REST has them; %1$s to %6$s are the agents'
 *     extensions
 * @param conduct of those who call and answer
 * @param check what must be true of whom the calls went to
 */
record StrategyRow(String name, String settings, Conduct conduct, Check check) {

    static final int AGENTS = 6;

    /** Looks at served calls, oldest first; empty when nothing is wrong. */
    @FunctionalInterface
    interface Check {
        Optional<String> wrong(List<Served> calls, List<String> agents);
    }

    /**
     * What people do.
     *
     * @param talk the shortest
     * @param more of each next call, ten steps, then from the shortest on
     * @param rings how long each agent's telephone rings, in ms
     * @param shares what a CRM sets in the middle, as REST has it
     */
    record Conduct(Duration talk, Duration more, List<Integer> rings, Optional<String> shares) {

        /** So short that all are free at each call. */
        static final Conduct SHORT = talks(500, 0);

        /** So long that some are busy at each call. */
        static final Conduct LONG = talks(500, 250);

        static Conduct talks(int shortest, int step) {
            return new Conduct(
                    Duration.ofMillis(shortest),
                    Duration.ofMillis(step),
                    List.of(0, 0, 0, 0, 0, 0),
                    Optional.empty());
        }

        Conduct ringing(Integer... millis) {
            return new Conduct(talk, more, List.of(millis), shares);
        }

        Conduct thenShares(String wish) {
            return new Conduct(talk, more, rings, Optional.of(wish));
        }

        /** Whether one call is over before the next one comes. */
        boolean oneByOne() {
            return talk(0).plus(more.multipliedBy(10)).compareTo(Duration.ofSeconds(1)) < 0;
        }

        Duration talk(int call) {
            return talk.plus(more.multipliedBy(call * 7 % 10));
        }
    }

    /** Dialled by those who want this queue. */
    static String number(int row) {
        return "749500004%02d".formatted(row);
    }

    /** The agents of a row, in the order of the configuration. */
    static List<String> agents(int row) {
        return IntStream.range(row * AGENTS, (row + 1) * AGENTS)
                .mapToObj(Phones::extension)
                .toList();
    }
}
